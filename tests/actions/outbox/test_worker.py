import dataclasses

import pytest

from actions.contact_requests.models import FAILED, SENT, UNCERTAIN, WAITING
from actions.contact_requests.store import RequestStore
from actions.outbox import queue
from actions.outbox.queue import Outbox
from actions.outbox.worker import Ways, work
from actions.privacy.records import forget
from tests.actions.conftest import SENDER, Clock, submitted
from tests.actions.outbox.conftest import messages
from tests.actions.outbox.receivers import Hooks, Mailbox


def run(store: RequestStore, outbox: Outbox, ways: Ways) -> int:
    """Work until nothing is due; return how many messages were tried."""
    rounds = 0
    while work(store, outbox, ways):
        rounds += 1
    return rounds


def states(store: RequestStore) -> dict[str, str]:
    return {way: message.status for way, message in messages(store).items()}


def test_the_clinic_is_told_once_by_each_way(
    store: RequestStore, outbox: Outbox, ways: Ways, mailbox: Mailbox, hooks: Hooks, clock: Clock
):
    code = submitted(store)
    assert run(store, outbox, ways) == 2
    clock.pass_by(days=2)
    assert run(store, outbox, ways) == 0
    assert states(store) == {"email": SENT, "webhook": SENT}
    assert len(mailbox.mails) == len(hooks.received) == 1
    assert code in mailbox.mails[0]
    assert hooks.received[0]["code"] == code


def test_the_mail_holds_no_contact_and_no_name(
    store: RequestStore, outbox: Outbox, ways: Ways, mailbox: Mailbox
):
    code = submitted(store)
    run(store, outbox, ways)
    (mail,) = mailbox.mails
    assert f'make inbox ARGS="show {code}"' in mail
    assert "afternoons" in mail
    assert "Side effects" in mail
    # Its id is made by chance, and may have any digits.
    told = "\n".join(line for line in mail.splitlines() if not line.startswith("Message-ID:"))
    for secret in ("Marcus", "480", "0117", SENDER):
        assert secret not in told


def test_the_webhook_on_this_machine_gets_the_contact(
    store: RequestStore, outbox: Outbox, ways: Ways, hooks: Hooks
):
    submitted(store)
    run(store, outbox, ways)
    assert hooks.received[0]["contact"] == {
        "first_name": "Marcus",
        "phone": "(480) 555-0117",
        "email": None,
    }


def test_a_failing_webhook_is_tried_again_later_with_the_same_key(
    store: RequestStore, outbox: Outbox, ways: Ways, hooks: Hooks, clock: Clock
):
    submitted(store)
    hooks.answers = [500, 429]
    run(store, outbox, ways)
    assert (states(store)["webhook"], len(hooks.received)) == (WAITING, 1)
    clock.pass_by(seconds=9)
    assert run(store, outbox, ways) == 0
    clock.pass_by(seconds=1)
    run(store, outbox, ways)
    clock.pass_by(seconds=20)
    run(store, outbox, ways)
    assert (states(store)["webhook"], len(hooks.received)) == (SENT, 3)
    assert len(set(hooks.keys)) == 1
    assert hooks.keys[0]


def test_a_mail_server_that_refuses_is_tried_again(
    store: RequestStore, outbox: Outbox, ways: Ways, mailbox: Mailbox, clock: Clock
):
    submitted(store)
    mailbox.refuse = ["451 later please"]
    run(store, outbox, ways)
    assert states(store)["email"] == WAITING
    assert messages(store)["email"].last_error == "SMTPResponseException 451"
    clock.pass_by(minutes=1)
    run(store, outbox, ways)
    assert states(store)["email"] == SENT
    assert len(mailbox.mails) == 1


def test_a_mail_server_that_is_down_is_tried_again(
    store: RequestStore, outbox: Outbox, ways: Ways, clock: Clock
):
    submitted(store)
    down = dataclasses.replace(ways, mail_server=dataclasses.replace(ways.mail_server, port=1))
    run(store, outbox, down)
    assert states(store)["email"] == WAITING
    clock.pass_by(minutes=1)
    run(store, outbox, ways)
    assert states(store)["email"] == SENT


def test_a_connection_that_breaks_after_the_text_leaves_the_mail_uncertain(
    store: RequestStore, outbox: Outbox, ways: Ways, mailbox: Mailbox, clock: Clock
):
    submitted(store)
    mailbox.hang_up = True
    run(store, outbox, ways)
    assert states(store)["email"] == UNCERTAIN
    mailbox.hang_up = False
    clock.pass_by(days=3)
    run(store, outbox, ways)
    assert states(store)["email"] == UNCERTAIN
    assert len(mailbox.mails) == 1


def test_after_many_attempts_a_person_is_needed(
    store: RequestStore, outbox: Outbox, clock: Clock, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(queue, "MOST_ATTEMPTS", 3)
    submitted(store)
    tries = 0
    while run(store, outbox, Ways()) and tries < 10:
        tries += 1
        clock.pass_by(hours=1)
    assert tries == 3
    assert set(states(store).values()) == {FAILED}


def test_what_was_deleted_before_its_turn_is_not_sent(
    store: RequestStore, outbox: Outbox, ways: Ways, mailbox: Mailbox, hooks: Hooks
):
    submitted(store)
    forget(store, SENDER)
    assert run(store, outbox, ways) == 0
    assert not mailbox.mails
    assert not hooks.received


def test_what_is_deleted_while_a_worker_has_it_is_not_mailed(
    store: RequestStore,
    outbox: Outbox,
    ways: Ways,
    mailbox: Mailbox,
    monkeypatch: pytest.MonkeyPatch,
):
    submitted(store)
    take = outbox.take

    def take_then_forget():
        job = take()
        forget(store, SENDER)
        return job

    monkeypatch.setattr(outbox, "take", take_then_forget)
    assert work(store, outbox, ways)
    assert not mailbox.mails
