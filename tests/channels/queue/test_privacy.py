"""What waits can be forgotten, and follows a new key."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from cryptography.fernet import Fernet
from rasa.core.channels.channel import UserMessage

from assistant.channels.inbound import Inbound
from assistant.channels.queue import QueuedRunner
from assistant.channels.queue.sealing import Answers
from assistant.channels.queue.table import QueueTable, table
from assistant.stores.database import open_engine

OLD, NEW = (Fernet.generate_key().decode() for _ in range(2))
ANN, BOB = (Inbound("telegram", who, "hello", "m1") for who in ("ann", "bob"))


@pytest.fixture
def queue(tmp_path: Path) -> QueueTable:
    return with_keys(tmp_path, [OLD])


def with_keys(folder: Path, keys: list[str]) -> QueueTable:
    return QueueTable(open_engine(f"sqlite:///{folder / 'queue.db'}"), keys, "one")


def rows(queue: QueueTable) -> list[Any]:
    with queue._engine.connect() as connection:
        return list(connection.execute(sa.select(table).order_by(table.c.id)))


def test_what_waits_is_read_with_the_new_key_alone_after_rotation(
    queue: QueueTable, tmp_path: Path
) -> None:
    queue.put(ANN)
    queue.put(BOB)
    assert with_keys(tmp_path, [NEW, OLD]).rotate() == 2
    renewed = with_keys(tmp_path, [NEW])
    left = renewed.take_left("telegram", everything=True)
    assert [waiting.message for waiting in left] == [ANN, BOB]
    renewed.forget(ANN.tracker_id)
    assert len(rows(renewed)) == 1


def test_without_the_old_key_rotation_leaves_what_it_cannot_read(
    queue: QueueTable, tmp_path: Path
) -> None:
    queue.put(ANN)
    assert with_keys(tmp_path, [NEW]).rotate() == 0
    assert len(queue.take_left("telegram", everything=True)) == 1


def test_a_second_delivery_is_known_after_a_new_key(queue: QueueTable, tmp_path: Path) -> None:
    queue.put(ANN)
    assert with_keys(tmp_path, [NEW, OLD]).put(ANN) is None


async def test_forgetting_in_words_deletes_what_was_sent_before(queue: QueueTable) -> None:
    delivered = asyncio.Event()

    async def forget(message: UserMessage) -> None:
        answer = {"text": "Deleted.", "custom": {"utter_action": "utter_deleted"}}
        await message.output_channel.send_response(message.sender_id, answer)

    async def deliver(message: Inbound, answers: Answers) -> None:
        delivered.set()

    for message in (ANN, BOB):
        queue.done(queue.put(message))
    runner = QueuedRunner("telegram", forget, deliver, table=queue)
    await runner.accept(Inbound("telegram", "ann", "delete my data", "m2"))
    await asyncio.wait_for(delivered.wait(), 10)
    await runner.stop()
    bobs = queue._seal.sender(BOB)
    assert [(row.sender_hash, row.sealed) for row in rows(queue)] == [(bobs, None), ("", None)]
