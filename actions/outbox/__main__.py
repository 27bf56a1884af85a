"""`python -m actions.outbox`: sends what waits, until it is told to stop."""

from __future__ import annotations

import signal
import sys
import threading
from datetime import timedelta

import structlog

from actions.contact_requests.clock import utc_now
from actions.contact_requests.configured_store import open_store
from actions.contact_requests.retention import purge, retention
from actions.contact_requests.store import Unavailable
from actions.outbox.email import MailServer
from actions.outbox.queue import Outbox
from actions.outbox.worker import Ways, work
from assistant.operations.logs import log_json_lines
from assistant.settings import settings

POLL_SECONDS = 5.0
UNUSABLE = 2  # supervisord.conf does not start it again after this
PURGE_EVERY = timedelta(hours=1)
logger = structlog.get_logger()


def main() -> int:
    """Run until SIGTERM or SIGINT; the message in hand is finished first."""
    log_json_lines()
    found = settings()
    try:
        mail = MailServer.from_url(found.smtp_url.get_secret_value()) if found.smtp_url else None
    except ValueError as error:
        logger.error("outbox.settings", problem=str(error))
        return UNUSABLE
    ways = Ways(mail, found.webhook_url)
    stopped = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    logger.info("outbox.started", email=mail is not None, webhook=found.webhook_url is not None)
    _run(ways, stopped)
    logger.info("outbox.stopped")
    return 0


def _run(ways: Ways, stopped: threading.Event) -> None:
    next_purge = utc_now()
    while not stopped.is_set():
        busy = False
        try:
            store = open_store()
            if utc_now() >= next_purge:
                purge(store, retention(), utc_now())
                next_purge = utc_now() + PURGE_EVERY
            busy = work(store, Outbox(store), ways)
        except Unavailable as error:
            logger.warning("outbox.database", problem=str(error))
        if not busy:
            stopped.wait(POLL_SECONDS)


if __name__ == "__main__":
    sys.exit(main())
