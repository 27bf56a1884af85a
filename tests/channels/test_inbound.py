from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.channels.inbound import MAX_TEXT, Gate, Inbound, RejectedMessage, clean_text
from assistant.channels.limits import SeenIds, TokenBuckets
from assistant.nlu.reading.wordless import BLANK


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("hello", "hello"),
        ("  hello \n", "hello"),
        ("caf\u0065\u0301", "café"),
        ("k\u200bi\u200dll", "kill"),
        ("a\x00b\x1bc", "abc"),
        ("one\r\ntwo\u2028three\tfour", "one\ntwo\nthree four"),
        ("\ufeffhi\u202e", "hi"),
        ("a\ud800b", "ab"),
        (" ", BLANK),
        ("\u200b\n", BLANK),
        ("/", BLANK),
        ("/faq", "faq"),
        ("and/or", "and/or"),
        ("a" * MAX_TEXT, "a" * MAX_TEXT),
        ("\U0001f642" * MAX_TEXT, "\U0001f642" * MAX_TEXT),
    ],
    ids=lambda text: ascii(text)[:20],
)
def test_text_is_cleaned(text: str, cleaned: str) -> None:
    assert clean_text(text) == cleaned


@given(st.text(max_size=1_500))
def test_whatever_passes_is_clean(text: str) -> None:
    try:
        cleaned = clean_text(text)
    except RejectedMessage as rejected:
        assert rejected.status == 400
        return
    assert 1 <= len(cleaned) <= MAX_TEXT
    assert not cleaned.startswith("/")
    assert cleaned == cleaned.strip() == unicodedata.normalize("NFC", cleaned)
    assert clean_text(cleaned) == cleaned
    cleaned.encode()


def test_channels_never_share_a_conversation() -> None:
    assert Gate("rest").accept("web:ann", "hi").tracker_id == "rest:web:ann"
    assert Gate("web").accept("ann", "hi").tracker_id == "web:ann"


def test_long_sender_still_fits_the_database() -> None:
    first, second = (Inbound("rest", "a" * 254 + end, "hi").tracker_id for end in "xy")
    assert len(first) <= 255
    assert first.startswith("rest:")
    assert first != second


def test_message_delivered_twice_is_refused_for_a_while() -> None:
    clock = Clock()
    gate = Gate("telegram", seen=SeenIds(60, clock))
    gate.accept("ann", "hi", "1")
    with pytest.raises(RejectedMessage) as rejected:
        gate.accept("ann", "hi", "1")
    assert rejected.value.status == 409
    gate.accept("bob", "hi", "1")
    clock.now = 61
    gate.accept("ann", "hi", "1")


def test_malformed_message_does_not_use_up_its_id() -> None:
    gate = Gate("telegram")
    with pytest.raises(RejectedMessage):
        gate.accept("ann", "", "1")
    gate.accept("ann", "hi", "1")


def test_tokens_come_back_with_time() -> None:
    clock = Clock()
    buckets = TokenBuckets(rate=2, burst=3, clock=clock)
    assert [buckets.take("ann") for _ in range(4)] == [True, True, True, False]
    assert buckets.take("bob")
    clock.now = 1
    assert [buckets.take("ann") for _ in range(3)] == [True, True, False]
    clock.now = 100
    assert [buckets.take("ann") for _ in range(4)] == [True, True, True, False]


def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.channels.limits.REMEMBERED", 3)
    seen, buckets = SeenIds(), TokenBuckets(rate=1, burst=1)
    for number in range(10):
        assert seen.add(str(number))
        assert buckets.take(str(number))
    assert len(seen._seen) <= 4
    assert len(buckets._buckets) <= 3
    assert not seen.add("9")
