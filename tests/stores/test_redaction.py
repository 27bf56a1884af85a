from __future__ import annotations

import threading
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.stores import redaction
from assistant.stores.redaction import redact

PRIVATE = [
    ("my cell is (480) 555-0117", "my cell is [phone]"),
    ("call 480-555-0117 please", "call [phone] please"),
    ("480.555.0117", "[phone]"),
    ("480 555 0117, afternoons", "[phone], afternoons"),
    ("4805550117", "[phone]"),
    ("cell:4805550117", "cell:[phone]"),
    ("+1 480 555 0117", "[phone]"),
    ("+1 (480) 555-0117 ext. 22", "[phone]"),
    ("1-480-555-0117", "[phone]"),
    ("480 - 555 - 0117", "[phone]"),
    ("480/555/0117", "[phone]"),
    ("4 8 0 5 5 5 0 1 1 7", "[phone]"),
    ("480\u2013555\u20130117", "[phone]"),
    ("\uff14\uff18\uff10-\uff15\uff15\uff15-\uff10\uff11\uff11\uff17", "[phone]"),
    ("+44 20 7946 0958", "[phone]"),
    ("011 52 55 1234 5678", "[phone]"),
    ("07700 900123", "[phone]"),
    ("call me at 555-0117", "call me at [phone]"),
    ("555-0117", "[phone]"),
    ("four eight zero five five five oh one one seven", "[phone]"),
    ("480 five five five 0117", "[phone]"),
    ("marcus.bell+clinic@example.com", "[email]"),
    ("it's marcus@example.co.uk, thanks", "it's [email], thanks"),
    ("marcus @ gmail . com", "[email]"),
    ("marcus at example dot com", "[email]"),
    ("marcus dot bell at example dot com", "[email]"),
    ("marcus (at) example (dot) com", "[email]"),
    ("marcus [at] example.com", "[email]"),
    ("marcus at gmail.com", "[email]"),
    ("marcus at gmail", "[email]"),
    ("marcus arroba gmail punto com", "[email]"),
    ("my card 4111 1111 1111 1111 exp 12/29", "my card [card] exp 12/29"),
    ("4111-1111-1111-1111", "[card]"),
    ("378282246310005", "[card]"),
    ("4111111111111112", "[card]"),
    ("ssn 123-45-6789", "ssn [ssn]"),
    ("123 45 6789", "[ssn]"),
    ("my social is 123456789", "my social is [ssn]"),
    ("last four of my social are 1234", "last four of my social are [ssn]"),
    ("born 4/12/1988", "born [date of birth]"),
    ("dob 12 April 1988", "dob [date of birth]"),
    ("DOB: 04-12-88", "DOB: [date of birth]"),
    ("my date of birth is April 12th, 1988", "my date of birth is [date of birth]"),
    ("birthday 1988-04-12", "birthday [date of birth]"),
    ("4/12/1988 is my birthday", "[date of birth] is my birthday"),
    ("dob 04121988", "dob [date of birth]"),
    ("I was born on the 12th of April 1988", "I was born on the [date of birth]"),
    ("nací el 12 de abril de 1988", "nací el [date of birth]"),
    ("my name is Marcus Bell", "my name is [name]"),
    ("my name is marcus bell and my cell is slow", "my name is [name] and my cell is slow"),
    ("My name's Marcus, what is ketamine?", "My name's [name], what is ketamine?"),
    ("My name\u2019s Jos\u00e9 Mar\u00eda", "My name\u2019s [name]"),
    ("I'm called Marcus", "I'm called [name]"),
    ("Hi, this is Marcus.", "Hi, this is [name]."),
    ("this is Marcus Bell calling", "this is [name] calling"),
    ("call me Marcus", "call me [name]"),
    ("name: marcus bell", "name: [name]"),
    ("me llamo Lucía Pérez", "me llamo [name]"),
]

ORDINARY = [
    "was ketamine approved in 1962 or in 1970?",
    "call or text 988, any time",
    "call 911",
    "Poison Control, 1-800-222-1222",
    "SAMHSA 1-800-662-4357",
    "text HOME to 741741",
    "are you open 24 hours? 24/7?",
    "Schedule III",
    "is 0.5 mg/kg over 40 minutes usual? or 100-200 mg?",
    "250-1000 mg",
    "does it take 2 weeks or 6-8 sessions?",
    "is it $400-1200 for 6 sessions",
    "costs 400-1200 for a session",
    "2019-2021",
    "2019 2020 2021 2022",
    "on 2024-03-05 10:30",
    "25 50 75 100 200 mg",
    "appointment on 4/12/2027 at 10:30",
    "I live in 85201-1234",
    "PHQ-9 score 21, GAD-7 15",
    "one two three four",
    "nine one one",
    "ketamine was born in 1962",
    "does social security disability pay in 2026?",
    "look at wikipedia.org",
    "I was at home, dot",
    "meet me at noon",
    "@ 5pm",
    "is my name kept private?",
    "my name is not important",
    "this is Ketamine?",
    "this is urgent",
    "This is about my brother",
    "call me back tomorrow",
    "call me Monday",
    "what's the drug's brand name",
    "my name",
    "what is it called?",
    "I am called every day",
    "COVID-19, 50,000,000 people, 10% of 1,000,000,000",
    "a patient of 1990s",
]


@pytest.mark.parametrize(("text", "kept"), PRIVATE)
def test_personal_details_are_taken_out(text: str, kept: str) -> None:
    assert redact(text) == kept


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_questions_stay(text: str) -> None:
    assert redact(text) == text


@pytest.mark.parametrize(
    ("text", "words", "kept"),
    [
        ("its marcus bell, afternoons", ["Marcus"], "its [name] bell, afternoons"),
        ("Thanks, MARCUS!", ["marcus"], "Thanks, [name]!"),
        ("Thanks, Jose", ["José"], "Thanks, [name]"),
        ("Thanks, JOSÉ.", ["jose"], "Thanks, [name]."),
        ("Jose\u0301 here", ["jos\u00e9"], "[name] here"),
        ("Marcus  Bell and Bell", ["marcus bell"], "[name] and [name]"),
        ("Belling the cat", ["Bell"], "Belling the cat"),
        ("Groß", ["gross"], "[name]"),
        ("apt 12b, 85201", ["85201"], "apt 12b, [private]"),
        ("a.b*c", ["b*c"], "a.[name]"),
        ("name is Ann and phone", ["phone", "name", ""], "[name] is Ann and [name]"),
        ("480 555 0117", ["phone"], "[phone]"),
        ("nothing", [], "nothing"),
    ],
)
def test_private_words(text: str, words: list[str], kept: str) -> None:
    assert redact(text, words) == kept


DIGIT = st.sampled_from("0123456789")


@given(
    area=st.from_regex(r"[2-79][1-9]\d", fullmatch=True).filter(lambda code: code[1:] != "11"),
    exchange=st.from_regex(r"[2-9]\d\d", fullmatch=True),
    line=st.from_regex(r"\d{4}", fullmatch=True),
    shape=st.sampled_from(
        ["({}) {}-{}", "{}-{}-{}", "{}.{}.{}", "{} {} {}", "{}{}{}", "+1 {} {} {}", "1-{}-{}-{}"]
    ),
    around=st.sampled_from([("", ""), ("call ", " please"), ("I'm at ", "."), ("x\n", "\ny")]),
)
def test_no_american_number_gets_through(
    area: str, exchange: str, line: str, shape: str, around: tuple[str, str]
) -> None:
    text = around[0] + shape.format(area, exchange, line) + around[1]
    assert redact(text) == around[0] + "[phone]" + around[1]


@given(st.emails(), st.sampled_from(["", "write to ", "it's "]))
def test_no_common_address_gets_through(address: str, before: str) -> None:
    assert address.split("@")[1] not in redact(before + address)


@given(
    st.text(st.sampled_from("01489 -.()+@/abn:isM'"), max_size=80),
    st.lists(st.sampled_from(["ann", "José", "b 1", "name"]), max_size=2),
)
def test_redacting_twice_changes_nothing_more(text: str, words: list[str]) -> None:
    once = redact(text, words)
    assert redact(once, words) == once


@given(st.text(max_size=200), st.lists(st.text(max_size=8), max_size=3))
def test_never_fails(text: str, words: list[str]) -> None:
    redact(text, words)


@given(st.text(st.characters(whitelist_categories=["Ll", "Lu"]), min_size=1, max_size=8))
def test_a_private_word_never_stays(word: str) -> None:
    assert word.casefold() not in redact(f"1 {word} 2.", [word]).casefold().replace("[name]", "")


@pytest.mark.parametrize(
    "text",
    ["1 " * 500, "a@" * 500, "(" * 1000, "at " * 333, "one " * 250, "a.a" * 333, "name is " * 125,
     "born 1/1/" * 111, "ssn 1 " * 160, "2-" * 500, "what does it cost? " * 50],
    ids=lambda text: text[:8],
)  # fmt: skip
def test_takes_as_many_times_longer_as_a_text_is_longer(text: str) -> None:
    # Of the order of 4; a pattern that begins anew at every letter would take 16 times as long.
    assert seconds(text * 4) < 10 * seconds(text)


def seconds(text: str) -> float:
    def once() -> float:
        redaction._harmless.clear()
        began = time.process_time()
        redact(text, ["Marcus", "Bell"])
        return time.process_time() - began

    return min(once() for _ in range(9))


def test_what_is_remembered_tells_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(redaction, "_harmless", set())
    for text in ("how long does it take", "call 480-555-0117", "480-555-0117"):
        assert redact(text) == redact(text)
    assert len(redaction._harmless) == 1
    assert all(len(digest) == 16 for digest in redaction._harmless)


def test_a_log_line_in_between_is_redacted_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    """As when a finaliser logs: a lock would be waited for by the thread that holds it."""
    patterns = redaction._redact_patterns
    between: list[str] = []

    def interrupted(text: str) -> str:
        if not between:
            between.append("begun")
            between[:] = [redact("call 480-555-0117 now")]
        return patterns(text)

    monkeypatch.setattr(redaction, "_redact_patterns", interrupted)
    thread = threading.Thread(target=redact, args=["a text not seen before"], daemon=True)
    thread.start()
    thread.join(10)
    assert between == ["call [phone] now"]
    assert not thread.is_alive()
