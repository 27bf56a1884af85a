"""Telegram, by its Bot API."""

from assistant.channels.telegram.channel import TelegramChannel

__all__ = ["TelegramChannel"]
