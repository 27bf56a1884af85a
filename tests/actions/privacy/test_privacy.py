import pytest
from sqlalchemy import func, select

from actions.contact_requests.models import ContactRequest, OutboxMessage
from actions.contact_requests.store import RequestStore
from actions.outbox.queue import Outbox
from tests.actions.conftest import MARCUS, SENDER, Clock, submitted
from tests.actions.handoff.conversation import Conversation, names


@pytest.fixture
def visitor(forms: RequestStore) -> Conversation:
    return Conversation()


def count(store: RequestStore) -> int:
    with store.session() as session:
        rows = [select(func.count()).select_from(m) for m in (ContactRequest, OutboxMessage)]
        return sum(session.scalar(query) for query in rows)


def send_all(store: RequestStore, clock: Clock) -> None:
    outbox = Outbox(store, clock)
    while job := outbox.take():
        outbox.sent(job)


async def test_everything_of_the_sender_is_deleted(visitor: Conversation, forms: RequestStore):
    submitted(forms)
    submitted(forms, "rest:other")
    forms.begin(SENDER, "rest", None, "1")
    before = count(forms)
    assert names(await visitor.act("action_delete_my_data")) == ["utter_deleted"]
    assert visitor.slot("forget_me") is True
    assert count(forms) == before - 4
    assert count(forms) == 3


async def test_without_requests_the_conversation_alone_is_deleted(visitor: Conversation):
    answers = await visitor.act("action_delete_my_data")
    assert names(answers) == ["utter_deleted_conversation"]
    assert visitor.slot("forget_me") is True


async def test_what_has_gone_out_is_said_to_stay(
    visitor: Conversation, forms: RequestStore, clock: Clock
):
    submitted(forms)
    send_all(forms, clock)
    assert names(await visitor.act("action_delete_my_data")) == [
        "utter_deleted",
        "utter_delete_email_stays",
        "utter_delete_clinic_system_stays",
    ]


async def test_in_the_middle_of_the_form_it_ends_the_form(
    visitor: Conversation, forms: RequestStore
):
    await visitor.start()
    await visitor.say("marcus")
    assert names(await visitor.act("action_delete_my_data")) == ["utter_deleted"]
    assert not visitor.in_form
    assert visitor.slot("first_name") is None
    assert count(forms) == 0


async def test_nothing_is_pretended_when_the_database_is_down(visitor: Conversation, database_down):
    database_down()
    assert names(await visitor.act("action_delete_my_data")) == ["utter_delete_failed"]
    assert visitor.slot("forget_me") is None
    assert names(await visitor.act("action_what_we_know")) == ["utter_what_we_know_unavailable"]


async def test_what_we_know_names_kinds_and_codes_only(visitor: Conversation, forms: RequestStore):
    assert names(await visitor.act("action_what_we_know")) == ["utter_what_we_know"]
    forms.begin(SENDER, "rest", None, "1")
    forms.keep(SENDER, MARCUS)
    assert names(await visitor.act("action_what_we_know")) == ["utter_what_we_know_draft"]
    code = forms.submit(SENDER).code
    (answer,) = await visitor.act("action_what_we_know")
    assert names([answer]) == ["utter_what_we_know_request"]
    assert code in answer.text
    assert "Marcus" not in answer.text
    assert "0117" not in answer.text
