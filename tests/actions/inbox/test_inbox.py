"""The inbox as the team uses it: through its commands."""

import base64

import pytest
from cryptography.fernet import Fernet
from typer.testing import CliRunner, Result

from actions.contact_requests.sealing import Sealer
from actions.contact_requests.store import RequestStore, Unavailable
from actions.inbox import __main__ as inbox
from actions.outbox.queue import Outbox
from actions.privacy.records import stored
from tests.actions.conftest import MARCUS, SENDER, Clock, submitted


@pytest.fixture(autouse=True)
def _wide_terminal(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("COLUMNS", "200")


@pytest.fixture
def store(lite_store: RequestStore, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> RequestStore:
    monkeypatch.setattr(inbox, "open_store", lambda: lite_store)
    monkeypatch.setattr(inbox, "utc_now", clock)
    return lite_store


def call(*arguments: str) -> Result:
    return CliRunner().invoke(inbox.app, arguments)


def test_an_empty_inbox_says_so(store: RequestStore):
    assert call().stdout == "No open contact requests.\n"


def test_open_requests_are_listed_with_what_the_team_needs(store: RequestStore, clock: Clock):
    code = submitted(store)
    clock.pass_by(hours=3)
    listed = call().stdout
    for words in (code, "Marcus", "(480) 555-0117", "afternoons", "Side effects", "(3 h)"):
        assert words in listed
    assert "email: waiting" in listed


def test_drafts_are_not_shown(store: RequestStore):
    store.begin(SENDER, "rest", None, "1")
    store.keep(SENDER, MARCUS)
    assert "Marcus" not in call("list", "--all").stdout


def test_show_takes_the_code_as_people_type_it(store: RequestStore):
    code = submitted(store)
    shown = call("show", code.lower())
    assert shown.exit_code == 0
    assert "notice 1" in shown.stdout
    assert "(480) 555-0117" in shown.stdout


def test_a_closed_request_leaves_the_list_and_can_come_back(store: RequestStore):
    code = submitted(store)
    assert "deleted in" in call("close", code).stdout
    assert "Marcus" not in call("list").stdout
    assert f"{code} (closed)" in call("list", "--all").stdout
    call("reopen", code)
    assert code in call("list").stdout


@pytest.mark.parametrize("command", ["show", "close", "reopen", "resend"])
def test_an_unknown_code_is_said_plainly(store: RequestStore, command: str):
    result = call(command, "NOSUCH")
    assert result.exit_code == 1
    assert "no request with the code NOSUCH" in result.output
    assert "Traceback" not in result.output


def test_a_database_that_is_down_is_said_plainly(monkeypatch: pytest.MonkeyPatch):
    def down() -> RequestStore:
        raise Unavailable("OperationalError")

    monkeypatch.setattr(inbox, "open_store", down)
    result = call("list")
    assert result.exit_code == 1
    assert result.output.startswith("The requests cannot be reached")


def test_a_mail_that_may_not_have_arrived_is_shown_and_resent_on_request(
    store: RequestStore, clock: Clock
):
    code = submitted(store)
    outbox = Outbox(store, clock)
    outbox.uncertain(next(j for j in (outbox.take(), outbox.take()) if j.way == "email"), "broke")
    assert "uncertain" in call("show", code).stdout
    assert "1 to be sent again" in call("resend", code).stdout
    assert "uncertain" not in call("show", code).stdout
    assert "Nothing to send again" in call("resend", code).stdout


def test_requests_of_a_lost_key_are_listed_as_unreadable(store: RequestStore):
    code = submitted(store)
    store.sealer = Sealer([Fernet.generate_key().decode()])
    listed = call("list").stdout
    assert code in listed
    assert "cannot be read" in listed


def test_resealing_lets_the_old_key_go(store: RequestStore):
    submitted(store)
    new = Fernet.generate_key().decode()
    store.sealer = Sealer([new, *_keys(store.sealer)])
    assert "1 request " in call("reseal").stdout
    store.sealer = Sealer([new])
    assert "Marcus" in call("list").stdout
    assert stored(store, SENDER).codes


def _keys(sealer: Sealer) -> list[str]:
    keys = [f._signing_key + f._encryption_key for f in sealer._fernet._fernets]
    return [base64.urlsafe_b64encode(key).decode() for key in keys]


def test_purge_says_how_much_went(store: RequestStore, clock: Clock):
    store.begin(SENDER, "rest", None, "1")
    clock.pass_by(days=30)
    assert call("purge").stdout == "Deleted 1 row.\n"
