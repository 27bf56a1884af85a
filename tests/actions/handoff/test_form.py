"""Conversations with the contact form, on Rasa's own form action."""

import pytest
from sqlalchemy import func, select

from actions.contact_requests.draft import Draft
from actions.contact_requests.models import OPEN, ContactRequest
from actions.contact_requests.store import NoDraft, RequestStore
from actions.handoff.notice import NOTICE_VERSION
from actions.inbox.desk import Desk
from tests.actions.conftest import SENDER, Clock
from tests.actions.handoff.conversation import Conversation, names

ASK = "utter_ask_contact_form_"


@pytest.fixture
def visitor(forms: RequestStore) -> Conversation:
    return Conversation()


async def told(visitor: Conversation, *texts: str) -> list[str]:
    """Start the form, say the texts, return the names of the last answers."""
    answers = await visitor.start()
    for text in texts:
        answers = await visitor.say(text)
    return names(answers)


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


async def test_neither_phone_nor_address_ends_kindly(visitor: Conversation, forms: RequestStore):
    await told(visitor, "marcus", "no phone")
    assert names(await visitor.say("no email either")) == ["utter_no_contact"]
    assert not visitor.in_form
    with pytest.raises(NoDraft):
        forms.draft(SENDER)


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


async def test_never_mind_drops_the_draft(visitor: Conversation, forms: RequestStore):
    await told(visitor, "marcus", "4805550117")
    assert names(await visitor.say("never mind")) == ["utter_contact_cancelled"]
    assert not visitor.in_form
    with pytest.raises(NoDraft):
        forms.draft(SENDER)


async def test_the_form_can_be_opened_again_with_its_notice(visitor: Conversation):
    await told(visitor, "marcus", "4805550117", "stop")
    assert names(await visitor.start()) == [f"{ASK}first_name"]
    assert visitor.slot("contact") is None


async def test_danger_is_never_stored(visitor: Conversation, forms: RequestStore):
    await visitor.start()
    await visitor.say("I want to die, im marcus", intent="crisis", tier="HARD")
    assert visitor.rejected
    assert forms.draft(SENDER) == Draft()


async def test_someone_under_18_is_sent_to_a_parent(visitor: Conversation, forms: RequestStore):
    await told(visitor, "ana")
    assert names(await visitor.say("im 15, is that ok")) == ["utter_under_18"]
    assert not visitor.in_form
    with pytest.raises(NoDraft):
        forms.draft(SENDER)


async def test_an_age_in_the_opening_message_counts(visitor: Conversation):
    assert names(await visitor.start("im 16 and want to talk to someone")) == ["utter_under_18"]
    assert not visitor.in_form


@pytest.mark.parametrize("channel", ["telegram", "messenger"])
async def test_other_peoples_messengers_get_no_form(forms: RequestStore, channel: str):
    visitor = Conversation(f"{channel}:1")
    assert names(await visitor.start()) == ["utter_no_form_here"]
    assert not visitor.in_form
    with pytest.raises(NoDraft):
        forms.draft(f"{channel}:1")


async def test_an_expired_draft_starts_over_with_the_notice(
    visitor: Conversation, forms: RequestStore, clock: Clock
):
    await told(visitor, "marcus")
    clock.pass_by(hours=25)
    (answer,) = await visitor.say("480-555-0117")
    assert names([answer]) == [f"{ASK}first_name_expired"]
    assert "clinic's team" in answer.text
    assert forms.draft(SENDER) == Draft()


async def test_health_details_are_not_kept(visitor: Conversation, forms: RequestStore):
    await told(visitor, "marcus, i have ptsd", "4805550117 i cant sleep")
    await visitor.say("mornings because my panic comes at night")
    assert forms.draft(SENDER) == Draft("Marcus", "(480) 555-0117", None, "mornings")


async def test_the_database_down_at_the_start(visitor: Conversation, database_down):
    database_down()
    assert names(await visitor.start()) == ["utter_handoff_unavailable"]
    assert not visitor.in_form


async def test_the_database_down_in_the_middle(visitor: Conversation, database_down):
    await told(visitor, "marcus")
    database_down()
    assert names(await visitor.say("4805550117")) == ["utter_handoff_unavailable"]
    assert not visitor.in_form


async def test_the_database_down_at_the_yes(visitor: Conversation, database_down):
    await told(visitor, "marcus", "4805550117", "mornings")
    database_down()
    answers = await visitor.say("yes")
    assert names(answers) == ["utter_handoff_unavailable"]
    assert "nothing was sent" in answers[0].text


async def test_two_yes_make_one_request(visitor: Conversation, forms: RequestStore):
    await told(visitor, "marcus", "4805550117", "mornings", "yes")
    assert await visitor.act("action_submit_contact") == []
    with forms.session() as session:
        query = select(func.count()).where(ContactRequest.status == OPEN)
        assert session.scalar(query) == 1


async def test_the_yes_is_not_a_yes_before_all_is_given(visitor: Conversation):
    await told(visitor, "marcus")
    assert names(await visitor.say("yes")) == [f"{ASK}contact_again"]


async def test_discarding_is_silent(visitor: Conversation, forms: RequestStore):
    await told(visitor, "marcus")
    assert await visitor.act("action_discard_contact") == []
    with pytest.raises(NoDraft):
        forms.draft(SENDER)


async def test_discarding_without_database_says_when_it_is_gone(
    visitor: Conversation, database_down
):
    await told(visitor, "marcus")
    database_down()
    (answer,) = await visitor.act("action_discard_contact")
    assert "24 hours" in answer.text
