"""Shows "typing ..." while an answer takes long."""

from __future__ import annotations

import asyncio

from assistant.channels.telegram.api import BotApi, NotNow, Refused

AFTER = 1.0  # seconds until it is shown: most answers are there before
_LASTS = 4.5  # seconds; Telegram takes it away after five
_LONGEST = 30.0  # seconds, after which a turn tells that something is wrong


class TypingSign:
    """One sign for each chat that waits."""

    def __init__(self, api: BotApi) -> None:
        """Create the signs."""
        self._api = api
        self._shown: dict[str, asyncio.Task[None]] = {}

    def show(self, chat: str) -> None:
        """Show the sign soon, unless the answer comes first."""
        if chat not in self._shown:
            self._shown[chat] = asyncio.create_task(self._keep_showing(chat))

    def hide(self, chat: str) -> None:
        """Stop showing it: Telegram takes it away itself when a message comes."""
        if task := self._shown.pop(chat, None):
            task.cancel()

    async def _keep_showing(self, chat: str) -> None:
        pause, left = AFTER, _LONGEST
        try:
            while left > 0:
                await asyncio.sleep(pause)
                left -= pause
                pause = _LASTS
                await self._api.call("sendChatAction", chat_id=int(chat), action="typing")
        except (NotNow, Refused):
            pass  # The answer itself will be tried again; the sign need not be.
        if self._shown.get(chat) is asyncio.current_task():
            del self._shown[chat]
