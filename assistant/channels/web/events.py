"""What a browser may say over Socket.IO, and what it is answered."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field, replace
from typing import Any

from socketio import AsyncServer

from assistant.channels.inbound import MAX_TEXT, Inbound
from assistant.channels.queue import QueuedRunner, QueueUnavailable
from assistant.channels.reception import Reception
from assistant.channels.refusals import TOO_MANY
from assistant.channels.web.fan_out import FanOut
from assistant.channels.web.feedback import Feedback
from assistant.channels.web.forgetting import Forgetting
from assistant.channels.web.presence import Presence, Socket
from assistant.channels.web.sessions import Session, Sessions
from assistant.channels.web.shapes import MalformedEvent, fields_of, identifier
from assistant.channels.web.unstored import Unstored

CHANNEL = "web"
OUR_CLIENT = "clinic-chat"

Ack = dict[str, Any]


@dataclass
class WebEvents:
    """Handlers of all events; each returns what the browser gets as acknowledgement.

    Only the session of the socket itself counts: stock clients repeat theirs in each event.
    """

    sio: AsyncServer
    sessions: Sessions
    presence: Presence
    fan_out: FanOut
    reception: Reception
    runner: QueuedRunner
    unstored: Unstored
    feedback_box: Feedback
    forgetting: Forgetting
    _ours: set[str] = field(default_factory=set)

    async def connect(self, sid: str, _: dict[str, Any], auth: object = None) -> None:
        """Note which client it is, and continue the session that it names."""
        given = auth if isinstance(auth, dict) else {}
        if given.get("client") == OUR_CLIENT:
            self._ours.add(sid)
        if session := self.sessions.open(given.get("session")):
            await self._enter(sid, session)

    async def disconnect(self, sid: str, *_: object) -> None:
        """Forget the socket."""
        self.presence.leave(sid)
        self._ours.discard(sid)

    async def session_request(self, sid: str, *arguments: object) -> Ack:
        """Continue the session of a token that was issued here; begin a new one otherwise."""
        given = fields_of(arguments, optional=True)
        await self._begin(sid, self.sessions.open(given.get("session_id")))
        return {"ok": True}

    async def user_uttered(self, sid: str, *arguments: object) -> Ack:
        """Take a message. What cannot be taken is answered in words, too."""
        visitor = self.presence.visitor_of(sid) or await self._begin(sid, None)
        given = fields_of(arguments)
        text = given.get("message")
        message_id = identifier(given.get("message_id")) or _new_id()
        message = self.reception.take(visitor, text if isinstance(text, str) else None, message_id)
        if message is None:
            return _refusal(TOO_MANY, text)
        if not message.refused:
            await self._take(message)
            return {"ok": True}
        # Under an id of its own, since the visitor may send the message again.
        await self._take(replace(message, message_id=_new_id()))
        return _refusal(message.refused, text)

    async def feedback(self, sid: str, *arguments: object) -> Ack:
        """Take a thumb up or down for an answer."""
        visitor = self._visitor(sid)
        given = fields_of(arguments)
        answer, value = identifier(given.get("message_id")), given.get("value")
        if answer is None or value not in ("up", "down"):
            raise MalformedEvent('Feedback needs a message_id, and the value "up" or "down".')
        await self.feedback_box.take(f"{CHANNEL}:{visitor}", answer, value)
        return {"ok": True}

    async def start_over(self, sid: str, *_: object) -> Ack:
        """Begin a new conversation."""
        session = self.sessions.new()
        await self._enter(sid, session)
        return {"session": session.token}

    async def forget_me(self, sid: str, *_: object) -> Ack:
        """Delete the conversation and all that came of it; every tab begins a new one."""
        visitor = self._visitor(sid)
        forgotten = await self.forgetting.forget(CHANNEL, visitor)
        if not forgotten.done:
            return {"error": forgotten.text, "status": 503}
        session = self.sessions.new()
        for tab in self.presence.sids_of(visitor):
            if tab == sid:
                await self._enter(sid, session)
            else:
                await self._begin(tab, session)
        return {"ok": True, "text": forgotten.text, "session": session.token}

    async def _take(self, message: Inbound) -> None:
        try:
            await self.runner.accept(message)
        except QueueUnavailable:
            self.unstored.answer(message)

    def _visitor(self, sid: str) -> str:
        visitor = self.presence.visitor_of(sid)
        if visitor is None:
            raise MalformedEvent("Please send a session_request first.")
        return visitor

    async def _begin(self, sid: str, session: Session | None) -> str:
        session = session or self.sessions.new()
        # The socket is here; a token has no business in Redis.
        await self.sio.emit("session_confirm", session.token, to=sid, ignore_queue=True)
        await self._enter(sid, session)
        return session.visitor

    async def _enter(self, sid: str, session: Session) -> None:
        if sid in self._ours:
            await self.fan_out.join(sid, session.visitor)
        await self.presence.join(Socket(sid, session.visitor, sid in self._ours))
        await self.runner.deliver_waiting(f"{CHANNEL}:{session.visitor}")


def _refusal(status: int, text: object) -> Ack:
    if status == TOO_MANY:
        reason = "Too many messages at once. Please wait a moment."
    elif isinstance(text, str) and text:
        reason = f"The message is longer than {MAX_TEXT:,} characters."
    else:
        reason = "The message must be text."
    return {"error": reason, "status": status}


def _new_id() -> str:
    return uuid.uuid4().hex
