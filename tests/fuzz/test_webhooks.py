"""Whatever comes in, no webhook answers with an error of the server or logs an exception."""

from __future__ import annotations

import asyncio
import json
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from socketio import AsyncClient

from tests.channels.messenger.meta import PATH, signature
from tests.fuzz.conftest import ACTION_TOKEN, SECRET, Site
from tests.fuzz.inputs import bodies, encode, fuzz, mostly, noise, objects, texts, values

pytestmark = pytest.mark.server

_METHODS = st.sampled_from(["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"])
_IDS = st.integers(0, 5)

_rest = objects(sender=texts, message=texts, metadata=values, input_channel=texts)

_user = objects(id=_IDS, is_bot=st.booleans(), language_code=st.sampled_from(["en", "es"]))
_chat = objects(id=_IDS, type=st.sampled_from(["private", "group", "channel"]))
_telegram_message = st.fixed_dictionaries(
    {"message_id": mostly(_IDS), "chat": mostly(_chat), "from": mostly(_user)},
    optional={"text": mostly(texts), "caption": mostly(texts), "photo": values, "voice": values},
)
_tap = st.fixed_dictionaries(
    {"id": mostly(texts), "from": mostly(_user)},
    optional={"data": mostly(texts), "message": mostly(_telegram_message)},
)
_member = st.fixed_dictionaries(
    {"chat": mostly(_chat), "new_chat_member": mostly(objects(status=texts))}
)
_update = st.fixed_dictionaries(
    {"update_id": mostly(st.integers(0, 10**9))},
    optional={
        "message": mostly(_telegram_message),
        "edited_message": mostly(_telegram_message),
        "channel_post": mostly(_telegram_message),
        "callback_query": mostly(_tap),
        "my_chat_member": mostly(_member),
    },
)

_person = st.fixed_dictionaries({"id": mostly(st.sampled_from(["1", "2", "3"]))})
_page_event = objects(
    sender=_person,
    recipient=_person,
    timestamp=_IDS,
    message=objects(
        mid=texts, text=texts, quick_reply=objects(payload=texts), is_echo=st.booleans()
    ),
    postback=objects(mid=texts, title=texts, payload=texts),
    read=values,
)
_page = st.fixed_dictionaries(
    {
        "object": mostly(st.just("page")),
        "entry": mostly(st.lists(objects(messaging=st.lists(_page_event, max_size=3)), max_size=2)),
    }
)

_events = st.sampled_from(
    ["session_request", "user_uttered", "feedback", "start_over", "forget_me"]
)
_payload = objects(
    session_id=texts, message=texts, message_id=texts, value=st.sampled_from(["up", "down"])
)

_actions = st.sampled_from(
    [
        *("validate_contact_form", "action_submit_contact", "action_discard_contact"),
        *("action_delete_my_data", "action_what_we_know", "action_ask_contact_form_contact"),
        *("action_ask_contact_form_first_name", "action_ask_contact_form_confirmed"),
    ]
)
_slots = st.dictionaries(
    st.sampled_from(["first_name", "contact", "preferred_time", "confirmed", "requested_slot"]),
    values,
    max_size=5,
)
_tracker = st.fixed_dictionaries(
    {"sender_id": mostly(texts), "slots": mostly(_slots)},
    optional={
        "latest_message": mostly(objects(text=texts, intent=objects(name=texts), entities=values)),
        "events": mostly(st.lists(objects(event=texts, name=texts, value=values), max_size=3)),
        "active_loop": mostly(objects(name=st.just("contact_form"))),
        "latest_action_name": mostly(texts),
        "paused": values,
    },
)
_call = st.fixed_dictionaries(
    {"next_action": mostly(_actions), "tracker": mostly(_tracker)},
    optional={"domain": values, "version": mostly(texts)},
)


@fuzz
@given(body=bodies(_rest), query=st.sampled_from(["", "?stream=true", "?token=x", "?%00"]))
def test_rest(site: Site, body: bytes, query: str) -> None:
    site.check(site.http.post(f"/webhooks/rest/webhook{query}", content=body))


@fuzz
@given(body=bodies(_update))
def test_telegram(site: Site, body: bytes) -> None:
    headers = {"x-telegram-bot-api-secret-token": SECRET}
    site.check(site.http.post("/webhooks/telegram/webhook", content=body, headers=headers))


@fuzz
@given(body=bodies(_page))
def test_messenger(site: Site, body: bytes) -> None:
    site.check(site.http.post(PATH, content=body, headers=signature(body)))


@fuzz
@given(event=mostly(_events).map(str), arguments=st.lists(mostly(_payload), max_size=3))
def test_chat_events(site: Site, event: str, arguments: list[Any]) -> None:
    async def send() -> Any:
        client, closed = AsyncClient(reconnection=False), asyncio.Event()
        client.on("disconnect", lambda *_: closed.set())
        await client.connect(site.url, transports=["websocket"])
        answering = asyncio.ensure_future(client.call(event, tuple(arguments), timeout=20))
        hung_up = asyncio.ensure_future(closed.wait())
        try:
            await asyncio.wait([answering, hung_up], return_when=asyncio.FIRST_COMPLETED)
            return await answering if answering.done() else None
        finally:
            answering.cancel()
            hung_up.cancel()
            await client.disconnect()

    answer = site.run(send())
    assert not (isinstance(answer, dict) and answer.get("status") == 500)
    site.check_log()


@fuzz
@given(
    packets=st.one_of(noise, texts.map(lambda t: t.encode(errors="replace")), values.map(encode))
)
def test_chat_packets(site: Site, packets: bytes) -> None:
    address = "/socket.io/?EIO=4&transport=polling"
    for start in (b"", b"4", b"40", b"42", b'421["user_uttered",'):
        sid = json.loads(site.http.get(address).text.removeprefix("0"))["sid"]
        connected = site.http.post(f"{address}&sid={sid}", content="40")
        assert connected.status_code == 200
        site.check(site.http.post(f"{address}&sid={sid}", content=start + packets))


@fuzz
@given(
    method=_METHODS,
    start=st.sampled_from(["/", "/article/", "/widget/", "/page/", "/socket.io/", "/metrics/"]),
    rest=texts,
    headers=st.dictionaries(
        st.sampled_from(["host", "origin", "accept", "if-none-match", "authorization", "cookie"]),
        st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=40).map(str.strip),
        max_size=3,
    ),
)
def test_addresses(site: Site, method: str, start: str, rest: str, headers: dict[str, str]) -> None:
    path = start + quote(rest[:500], safe="/?&=", errors="replace")
    site.check(site.http.request(method, path, headers=headers))


@fuzz
@given(body=bodies(_call))
def test_actions(site: Site, body: bytes) -> None:
    site.check(
        site.actions.post("/webhook", content=body, headers={"x-action-token": ACTION_TOKEN})
    )


@fuzz
@given(body=bodies(_call), token=st.binary(max_size=20), method=_METHODS)
def test_strangers(site: Site, body: bytes, token: bytes, method: str) -> None:
    """Nobody without the secrets gets anything done."""
    name = token.hex()
    for server, path, header in (
        (site.actions, "/webhook", "x-action-token"),
        (site.http, "/webhooks/telegram/webhook", "x-telegram-bot-api-secret-token"),
        (site.http, PATH, "x-hub-signature-256"),
    ):
        answer = server.request(method, path, content=body, headers={header: name})
        site.check(answer)
        assert answer.status_code >= 400 or method == "OPTIONS"
