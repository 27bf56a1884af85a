"""How a message can fail to reach the clinic."""


class NotSent(Exception):
    """The message certainly did not go out; it may be tried again."""


class MaybeSent(Exception):
    """The connection broke while the message went out; nobody can know."""


class LeaseLost(Exception):
    """Another worker has the message now."""
