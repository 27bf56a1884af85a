"""The worker as a process of its own."""

import signal
import sys
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from actions.contact_requests.database import connect
from actions.contact_requests.sealing import Sealer
from actions.contact_requests.store import RequestStore
from assistant.serving import process
from tests.actions.conftest import submitted
from tests.actions.outbox.receivers import Hooks

pytestmark = pytest.mark.server


def test_it_sends_what_waits_and_ends_on_sigterm(tmp_path: Path, hooks: Hooks):
    key = Fernet.generate_key().decode()
    url = f"sqlite:///{tmp_path / 'clinic.db'}"
    code = submitted(RequestStore(connect(url), Sealer([key]), ("webhook",)))
    env = {"DATABASE_URL": url, "CONTACT_KEY": key, "WEBHOOK_URL": hooks.url, "SMTP_URL": ""}
    command = [sys.executable, "-m", "actions.outbox"]
    with process(command, env, tmp_path / "log") as worker:
        assert hooks.arrived.wait(60)
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(30) == 0
    assert [body["code"] for body in hooks.received] == [code]
    log = (tmp_path / "log").read_text()
    assert "outbox.stopped" in log
    assert "Marcus" not in log


@pytest.mark.parametrize("smtp_url", ["nonsense", "smtp://mail.example"])
def test_a_setting_that_cannot_work_is_said_at_the_start(tmp_path: Path, smtp_url: str):
    command = [sys.executable, "-m", "actions.outbox"]
    with process(command, {"SMTP_URL": smtp_url}, tmp_path / "log") as worker:
        assert worker.wait(60) == 2
    assert "SMTP_URL must look like" in (tmp_path / "log").read_text()
