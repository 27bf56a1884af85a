"""Shows that a message was seen and, while its answer takes long, that somebody types."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from assistant.channels.messenger.graph import MESSAGES, Graph, NotNow, Refused

TYPING_AFTER = 1.0  # seconds until "typing" is shown: most answers are there before


class Signs:
    """One sign for each person who waits.

    Nothing is cancelled when the answer comes: that would close a connection that the answer
    can be sent on.
    """

    def __init__(self, graph: Graph) -> None:
        """Create the signs."""
        self._graph = graph
        self._shown: dict[str, tuple[asyncio.Task[None], asyncio.Event]] = {}

    def show(self, person: str) -> None:
        """Begin to show the sign, unless it is there."""
        if person in self._shown:
            return
        answered = asyncio.Event()
        task = asyncio.create_task(self._show(person, answered))
        self._shown[person] = (task, answered)
        task.add_done_callback(lambda _: self._shown.pop(person, None))

    def answered(self, person: str) -> None:
        """Show nothing more: the answer is about to be sent."""
        if person in self._shown:
            self._shown[person][1].set()

    def close(self) -> None:
        """Stop all signs."""
        for task, _ in list(self._shown.values()):
            task.cancel()

    async def _show(self, person: str, answered: asyncio.Event) -> None:
        with suppress(NotNow, Refused):
            await self._action(person, "mark_seen")
            with suppress(asyncio.TimeoutError):
                await asyncio.wait_for(answered.wait(), TYPING_AFTER)
            if not answered.is_set():
                await self._action(person, "typing_on")

    async def _action(self, person: str, action: str) -> None:
        await self._graph.post(MESSAGES, {"recipient": {"id": person}, "sender_action": action})
