"""How a conversation with the contact form ends early, or starts over."""

import pytest

from actions.contact_requests.draft import Draft
from actions.contact_requests.store import NoDraft, RequestStore
from tests.actions.conftest import SENDER, Clock
from tests.actions.handoff.conversation import ASK, Conversation, names, told


async def test_neither_phone_nor_address_ends_kindly(visitor: Conversation, forms: RequestStore):
    await told(visitor, "marcus", "no phone")
    assert names(await visitor.say("no email either")) == ["utter_no_contact"]
    assert not visitor.in_form
    with pytest.raises(NoDraft):
        forms.draft(SENDER)


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
