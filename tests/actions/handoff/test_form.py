"""Conversations with the contact form, on Rasa's own form action."""

import pytest
from sqlalchemy import func, select

from actions.contact_requests.draft import Draft
from actions.contact_requests.models import OPEN, ContactRequest
from actions.contact_requests.store import RequestStore
from actions.handoff.notice import NOTICE_VERSION
from actions.inbox.desk import Desk
from tests.actions.conftest import SENDER
from tests.actions.handoff.conversation import ASK, Conversation, names, told


async def test_one_question_at_a_time(visitor: Conversation, forms: RequestStore):
    (notice,) = await visitor.start(handoff_topic="faq/side_effects")
    for words in ("automated", "clinic's team", "90 days", "health", '"stop"'):
        assert words in notice.text
    assert names(await visitor.say("marcus")) == [f"{ASK}contact"]
    assert names(await visitor.say("480 555 0117")) == [f"{ASK}preferred_time"]
    (summary,) = await visitor.say("afternoons")
    for value in ("Marcus", "(480) 555-0117", "afternoons"):
        assert value in summary.text
    assert [button["title"] for button in summary.data["buttons"]] == [
        "Yes, send it", "Change something",
    ]  # fmt: skip
    (saved,) = await visitor.say("yes")
    (entry,) = Desk(forms).entries()
    assert entry.request.code in saved.text
    assert entry.answers == Draft("Marcus", "(480) 555-0117", None, "afternoons")
    assert entry.request.topic == "faq/side_effects"
    assert entry.request.notice_version == NOTICE_VERSION
    assert not visitor.in_form


async def test_all_in_one_message(visitor: Conversation):
    answers = await told(visitor, "its marcus bell and my cell is (480) 555 0117, afternoons")
    assert answers == [f"{ASK}confirmed"]


async def test_slots_never_hold_what_was_given(visitor: Conversation):
    await told(visitor, "its marcus bell and my cell is (480) 555 0117, afternoons")
    values = [visitor.slot(name) for name in ("first_name", "contact", "preferred_time")]
    assert values == ["given"] * 3
    assert {"Marcus", "(480) 555-0117", "marcus bell", "bell"} <= visitor.private_words()


async def test_what_opened_the_form_is_not_kept_before_the_notice(
    visitor: Conversation, forms: RequestStore
):
    answers = await visitor.start("im marcus, call me at 480-555-0117")
    assert names(answers) == [f"{ASK}first_name_unsaved"]
    assert forms.draft(SENDER) == Draft()
    assert {"marcus", "480-555-0117"} <= visitor.private_words()


@pytest.mark.parametrize(
    ("correction", "expected"),
    [
        ("that's my old one, its 480-555-0199", Draft("Mark", "(480) 555-0199", None, "mornings")),
        ("no its Marc with a c", Draft("Marc", "(480) 555-0117", None, "mornings")),
        ("actually evenings are better", Draft("Mark", "(480) 555-0117", None, "evenings")),
    ],
)
async def test_a_correction_at_the_summary(
    visitor: Conversation, forms: RequestStore, correction: str, expected: Draft
):
    assert await told(visitor, "mark", "4805550117", "mornings", correction) == [
        f"{ASK}confirmed_changed"
    ]
    assert forms.draft(SENDER) == expected


async def test_a_correction_before_the_summary(visitor: Conversation, forms: RequestStore):
    await told(visitor, "mark", "4805550117", "sorry thats my old one, its 480-555-0199")
    assert forms.draft(SENDER).phone == "(480) 555-0199"


async def test_changing_a_part_by_its_name(visitor: Conversation, forms: RequestStore):
    await told(visitor, "mark", "4805550117", "mornings")
    assert names(await visitor.say("Change something")) == [f"{ASK}change"]
    assert names(await visitor.say("the number")) == [f"{ASK}contact_changed"]
    assert names(await visitor.say("mark@example.com")) == [f"{ASK}confirmed"]
    assert forms.draft(SENDER).contact == "mark@example.com"


async def test_an_invalid_number_is_explained_in_new_words_each_time(visitor: Conversation):
    await told(visitor, "marcus")
    texts = [(await visitor.say("480-555-01"))[0].text for _ in range(3)]
    assert len(set(texts)) == 3
    assert names(await visitor.say("1234567890")) == ["utter_invalid_phone_area_code"]
    assert names(await visitor.say("4805550117")) == [f"{ASK}preferred_time"]


async def test_no_phone_leads_to_an_address(visitor: Conversation):
    assert await told(visitor, "marcus", "i dont have a phone") == [f"{ASK}email"]
    assert names(await visitor.say("marcus@example.com")) == [f"{ASK}preferred_time"]


async def test_a_question_is_left_to_the_assistant_and_the_form_goes_on(visitor: Conversation):
    await told(visitor, "marcus")
    await visitor.say("how much does it cost?", intent="clinic")
    assert visitor.rejected
    assert names(await visitor.resume("how much does it cost?")) == [f"{ASK}contact"]
    assert names(await visitor.say("4805550117")) == [f"{ASK}preferred_time"]


async def test_a_topic_in_the_name_field_is_no_name(visitor: Conversation, forms: RequestStore):
    await visitor.start()
    await visitor.say("side effects", intent="faq")
    assert visitor.rejected
    assert forms.draft(SENDER) == Draft()


async def test_danger_is_never_stored(visitor: Conversation, forms: RequestStore):
    await visitor.start()
    await visitor.say("I want to die, im marcus", intent="crisis", tier="HARD")
    assert visitor.rejected
    assert forms.draft(SENDER) == Draft()


async def test_health_details_are_not_kept(visitor: Conversation, forms: RequestStore):
    await told(visitor, "marcus, i have ptsd", "4805550117 i cant sleep")
    await visitor.say("mornings because my panic comes at night")
    assert forms.draft(SENDER) == Draft("Marcus", "(480) 555-0117", None, "mornings")


async def test_two_yes_make_one_request(visitor: Conversation, forms: RequestStore):
    await told(visitor, "marcus", "4805550117", "mornings", "yes")
    assert await visitor.act("action_submit_contact") == []
    with forms.session() as session:
        query = select(func.count()).where(ContactRequest.status == OPEN)
        assert session.scalar(query) == 1


async def test_the_yes_is_not_a_yes_before_all_is_given(visitor: Conversation):
    await told(visitor, "marcus")
    assert names(await visitor.say("yes")) == [f"{ASK}contact_again"]
