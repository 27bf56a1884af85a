"""One round of work: settle, take, send, note."""

from __future__ import annotations

from dataclasses import dataclass

import structlog

from actions.contact_requests.draft import Draft
from actions.contact_requests.store import RequestStore, Unavailable
from actions.outbox import email, webhook
from actions.outbox.errors import LeaseLost, MaybeSent, NotSent
from actions.outbox.queue import Job, Outbox

logger = structlog.get_logger()


@dataclass(frozen=True)
class Ways:
    """Where messages go; None where it is not configured."""

    mail_server: email.MailServer | None = None
    webhook_url: str | None = None


def work(store: RequestStore, outbox: Outbox, ways: Ways) -> bool:
    """Send one message that is due. False: there was none.

    Raises:
        Unavailable: if the database cannot be used.
    """
    job = outbox.take()
    if job is None:
        return False
    log = logger.bind(code=job.request.code, way=job.way, attempt=job.attempts)
    try:
        _send(store, outbox, ways, job)
    except NotSent as error:
        outbox.not_sent(job, str(error))
        log.warning("outbox.not_sent", error=str(error))
    except MaybeSent as error:
        outbox.uncertain(job, str(error))
        log.error("outbox.uncertain", error=str(error))
    except LeaseLost:
        log.warning("outbox.lease_lost")
    else:
        outbox.sent(job)
        log.info("outbox.sent")
    return True


def _send(store: RequestStore, outbox: Outbox, ways: Ways, job: Job) -> None:
    draft = _contents(store, job)
    if job.way == "email" and ways.mail_server:
        mail = email.compose(ways.mail_server, job.request, draft, job.id)
        email.send(ways.mail_server, mail, lambda: outbox.about_to_send(job))
    elif job.way == "webhook" and ways.webhook_url:
        url = ways.webhook_url
        if not outbox.about_to_send(job):
            raise LeaseLost
        webhook.post(url, job.id, webhook.payload(job.request, draft, webhook.is_private(url)))
    else:
        raise NotSent(f"{job.way} is not configured")


def _contents(store: RequestStore, job: Job) -> Draft:
    try:
        return store.opened(job.request)
    except Unavailable as error:
        raise NotSent("no key fits") from error
