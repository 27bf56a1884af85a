"""Keeps the second process running, asks it, and does without it."""

from __future__ import annotations

import asyncio
import pickle
import socket
import sys
from collections import deque

import structlog

from assistant.digests import digest_key
from assistant.nlu.ahead.frames import read_framed
from assistant.nlu.ahead.models import Models
from assistant.operations import metrics
from assistant.settings import ROOT

logger = structlog.get_logger()

_PATIENCE = 5.0  # seconds for a text, which takes some thousandths
_PAUSE = 5.0  # seconds before one that has ended is started again
_WORKER = "assistant.nlu.ahead.worker"

Process = asyncio.subprocess.Process
Asked = tuple[str, asyncio.Future[None]]


class SecondProcess:
    """Judges texts on a core of its own, and leaves what came out in the models' memories."""

    def __init__(
        self, models: Models, *, patience: float = _PATIENCE, pause: float = _PAUSE
    ) -> None:
        """Describe it.

        Args:
            models: those that understand in this process.
            patience: seconds without a sign of life, when asked, until it is ended.
            pause: seconds before one that has ended is started again.
        """
        self._models = models
        self._patience = patience
        self._pause = pause
        self._life: asyncio.Task[None] | None = None
        self._process: Process | None = None
        self._texts: asyncio.StreamWriter | None = None
        self._asked: deque[Asked] = deque()
        self._alarm: asyncio.TimerHandle | None = None

    @property
    def pid(self) -> int | None:
        """The number of the process once it takes texts."""
        return self._process.pid if self._process and self._texts else None

    def start(self) -> None:
        """Start it, and again whenever it ends."""
        self._life = asyncio.create_task(self._live())

    async def stop(self) -> None:
        """End it, if it was started."""
        if self._life:
            self._life.cancel()
            await asyncio.wait([self._life])

    def begin(self, text: str) -> None:
        """Have a text judged, once for all who ask at the same time."""
        if self._texts and not self._answer_to(text):
            self._texts.write(pickle.dumps(text))
            self._asked.append((text, asyncio.get_running_loop().create_future()))
            if not self._alarm:
                self._set_alarm()

    async def finish(self, text: str) -> None:
        """Wait until a text is judged, or nobody is left who would judge it."""
        if answer := self._answer_to(text):
            await asyncio.shield(answer)

    def _answer_to(self, text: str) -> asyncio.Future[None] | None:
        return next((answer for asked, answer in self._asked if asked == text), None)

    async def _live(self) -> None:
        while True:
            await self._run()
            await asyncio.sleep(self._pause)

    async def _run(self) -> None:
        """Run a process from its start to its end."""
        here, there = socket.socketpair()
        with there:
            process = self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", _WORKER, str(there.fileno()),
                cwd=ROOT, pass_fds=[there.fileno()],
            )  # fmt: skip
        answers, texts = await asyncio.open_connection(sock=here)
        try:
            await self._talk(answers, texts)
        except (EOFError, ConnectionError):
            logger.error("nlu.ahead.ended", pid=process.pid)
        finally:
            self._texts = None
            metrics.NLU_PROCESS.set(0)
            self._stop_waiting()
            texts.close()
            if process.returncode is None:
                process.kill()
            await process.wait()

    async def _talk(self, answers: asyncio.StreamReader, texts: asyncio.StreamWriter) -> None:
        texts.write(pickle.dumps((digest_key(), self._models)))
        await read_framed(answers)
        self._texts = texts
        metrics.NLU_PROCESS.set(1)
        while True:
            self._models.remember(await read_framed(answers))
            _, answer = self._asked.popleft()
            answer.set_result(None)
            self._set_alarm()

    def _set_alarm(self) -> None:
        """Give the process some time for the next answer, if one is owed."""
        if self._alarm:
            self._alarm.cancel()
        self._alarm = None
        if self._asked and self._process:
            loop = asyncio.get_running_loop()
            self._alarm = loop.call_later(self._patience, self._process.kill)

    def _stop_waiting(self) -> None:
        for _, answer in self._asked:
            answer.set_result(None)
        self._asked.clear()
        self._set_alarm()
