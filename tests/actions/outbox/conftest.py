from collections.abc import Iterator

import pytest
from sqlalchemy import select

from actions.contact_requests.models import OutboxMessage
from actions.contact_requests.store import RequestStore
from actions.outbox.email import MailServer
from actions.outbox.queue import Outbox
from actions.outbox.worker import Ways
from tests.actions.conftest import Clock
from tests.actions.outbox.receivers import Hooks, Mailbox, mail_server, web_server


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with mail_server() as running:
        yield running


@pytest.fixture
def hooks() -> Iterator[Hooks]:
    with web_server() as running:
        yield running


@pytest.fixture
def outbox(store: RequestStore, clock: Clock) -> Outbox:
    return Outbox(store, clock, chance=lambda: 1.0)


@pytest.fixture
def ways(mailbox: Mailbox, hooks: Hooks) -> Ways:
    url = f"smtp://127.0.0.1:{mailbox.port}?to=team@clinic.example&from=bot@clinic.example"
    return Ways(MailServer.from_url(url), hooks.url)


def messages(store: RequestStore) -> dict[str, OutboxMessage]:
    """The messages by their way."""
    with store.session() as session:
        found = {message.way: message for message in session.scalars(select(OutboxMessage))}
        session.expunge_all()
    return found
