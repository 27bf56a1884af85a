"""The two tables: contact requests, and the messages that tell the clinic of them."""

from __future__ import annotations

from uuid import uuid4

from sqlalchemy import Column, ForeignKey, Integer, LargeBinary, String
from sqlalchemy.orm import declarative_base, relationship

from actions.contact_requests.clock import UtcDateTime

Base = declarative_base()

DRAFT, OPEN, CLOSED = "draft", "open", "closed"
# A message waits, is taken by a worker, and is sent. Between the last word to the mail
# server and its answer it is `sending`; if the worker dies there, nobody can know whether
# it went out: `uncertain`, for people to look at.
WAITING, TAKEN, SENDING = "waiting", "taken", "sending"
SENT, UNCERTAIN, FAILED = "sent", "uncertain", "failed"


def new_id() -> str:
    """Return a random row id."""
    return uuid4().hex


class ContactRequest(Base):  # type: ignore[misc,valid-type]
    """One visitor's wish to be contacted; everything personal is in `sealed`."""

    __tablename__ = "contact_requests"

    id = Column(String(32), primary_key=True, default=new_id)
    code = Column(String(8), nullable=False, unique=True)
    status = Column(String(8), nullable=False, default=DRAFT, index=True)
    sender_hash = Column(String(64), nullable=False, index=True)
    channel = Column(String(32), nullable=False)
    topic = Column(String(64))
    notice_version = Column(String(16), nullable=False)
    consented_at = Column(UtcDateTime)
    created_at = Column(UtcDateTime, nullable=False)
    updated_at = Column(UtcDateTime, nullable=False)
    submitted_at = Column(UtcDateTime)
    closed_at = Column(UtcDateTime)
    sealed = Column(LargeBinary, nullable=False)

    messages = relationship("OutboxMessage", back_populates="request", cascade="all, delete-orphan")


class OutboxMessage(Base):  # type: ignore[misc,valid-type]
    """One message to the clinic about a request, by e-mail or webhook.

    Its id is the idempotency key that the receiver of a webhook gets.
    """

    __tablename__ = "contact_outbox"

    id = Column(String(32), primary_key=True, default=new_id)
    request_id = Column(
        String(32),
        ForeignKey("contact_requests.id", ondelete="CASCADE"),
        nullable=False,
        index=True,
    )
    way = Column(String(8), nullable=False)
    status = Column(String(12), nullable=False, default=WAITING, index=True)
    attempts = Column(Integer, nullable=False, default=0)
    next_attempt_at = Column(UtcDateTime, nullable=False)
    lease = Column(String(32))
    lease_until = Column(UtcDateTime)
    last_error = Column(String(80))
    created_at = Column(UtcDateTime, nullable=False)
    sent_at = Column(UtcDateTime)

    request = relationship("ContactRequest", back_populates="messages")
