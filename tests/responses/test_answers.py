"""How an answer is put together."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from freezegun import freeze_time

from assistant.responses.book import Files
from assistant.responses.generator import ResponseGenerator
from tests.responses.conftest import KNOWN_CLINIC, Chat


async def test_article_source_then_safety_note(chat: Chat) -> None:
    message = await chat.says("utter_faq/side_effects")
    blocks = message["text"].split("\n\n")
    answer, source = blocks[0].splitlines()
    assert answer.startswith("Our article says:")
    assert source == 'Source: our article, "What Studies Say" and "When Is Ketamine Prescribed?"'
    assert blocks[1].startswith("Safety note: Ketamine can raise blood pressure")
    assert message["custom"]["voice"] == "article"
    assert message["custom"]["sources"] == [
        {"title": "What Studies Say", "anchor": "what-studies-say"},
        {"title": "When Is Ketamine Prescribed?", "anchor": "when-is-ketamine-prescribed"},
    ]
    json.dumps(message)


async def test_no_source_where_the_article_says_nothing(chat: Chat) -> None:
    message = await chat.says("utter_faq/onset")
    assert "Source:" not in message["text"]
    assert message["custom"]["sources"] == []


async def test_a_note_is_shorter_the_second_time(chat: Chat) -> None:
    first = await chat.says("utter_faq/effectiveness")
    second = await chat.says("utter_faq/research_evidence")
    assert "Spravato" in first["text"]
    assert "Spravato" not in second["text"]
    assert "Safety note: Ketamine is FDA-approved as an anesthetic, not" in second["text"]


async def test_wordings_change_until_all_were_heard(chat: Chat) -> None:
    texts = [(await chat.says("utter_clinic/cost"))["text"].split("\n\n")[0] for _ in range(4)]
    assert texts[0] != texts[1]
    assert texts[2:] == texts[:2]


async def test_the_offer_changes_its_words(chat: Chat) -> None:
    names = ["utter_clinic/cost", "utter_clinic/insurance", "utter_clinic/referral"]
    offers = [(await chat.says(name))["text"].split("\n\n")[-1] for name in names]
    assert len(set(offers)) == 3


async def test_related_topics_send_ordinary_text_and_are_not_repeated(chat: Chat) -> None:
    await chat.says("utter_faq/safety")
    message = await chat.says("utter_faq/side_effects")
    assert message["buttons"] == [
        {"title": "Addiction", "payload": "Is ketamine addictive?"},
        {"title": "Who shouldn't use it", "payload": "Who should not use ketamine?"},
    ]


async def test_an_offer_comes_with_a_button_and_its_meaning(chat: Chat) -> None:
    message = await chat.says("utter_clinic/cost")
    assert message["offers"] == "callback"
    assert message["buttons"][0] == {"title": "Contact me", "payload": "Yes, please contact me"}


async def test_unset_facts_are_said_to_be_unknown(chat: Chat) -> None:
    for name in ("utter_clinic/location", "utter_clinic/hours", "utter_clinic/contact"):
        for _ in range(3):
            message = await chat.says(name)
            assert "don't have" in message["text"] or "known to me" in message["text"]
            assert message["offers"] == "callback"
    visit = await chat.says("utter_visit_clinic")
    assert "don't have the street address or the opening hours" in visit["text"]


async def test_set_facts_are_said(known_clinic: Path) -> None:
    chat = Chat(ResponseGenerator(files=Files.under(known_clinic)))
    with freeze_time("2026-11-24T18:00:00Z"):
        visits = [await chat.says("utter_visit_clinic") for _ in range(3)]
    for visit in visits:
        assert "12 Example Street, Mesa, AZ 85201" in visit["text"]
        assert "We're open now, until 5 pm." in visit["text"]
        assert "Directions: https://example.com/map\nBook a visit: https" in visit["text"]
    assert visits[0]["custom"]["links"][2] == {
        "title": "Phone: (480) 555-0100",
        "url": "tel:+14805550100",
    }
    cost = await chat.says("utter_clinic/cost")
    assert "you can call (480) 555-0100 or write to hello@example.com." in cost["text"]
    hours = await chat.says("utter_clinic/hours")
    assert "Monday to Tuesday: 9 am to 5 pm\nWednesday to Sunday: closed" in hours["text"]


async def test_an_extension_is_said_but_not_dialled(known_clinic: Path) -> None:
    clinic = known_clinic / "content" / "clinic.yml"
    clinic.write_text(KNOWN_CLINIC.replace("555-0100", "555-0100 ext. 5"))
    visit = await Chat(ResponseGenerator(files=Files.under(known_clinic))).says(
        "utter_visit_clinic"
    )
    assert visit["custom"]["links"][2] == {
        "title": "Phone: (480) 555-0100 ext. 5",
        "url": "tel:+14805550100",
    }


@pytest.mark.parametrize(
    ("fact", "expected"),
    [
        ("phone: (480) 555-0100", "You can call us at (480) 555-0100"),
        ("email: a@example.com", "The clinic will tell you how to find it."),
    ],
)
async def test_location_with_other_facts_only(project: Path, fact: str, expected: str) -> None:
    (project / "content" / "clinic.yml").write_text(f"name: Clinic\n{fact}\n")
    message = await Chat(ResponseGenerator(files=Files.under(project))).says(
        "utter_clinic/location"
    )
    assert expected in message["text"]
    assert "I'd rather not guess" in message["text"]


async def test_clarification_offers_titles(chat: Chat) -> None:
    ranking = [
        {"name": "faq/safety", "confidence": 0.4},
        {"name": "crisis", "confidence": 0.3},
        {"name": "clinic/cost", "confidence": 0.2},
    ]
    chat.hears("hm is it ok", topic_ranking=ranking)
    message = await chat.says("utter_clarify")
    assert 'Did you mean "Safety", "Cost", or something else?' in message["text"]
    assert message["buttons"] == [
        {"title": "Safety", "payload": "Is ketamine safe?"},
        {"title": "Cost", "payload": "How much does ketamine therapy cost?"},
        {"title": "Something else", "payload": "No, something else"},
    ]


async def test_clarification_without_an_idea(chat: Chat) -> None:
    chat.hears("asdf", topic_ranking=[{"name": "out_of_scope", "confidence": 0.9}])
    message = await chat.says("utter_clarify")
    assert "Could you say it in other words?" in message["text"]
    assert message["buttons"] == []


async def test_help_lists_every_topic_by_group(chat: Chat) -> None:
    message = await chat.says("utter_help")
    groups = [line for line in message["text"].splitlines() if line.startswith("- ")]
    names = ("Anxiety", "Ketamine", "How it helps", "Safety", "Treatment", "The clinic")
    assert len(groups) == len(names)
    for group, name in zip(groups, names, strict=True):
        assert group.startswith(f"- {name}: ")
    assert "side effects" in message["text"]
    assert 0 < len(message["buttons"]) <= 8
