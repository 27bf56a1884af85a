"""What the channel needs to be told."""

from __future__ import annotations

from dataclasses import dataclass, field

from assistant.settings import Settings

_NEEDED = ("messenger_page_token", "messenger_app_secret", "messenger_verify_token")


class Incomplete(Exception):
    """Some variables are set, others are missing; the message names those."""


@dataclass(frozen=True)
class Configuration:
    """One page.

    Attributes:
        page_token: page access token, with which messages are sent.
        app_secret: key of the signatures on what Meta sends, and of `appsecret_proof`.
        verify_token: what Meta must name when the webhook is set.
        graph: the Graph API's address.
        version: the Graph API's version, such as "v25.0".
    """

    page_token: str = field(repr=False)
    app_secret: str = field(repr=False)
    verify_token: str = field(repr=False)
    graph: str
    version: str


def configured(settings: Settings) -> Configuration | None:
    """Return the configuration; None if nothing of it is set.

    Raises:
        Incomplete: if only some of the variables are set.
    """
    secrets = {name: getattr(settings, name) for name in _NEEDED}
    values = {name: secret.get_secret_value() if secret else "" for name, secret in secrets.items()}
    missing = [name.upper() for name, value in values.items() if not value]
    if len(missing) == len(_NEEDED):
        return None
    if missing:
        raise Incomplete(f"not set: {', '.join(missing)}")
    return Configuration(
        page_token=values["messenger_page_token"],
        app_secret=values["messenger_app_secret"],
        verify_token=values["messenger_verify_token"],
        graph=settings.messenger_graph.rstrip("/"),
        version=settings.messenger_graph_version,
    )
