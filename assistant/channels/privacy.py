"""Which channels someone's contact details may travel on."""

from __future__ import annotations

# Messages there pass through another company's hands. "facebook" is Rasa's name for Messenger.
_OTHER_COMPANIES = frozenset({"messenger", "facebook", "telegram"})


def is_private(channel: str) -> bool:
    """Tell whether contact details may be taken on a channel, named as in tracker ids."""
    return channel not in _OTHER_COMPANIES
