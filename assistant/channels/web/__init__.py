"""The website: the clinic's page, the chat widget's files, and the chat itself over Socket.IO."""

from assistant.channels.web.channel import WebChannel

__all__ = ["WebChannel"]
