"""The secret by which the action server knows the assistant."""

from __future__ import annotations

import hashlib
import hmac

from assistant.keys import keys_from
from assistant.settings import Settings

HEADER = "x-action-token"
_PURPOSE = b"clinic-assistant action server"


def action_tokens(settings: Settings) -> list[str]:
    """Return the tokens that an action call may carry; the assistant sends the first.

    ACTION_TOKEN, where it is set. Otherwise they follow from the keys of this installation,
    which both processes have, so that there is always one.

    Raises:
        assistant.keys.KeyProblem: if there is neither.
    """
    if settings.action_token:
        return [settings.action_token.get_secret_value()]
    keys = [key.encode() for key in keys_from(settings)]
    return [hmac.new(key, _PURPOSE, hashlib.sha256).hexdigest() for key in keys]
