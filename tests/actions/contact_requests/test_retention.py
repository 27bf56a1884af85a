from sqlalchemy import func, select

from actions.contact_requests.models import ContactRequest, OutboxMessage
from actions.contact_requests.retention import purge, retention
from actions.contact_requests.store import RequestStore
from actions.inbox.desk import Desk
from assistant.content.clinic import Retention
from tests.actions.conftest import Clock, submitted

KEPT = Retention(requests_days=90, drafts_hours=24)


def count(store: RequestStore, model=ContactRequest) -> int:
    with store.session() as session:
        return session.scalar(select(func.count()).select_from(model))


def test_drafts_go_after_their_hours(store: RequestStore, clock: Clock):
    store.begin("rest:1", "rest", None, "1")
    clock.pass_by(hours=23)
    assert purge(store, KEPT, clock()) == 0
    clock.pass_by(hours=1)
    assert purge(store, KEPT, clock()) == 1
    assert count(store) == 0


def test_closed_requests_go_after_their_days_with_their_messages(store: RequestStore, clock: Clock):
    code = submitted(store)
    clock.pass_by(days=10)
    Desk(store, clock).close(code)
    clock.pass_by(days=89)
    assert purge(store, KEPT, clock()) == 0
    clock.pass_by(days=1)
    assert purge(store, KEPT, clock()) == 1
    assert count(store) == count(store, OutboxMessage) == 0


def test_an_open_request_stays_however_old(store: RequestStore, clock: Clock):
    submitted(store)
    clock.pass_by(days=1000)
    assert purge(store, KEPT, clock()) == 0


def test_the_times_come_from_the_clinics_file():
    assert retention().requests_days >= 1
