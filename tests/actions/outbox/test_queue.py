from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from actions.contact_requests.models import SENDING, SENT, TAKEN, UNCERTAIN, WAITING
from actions.contact_requests.store import RequestStore
from actions.outbox.queue import LEASE, LONGEST_WAIT, Outbox, wait_after
from tests.actions.conftest import Clock, submitted
from tests.actions.outbox.conftest import messages


@pytest.fixture
def other_worker(store: RequestStore, clock: Clock) -> Outbox:
    return Outbox(store, clock, chance=lambda: 1.0)


def take_email(outbox: Outbox):
    jobs = [outbox.take(), outbox.take()]
    return next(job for job in jobs if job.way == "email")


def pass_lease(clock: Clock) -> None:
    clock.pass_by(seconds=LEASE.total_seconds())


def test_two_workers_never_take_the_same_message(
    store: RequestStore, outbox: Outbox, other_worker: Outbox
):
    for number in range(5):
        submitted(store, f"rest:{number}")

    def drain(worker: Outbox) -> list[str]:
        taken = []
        while job := worker.take():
            taken.append(job.id)
        return taken

    with ThreadPoolExecutor(4) as pool:
        taken = [each for run in pool.map(drain, [outbox, other_worker] * 2) for each in run]
    assert len(taken) == len(set(taken)) == 10


def test_a_worker_that_died_before_sending_is_replaced(
    store: RequestStore, outbox: Outbox, other_worker: Outbox, clock: Clock
):
    submitted(store)
    job = take_email(outbox)
    assert other_worker.take() is None
    pass_lease(clock)
    again = take_email(other_worker)
    assert (again.id, again.attempts) == (job.id, 2)


def test_a_worker_that_died_while_mailing_leaves_an_uncertain_mail(
    store: RequestStore, outbox: Outbox, other_worker: Outbox, clock: Clock
):
    submitted(store)
    job = take_email(outbox)
    assert outbox.about_to_send(job)
    assert messages(store)["email"].status == SENDING
    pass_lease(clock)
    other_worker.take()
    assert messages(store)["email"].status == UNCERTAIN
    assert other_worker.take() is None


def test_a_worker_that_died_while_posting_is_replaced_with_the_same_key(
    store: RequestStore, outbox: Outbox, other_worker: Outbox, clock: Clock
):
    submitted(store)
    jobs = [outbox.take(), outbox.take()]
    job = next(job for job in jobs if job.way == "webhook")
    outbox.about_to_send(job)
    pass_lease(clock)
    again = [other_worker.take(), other_worker.take()]
    assert job.id in {each.id for each in again if each}


def test_a_slow_worker_whose_lease_ended_does_not_send(
    store: RequestStore, outbox: Outbox, other_worker: Outbox, clock: Clock
):
    submitted(store)
    slow = take_email(outbox)
    pass_lease(clock)
    assert not outbox.about_to_send(slow)
    quick = take_email(other_worker)
    assert not outbox.about_to_send(slow)
    assert other_worker.about_to_send(quick)


def test_a_late_success_makes_an_uncertain_mail_certain(
    store: RequestStore, outbox: Outbox, other_worker: Outbox, clock: Clock
):
    submitted(store)
    job = take_email(outbox)
    outbox.about_to_send(job)
    pass_lease(clock)
    other_worker.take()
    outbox.sent(job)
    assert messages(store)["email"].status == SENT


def test_a_stranger_cannot_settle_a_message_that_was_taken_again(
    store: RequestStore, outbox: Outbox, other_worker: Outbox, clock: Clock
):
    submitted(store)
    slow = take_email(outbox)
    pass_lease(clock)
    take_email(other_worker)
    outbox.not_sent(slow, "late")
    assert messages(store)["email"].status == TAKEN
    assert messages(store)["email"].last_error is None


def test_waits_double_and_stop_growing():
    waits = [wait_after(attempts, 1.0) for attempts in (1, 2, 3, 60)]
    assert waits == [
        timedelta(seconds=10),
        timedelta(seconds=20),
        timedelta(seconds=40),
        LONGEST_WAIT,
    ]
    assert wait_after(3, 0.0) == timedelta(seconds=20)


def test_a_message_is_not_due_before_its_time(store: RequestStore, outbox: Outbox, clock: Clock):
    submitted(store)
    job = take_email(outbox)
    outbox.not_sent(job, "x")
    assert messages(store)["email"].status == WAITING
    assert outbox.take() is None
    clock.pass_by(seconds=10)
    assert outbox.take() is not None
