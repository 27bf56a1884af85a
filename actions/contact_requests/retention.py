"""How long requests and drafts are kept, and the purge that keeps to it."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import and_, delete, or_

from actions.contact_requests.models import CLOSED, DRAFT, ContactRequest
from actions.contact_requests.store import RequestStore
from assistant.content.clinic import Retention, load_clinic
from assistant.content.problems import ContentError
from assistant.settings import CONTENT


def retention() -> Retention:
    """Return the times from content/clinic.yml; the defaults if it cannot be read."""
    try:
        return load_clinic(CONTENT / "clinic.yml").retention
    except ContentError:
        return Retention()


def purge(store: RequestStore, kept: Retention, now: datetime) -> int:
    """Delete expired drafts, and requests that were closed long enough ago.

    An open request stays, however old: someone waits for a call. Returns the
    number of rows deleted.
    """
    old_draft = and_(
        ContactRequest.status == DRAFT,
        ContactRequest.updated_at <= now - timedelta(hours=kept.drafts_hours),
    )
    long_closed = and_(
        ContactRequest.status == CLOSED,
        ContactRequest.closed_at <= now - timedelta(days=kept.requests_days),
    )
    with store.session() as session:
        deleted = session.execute(delete(ContactRequest).where(or_(old_draft, long_closed)))
        return int(deleted.rowcount)
