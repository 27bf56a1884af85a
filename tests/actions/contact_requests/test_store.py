from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import select

from actions.contact_requests.database import connect
from actions.contact_requests.draft import Draft
from actions.contact_requests.models import DRAFT, OPEN, ContactRequest, OutboxMessage
from actions.contact_requests.sealing import Sealer
from actions.contact_requests.store import NoDraft, RequestStore, Unavailable
from tests.actions.conftest import MARCUS, SENDER, Clock, submitted


def rows(store: RequestStore, model=ContactRequest):
    with store.session() as session:
        found = list(session.scalars(select(model)))
        session.expunge_all()
    return found


def test_a_draft_begins_empty_and_keeps_what_is_given(store: RequestStore):
    store.begin(SENDER, "rest", None, "1")
    assert store.draft(SENDER) == Draft()
    store.keep(SENDER, MARCUS)
    assert store.draft(SENDER) == MARCUS


def test_consent_is_the_first_answer_after_the_notice(store: RequestStore, clock: Clock):
    store.begin(SENDER, "rest", "faq/safety", "2026-11")
    assert rows(store)[0].consented_at is None
    clock.pass_by(minutes=1)
    store.keep(SENDER, Draft("Marcus"))
    given = clock.now
    clock.pass_by(minutes=1)
    store.keep(SENDER, MARCUS)
    row = rows(store)[0]
    assert (row.consented_at, row.notice_version, row.topic) == (given, "2026-11", "faq/safety")


def test_submitting_writes_one_request_and_its_messages(store: RequestStore):
    code = submitted(store)
    (row,) = rows(store)
    assert (row.code, row.status) == (code, OPEN)
    assert sorted(message.way for message in rows(store, OutboxMessage)) == ["email", "webhook"]


def test_a_second_yes_writes_nothing(store: RequestStore):
    submitted(store)
    with pytest.raises(NoDraft):
        store.submit(SENDER)
    assert len(rows(store)) == 1
    assert len(rows(store, OutboxMessage)) == 2


def test_two_yes_at_the_same_moment_write_one_request(store: RequestStore):
    store.begin(SENDER, "rest", None, "1")
    store.keep(SENDER, MARCUS)

    def submit(_: int) -> bool:
        try:
            store.submit(SENDER)
        except NoDraft:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(submit, range(4))) == 1
    assert len(rows(store, OutboxMessage)) == 2


def test_an_incomplete_draft_is_not_submitted(store: RequestStore):
    store.begin(SENDER, "rest", None, "1")
    store.keep(SENDER, Draft("Marcus", preferred_time="mornings"))
    with pytest.raises(NoDraft):
        store.submit(SENDER)
    assert rows(store)[0].status == DRAFT


def test_beginning_again_replaces_the_draft_and_keeps_requests(store: RequestStore):
    submitted(store)
    store.begin(SENDER, "rest", None, "1")
    store.keep(SENDER, Draft("Old"))
    store.begin(SENDER, "rest", None, "1")
    assert store.draft(SENDER) == Draft()
    assert sorted(row.status for row in rows(store)) == [DRAFT, OPEN]


def test_an_expired_draft_is_gone(store: RequestStore, clock: Clock):
    store.begin(SENDER, "rest", None, "1")
    clock.pass_by(hours=25)
    with pytest.raises(NoDraft):
        store.draft(SENDER)


def test_senders_do_not_see_each_other(store: RequestStore):
    store.begin("rest:1", "rest", None, "1")
    store.begin("web:1", "web", None, "1")
    store.keep("rest:1", MARCUS)
    assert store.draft("web:1") == Draft()
    store.discard("web:1")
    assert store.draft("rest:1") == MARCUS


def test_processes_that_start_together_migrate_once(database_url: str, sealer: Sealer):
    stores = [RequestStore(connect(database_url), sealer) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda each: each.discard(SENDER), stores))
    for each in stores:
        each.engine.dispose()


@pytest.mark.parametrize(
    "url",
    ["sqlite:////proc/nowhere.db", "postgresql://nobody@127.0.0.1:1/nothing"],
)
def test_a_database_that_is_down_is_said_to_be_unavailable(url: str, sealer: Sealer):
    with pytest.raises(Unavailable):
        RequestStore(connect(url), sealer).draft(SENDER)


def test_a_database_that_comes_up_later_is_used(tmp_path: Path, sealer: Sealer):
    folder = tmp_path / "var"
    folder.mkdir()
    store = RequestStore(connect(f"sqlite:///{folder / 'clinic.db'}"), sealer)
    folder.rmdir()
    with pytest.raises(Unavailable):
        store.begin(SENDER, "rest", None, "1")
    folder.mkdir()
    store.begin(SENDER, "rest", None, "1")
    assert store.draft(SENDER) == Draft()


def test_nothing_personal_stands_in_the_database_files(
    lite_store: RequestStore, tmp_path: Path, sealer: Sealer
):
    submitted(lite_store, "rest:sender-in-clear")
    content = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert b"faq/side_effects" in content
    for secret in (b"Marcus", b"555-0117", b"5550117", b"afternoons", b"sender-in-clear"):
        assert secret not in content


def test_another_key_opens_nothing(lite_store: RequestStore):
    submitted(lite_store)
    (row,) = rows(lite_store)
    stranger = RequestStore(lite_store.engine, Sealer([Fernet.generate_key().decode()]))
    with pytest.raises(Unavailable, match="no key fits"):
        stranger.opened(row)
