"""How requests look on the terminal."""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo

from rich.table import Table

from actions.contact_requests.models import FAILED, SENDING, SENT, TAKEN, UNCERTAIN, WAITING
from actions.contact_requests.topics import topic_title
from actions.inbox.desk import Entry

_STATES = {
    WAITING: "waiting",
    TAKEN: "going out",
    SENDING: "going out",
    SENT: "sent",
    UNCERTAIN: "uncertain: may not have arrived",
    FAILED: "given up",
}
_UNREADABLE = "cannot be read (key?)"


def overview(entries: list[Entry], now: datetime, zone: tzinfo | None) -> Table:
    """Return one line for each request."""
    table = Table(title=f"{len(entries)} contact request{'' if len(entries) == 1 else 's'}")
    for column in ("Code", "Came in", "First name", "Contact", "Preferred time", "About", "Notice"):
        table.add_column(column, overflow="fold")
    for entry in entries:
        request, answers = entry.request, entry.answers
        name = answers.first_name if answers else _UNREADABLE
        table.add_row(
            request.code if request.closed_at is None else f"{request.code} (closed)",
            f"{at(request.submitted_at, zone)} ({age(now - request.submitted_at)})",
            name,
            (answers and answers.contact) or "",
            (answers and answers.preferred_time) or "",
            topic_title(request.topic),
            ", ".join(f"{m.way}: {_STATES[m.status]}" for m in request.messages) or "none set up",
        )
    return table


def details(entry: Entry, zone: tzinfo | None) -> Table:
    """Return everything about one request."""
    request, answers = entry.request, entry.answers
    table = Table(show_header=False, title=f"Contact request {request.code}")
    rows = [
        ("Status", request.status),
        ("First name", answers.first_name if answers else _UNREADABLE),
        ("Phone", answers.phone if answers else None),
        ("E-mail", answers.email if answers else None),
        ("Preferred time", answers.preferred_time if answers else None),
        ("About", topic_title(request.topic)),
        ("Channel", request.channel),
        ("Came in", at(request.submitted_at, zone)),
        ("Consent", f"{at(request.consented_at, zone)}, notice {request.notice_version}"),
        ("Closed", at(request.closed_at, zone)),
    ]
    for message in request.messages:
        state = _STATES[message.status]
        tries = f", {message.attempts} tries" if message.attempts > 1 else ""
        error = f", last error: {message.last_error}" if message.last_error else ""
        when = f" {at(message.sent_at, zone)}" if message.sent_at else ""
        rows.append((f"Notice by {message.way}", f"{state}{when}{tries}{error}"))
    for name, value in rows:
        if value:
            table.add_row(name, str(value))
    return table


def at(moment: datetime | None, zone: tzinfo | None) -> str:
    """Write a time in the clinic's zone (None: this machine's)."""
    return moment.astimezone(zone).strftime("%a %b %d, %H:%M") if moment else ""


def age(passed: timedelta) -> str:
    """Write how long ago something was, roughly."""
    minutes = int(passed.total_seconds() // 60)
    if minutes < 60:
        return f"{max(minutes, 0)} min"
    return f"{minutes // 60} h" if minutes < 48 * 60 else f"{minutes // (24 * 60)} days"
