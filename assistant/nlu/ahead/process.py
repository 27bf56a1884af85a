"""Keeps the second process running, asks it, and does without it."""

from __future__ import annotations

import asyncio
import os
import pickle
import socket
import sys
from collections import deque
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager, suppress

import structlog
from cachetools import LRUCache

from assistant.digests import digest_key, text_digest
from assistant.nlu.ahead.frames import read_framed
from assistant.nlu.ahead.models import Models
from assistant.operations import metrics
from assistant.settings import ROOT

logger = structlog.get_logger()

_START = 60.0  # seconds until it takes texts; two on an idle machine
_PATIENCE = 5.0  # seconds for a text, which takes some thousandths
_PAUSE = 5.0  # seconds before one that has ended is started again
_JUDGED = 500  # texts, fewer than the models' memories have room for
_WORKER = "assistant.nlu.ahead.worker"

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
        self._process: asyncio.subprocess.Process | None = None
        self._texts: asyncio.StreamWriter | None = None
        self._asked: deque[Asked] = deque()
        self._judged: LRUCache[bytes, bool] = LRUCache(_JUDGED)
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
        """Have a text judged, unless it was lately, or is just now."""
        is_known = text_digest(text) in self._judged or self._answer_to(text)
        if self._texts and not is_known:
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
        # Once, since it keeps the loop busy for a tenth of a second.
        with self._pickled() as models:
            while True:
                try:
                    await self._run(models)
                except Exception as error:
                    logger.error("nlu.ahead.ended", error=type(error).__name__)
                await asyncio.sleep(self._pause)

    @contextmanager
    def _pickled(self) -> Iterator[int]:
        """Write what a process needs to a file in memory, and yield its descriptor."""
        with os.fdopen(os.memfd_create("models"), "wb") as file:
            pickle.dump((digest_key(), self._models), file, pickle.HIGHEST_PROTOCOL)
            file.flush()
            yield file.fileno()

    async def _run(self, models: int) -> None:
        """Run a process from its start to its end, which is an error."""
        async with AsyncExitStack() as ending:
            ending.push_async_callback(self._end)
            here, there = socket.socketpair()
            with there:
                self._process = await self._spawn(there.fileno(), models)
            answers, texts = await asyncio.open_connection(sock=here)
            ending.callback(texts.close)
            await asyncio.wait_for(read_framed(answers), _START)
            self._texts = texts
            metrics.NLU_PROCESS.set(1)
            while True:
                self._models.remember(await read_framed(answers))
                text, answer = self._asked.popleft()
                self._judged[text_digest(text)] = True
                answer.set_result(None)
                self._set_alarm()

    @staticmethod
    async def _spawn(*files: int) -> asyncio.subprocess.Process:
        command = (sys.executable, "-m", _WORKER, *map(str, files))
        return await asyncio.create_subprocess_exec(*command, cwd=ROOT, pass_fds=files)

    async def _end(self) -> None:
        """Let nobody wait any more, and see that the process is gone."""
        process, self._process, self._texts = self._process, None, None
        metrics.NLU_PROCESS.set(0)
        for _, answer in self._asked:
            answer.set_result(None)
        self._asked.clear()
        self._set_alarm()
        if process:
            _kill(process)
            await process.wait()

    def _set_alarm(self) -> None:
        """Give the process some time for the next answer, if one is owed."""
        if self._alarm:
            self._alarm.cancel()
        self._alarm = None
        if self._asked and self._process:
            loop = asyncio.get_running_loop()
            self._alarm = loop.call_later(self._patience, _kill, self._process)


def _kill(process: asyncio.subprocess.Process) -> None:
    with suppress(ProcessLookupError):
        process.kill()
