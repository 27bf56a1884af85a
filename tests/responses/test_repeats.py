"""No visitor reads the same text twice running, whatever the clinic has filled in."""

from __future__ import annotations

from itertools import cycle, islice, pairwise

import pytest

from assistant.content.clinic import FACTS
from assistant.responses.book import Files
from assistant.responses.catalog import load_catalog
from assistant.responses.generator import ResponseGenerator
from tests.content.project import PROJECT
from tests.responses.conftest import KNOWN_CLINIC, Chat, copy_content

NAMES = sorted(load_catalog(PROJECT / "domain.yml").variations)
ANSWERS = [name for name in NAMES if name.startswith(("utter_faq/", "utter_clinic/"))]
# Parts of other messages, never sent alone.
_LINES = {name for name in NAMES if "_line" in name}
_OTHER = "utter_thank"


def clinic_with(*facts: str) -> str:
    """The known clinic, without the other facts."""
    unknown = {*FACTS, "time_zone"} - set(facts)
    blocks = KNOWN_CLINIC.replace("\n  ", "\0").splitlines()
    kept = (block for block in blocks if block.partition(":")[0] not in unknown)
    return "\n".join(kept).replace("\0", "\n  ") + "\n"


CLINICS = {
    "nothing known": clinic_with(),
    "phone only": clinic_with("phone"),
    "address only": clinic_with("address"),
    "hours only": clinic_with("hours", "time_zone"),
    "address and hours": clinic_with("address", "hours", "time_zone"),
    "everything known": KNOWN_CLINIC,
}


@pytest.fixture(scope="module", params=CLINICS)
def generator(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> ResponseGenerator:
    project = copy_content(tmp_path_factory.mktemp("project"))
    (project / "content" / "clinic.yml").write_text(CLINICS[request.param])
    return ResponseGenerator(files=Files.under(project))


async def ask(chat: Chat, names: list[str]) -> list[str]:
    """The texts that turn after turn bring."""
    texts = []
    for name in names:
        chat.hears("...")
        texts.append((await chat.says(name))["text"])
    return texts


@pytest.mark.parametrize("sender", ["rest:ann", "messenger:ann"])
async def test_no_text_follows_itself(generator: ResponseGenerator, sender: str) -> None:
    for name in set(NAMES) - _LINES:
        texts = await ask(Chat(generator, sender), [name] * 5)
        twice = [after for before, after in pairwise(texts) if before == after]
        assert not twice, f"{name} was given twice running: {twice}"


@pytest.mark.parametrize("between", [[], [_OTHER]], ids=["in a row", "with thanks between"])
async def test_no_answer_comes_back_in_five_times(
    generator: ResponseGenerator, between: list[str]
) -> None:
    for name in ANSWERS:
        names = list(islice(cycle([name, *between]), 5 * (1 + len(between))))
        texts = (await ask(Chat(generator), names))[:: 1 + len(between)]
        assert len(set(texts)) == 5, f"{name} gave a text twice: {texts}"


async def test_two_questions_in_turn_never_bring_a_text_back(generator: ResponseGenerator) -> None:
    for name, other in pairwise(ANSWERS):
        texts = await ask(Chat(generator), [name, other] * 4)
        assert len(set(texts)) == len(texts), f"{name} and {other} repeat themselves: {texts}"


@pytest.mark.parametrize(("sender", "offers"), [("rest:ann", "callback"), ("messenger:ann", None)])
async def test_the_third_time_a_person_is_offered(
    generator: ResponseGenerator, sender: str, offers: str | None
) -> None:
    for name in [*ANSWERS, "utter_help", "utter_personal_medical_advice"]:
        chat = Chat(generator, sender)
        await ask(chat, [name, name])
        third = await chat.says(name)
        assert "A person at the clinic can tell you more than I can" in third["text"], name
        assert third["offers"] == offers, name


async def test_a_second_crisis_reply_is_shorter_and_different(generator: ResponseGenerator) -> None:
    for first, second in (
        ("utter_crisis", "utter_crisis_again"),
        ("utter_crisis_other", "utter_crisis_other"),
        ("utter_emergency", "utter_emergency"),
    ):
        texts = await ask(Chat(generator), [first, second])
        assert len(texts[1]) < len(texts[0]), second


async def test_nobody_in_danger_is_sent_to_the_clinic_for_repeating(
    generator: ResponseGenerator,
) -> None:
    chat = Chat(generator)
    chat.set("crisis_seen", True)
    texts = await ask(chat, ["utter_faq/safety"] * 5)
    assert not any("A person at the clinic" in text for text in texts)
