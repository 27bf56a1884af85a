"""The second process judges as the first would, and is not missed when it fails."""

from __future__ import annotations

import asyncio
import os
import pickle
import signal
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import numpy as np
import pytest
from numpy.typing import NDArray

from assistant.nlu.ahead.models import Models
from assistant.nlu.ahead.process import SecondProcess
from assistant.nlu.encoder.encoder import shared_encoder
from assistant.nlu.reading.spanish import is_spanish
from assistant.nlu.safety.danger import DangerModel
from assistant.nlu.topics.evidence import Encode
from assistant.nlu.topics.readings import Readings
from assistant.nlu.topics.topics import Example, Topics
from assistant.settings import settings
from tests.nlu.ahead.waiting import LONG, ready

pytestmark = pytest.mark.slow

ENGLISH = {
    "faq/cost": ["how much is it", "the price please", "is it expensive"],
    "clinic/hours": ["when are you open", "opening hours", "open on sunday?"],
    "crisis": ["i want to die", "i will end it all"],
}
SPANISH = {"faq/cost": ["cuánto cuesta", "el precio"], "clinic/hours": ["a qué hora abren"]}
TEXT = "how much, and when do you open?"


def examples(texts: dict[str, list[str]]) -> list[Example]:
    return [Example(text, label) for label, own in texts.items() for text in own]


def encode(texts: Sequence[str]) -> NDArray[np.float32]:
    return shared_encoder(settings().encoder_file).encode(texts)


def encode_nothing(texts: Sequence[str]) -> NDArray[np.float32]:
    raise AssertionError(f"{texts} had to be judged here")


def models() -> Models:
    topics = Topics(meaning_weight=6, ridge=0.3)
    topics.fit(examples(ENGLISH), examples(SPANISH), encode)
    pairs = [(example.text, example.label) for example in examples(ENGLISH)]
    return Models(topics, DangerModel().fit(pairs, encode))


@asynccontextmanager
async def running(own: Models, **times: float) -> AsyncIterator[SecondProcess]:
    second = SecondProcess(own, **{"pause": 0.0, **times})
    second.start()
    try:
        await ready(second)
        yield second
    finally:
        await second.stop()


def gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


@pytest.mark.parametrize(
    "texts",
    [[TEXT], ["cuánto cuesta y a qué hora abren"], [f"{TEXT} {number}" for number in range(50)]],
    ids=["two questions", "Spanish", "many at once"],
)
async def test_it_judges_as_the_first_would(texts: list[str]) -> None:
    own = models()
    other = pickle.loads(pickle.dumps(own))
    async with running(own) as second:
        for text in texts:
            second.begin(text)
        await asyncio.wait_for(asyncio.gather(*map(second.finish, texts)), LONG)
    for text in texts:
        there, here = judgement(own, text, encode_nothing), judgement(other, text, encode)
        # What is computed together with other texts differs in the last digits.
        np.testing.assert_allclose(there, here, rtol=1e-4)


def judgement(own: Models, text: str, encode: Encode) -> list[float]:
    readings = Readings.of(text).texts
    spanish = [is_spanish(reading) for reading in readings]
    topics = own.topics.probabilities(readings, spanish, encode)
    (danger,) = own.danger.chances([text], encode)
    return [*topics.ravel(), *danger.values()]


async def test_before_it_is_ready_nobody_waits_for_it_and_it_can_be_stopped() -> None:
    second = SecondProcess(models())
    second.start()
    while not second._process:  # noqa: ASYNC110
        await asyncio.sleep(0.001)
    pid = second._process.pid
    assert second.pid is None
    second.begin(TEXT)
    await asyncio.wait_for(second.finish(TEXT), LONG)
    await second.stop()
    assert gone(pid)


async def test_one_that_cannot_be_started_is_started_later(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    spawn, failures = SecondProcess._spawn, iter([BlockingIOError()])

    async def fail_once(*files: int) -> asyncio.subprocess.Process:
        if error := next(failures, None):
            raise error
        return await spawn(*files)

    monkeypatch.setattr(SecondProcess, "_spawn", staticmethod(fail_once))
    async with running(models()) as second:
        assert await ready(second)


async def test_a_text_that_cannot_be_judged_there_is_left_to_this_process() -> None:
    async with running(models()) as second:
        pid = await ready(second)
        for text in ("\ud800", TEXT):
            second.begin(text)
            await asyncio.wait_for(second.finish(text), LONG)
        assert await ready(second) == pid


async def test_when_it_is_killed_nobody_waits_and_another_starts() -> None:
    own = models()
    async with running(own) as second:
        first = await ready(second)
        os.kill(first, signal.SIGSTOP)
        second.begin(TEXT)
        os.kill(first, signal.SIGKILL)
        await asyncio.wait_for(second.finish(TEXT), LONG)
        await ready(second, but=first)
        second.begin(TEXT)
        await asyncio.wait_for(second.finish(TEXT), LONG)
    judgement(own, TEXT, encode_nothing)


async def test_one_that_hangs_is_ended_and_nobody_waits_on() -> None:
    async with running(models(), patience=0.2) as second:
        first = await ready(second)
        os.kill(first, signal.SIGSTOP)
        second.begin(TEXT)
        await asyncio.wait_for(second.finish(TEXT), LONG)
        await ready(second, but=first)
        assert gone(first)


async def test_what_was_judged_lately_is_not_asked_again() -> None:
    own = models()
    async with running(own, patience=2 * LONG) as second:
        for _ in range(2):
            second.begin(TEXT)
            await asyncio.wait_for(second.finish(TEXT), LONG)
            os.kill(await ready(second), signal.SIGSTOP)
    judgement(own, TEXT, encode_nothing)


async def test_who_hangs_up_takes_the_answer_from_nobody() -> None:
    async with running(models()) as second:
        os.kill(await ready(second), signal.SIGSTOP)
        second.begin(TEXT)
        one, other = (asyncio.create_task(second.finish(TEXT)) for _ in range(2))
        await asyncio.sleep(0)
        one.cancel()
        await asyncio.wait([one])
        os.kill(await ready(second), signal.SIGCONT)
        await asyncio.wait_for(other, LONG)


async def test_stopping_ends_the_process() -> None:
    async with running(models()) as second:
        pid = await ready(second)
    assert gone(pid)
