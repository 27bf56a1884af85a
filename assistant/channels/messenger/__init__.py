"""Facebook Messenger, over Meta's Graph API."""

from assistant.channels.messenger.channel import MessengerChannel

__all__ = ["MessengerChannel"]
