"""One turn of a conversation: in order for each sender, and never silent."""

from __future__ import annotations

import asyncio
import traceback
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from typing import Any

import async_timeout
import structlog
from rasa.core.channels.channel import UserMessage

from assistant.channels.collector import TurnCollector
from assistant.channels.inbound import Inbound, RejectedMessage
from assistant.channels.refusals import answer_to_refused
from assistant.channels.unavailable import answer_for
from assistant.one_at_a_time import OneAtATime
from assistant.operations import metrics

logger = structlog.get_logger()

MAX_WAITING = 20  # messages of one sender that wait for their turn
TIMEOUT = 30.0  # seconds until the visitor is told that something is wrong
GIVEN_UP = 120.0  # seconds until a turn that hangs is stopped, so that the next can begin

OnNewMessage = Callable[[UserMessage], Awaitable[Any]]


class TurnOrder(OneAtATime):
    """Lets one message of a sender in at a time, and only so many wait."""

    def turn(self, tracker_id: str) -> AbstractAsyncContextManager[None]:
        """Return what holds the conversation.

        Raises:
            RejectedMessage: 429 if too many messages of this sender wait already.
        """
        if self.waiting(tracker_id) >= MAX_WAITING:
            raise RejectedMessage(429, "Too many messages at once. Please wait a moment.")
        return self.hold(tracker_id)


class TurnRunner:
    """Hands messages to Rasa and returns the answers, whatever happens on the way."""

    def __init__(self, on_new_message: OnNewMessage, timeout: float = TIMEOUT) -> None:
        """Create a runner; `timeout` is in seconds."""
        self._on_new_message = on_new_message
        self._timeout = timeout
        self._order = TurnOrder()
        self._running: set[asyncio.Task[None]] = set()

    async def answers(self, message: Inbound) -> list[dict[str, Any]]:
        """Return what the assistant says to `message`, at least one item.

        The turn goes on when the visitor hangs up or has waited too long: it would otherwise
        be lost from the conversation.

        Raises:
            RejectedMessage: 429 if too many messages of this sender wait already.
        """
        with metrics.measured(message.channel) as turn:
            said = await (self._refuse(message) if message.refused else self._answers(message))
            turn.said(message.refused is not None, said)
            return said

    async def apologize(self, message: Inbound) -> list[dict[str, Any]]:
        """Return plain words, or the crisis reply, without trying to understand `message`."""
        with metrics.measured(message.channel) as turn:
            said = [await _apology(message)]
            turn.said(False, said)
            return said

    async def _refuse(self, message: Inbound) -> list[dict[str, Any]]:
        status = message.refused or 400
        answer = await answer_to_refused(message.channel, message.sender, message.text, status)
        return [{"recipient_id": message.sender, **answer}]

    async def _answers(self, message: Inbound) -> list[dict[str, Any]]:
        collector = TurnCollector(message.sender)
        task = asyncio.create_task(self._run(message, collector))
        self._running.add(task)
        task.add_done_callback(self._end)
        await asyncio.wait([task], timeout=self._timeout)
        if task.done():
            task.result()  # raises that too many wait
        else:
            logger.error("channel.turn.timeout", channel=message.channel, seconds=self._timeout)
        said = list(collector.messages)
        if not any(item.get("text") for item in said):
            logger.error("channel.turn.silent", channel=message.channel)
            said.append(await _apology(message))
        return said

    def _end(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        if not task.cancelled():
            task.exception()  # looked at, also if the visitor has hung up

    async def _run(self, message: Inbound, collector: TurnCollector) -> None:
        async with self._order.turn(message.tracker_id):
            try:
                # In the same task: another would wait for its turn in the loop.
                async with async_timeout.timeout(GIVEN_UP):
                    await self._on_new_message(
                        UserMessage(
                            message.text,
                            collector,
                            message.tracker_id,
                            input_channel=message.channel,
                            message_id=message.message_id,
                        )
                    )
            # The last line of defence: whatever is wrong inside, the visitor gets words.
            except Exception as error:
                logger.error("channel.turn.failed", channel=message.channel, **cause_of(error))


async def _apology(message: Inbound) -> dict[str, Any]:
    return {"recipient_id": message.sender, **await answer_for(message)}


def cause_of(error: Exception) -> dict[str, str]:
    """Name the error and its place, but not its message, which may quote the visitor."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else "unknown"
    return {"error": type(error).__name__, "place": place}
