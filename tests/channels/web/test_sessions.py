"""Nobody reads or writes another visitor's conversation."""

from __future__ import annotations

import base64

import pytest

from assistant.channels.web.sessions import Sessions
from tests.channels.conftest import Server
from tests.channels.web.conftest import Open


async def test_a_session_is_continued_by_its_token(server: Server, browser: Open) -> None:
    ann = await browser()
    await ann.client.disconnect()
    back = await browser(ann.session)
    assert back.session == ann.session


async def test_two_visitors_have_two_sessions(server: Server, browser: Open) -> None:
    ann, bob = await browser(), await browser()
    assert ann.session != bob.session
    await bob.hears_nothing(ann, "a secret")
    assert [message.sender_id for message in server.agent.seen] == [
        f"web:{ann.session.partition('.')[0]}"
    ]


async def test_the_random_part_alone_is_replaced(server: Server, browser: Open) -> None:
    ann = await browser()
    mallory = await browser(ann.session.partition(".")[0])
    assert mallory.session.partition(".")[0] != ann.session.partition(".")[0]
    await mallory.hears_nothing(ann, "a secret")


@pytest.mark.parametrize(
    "forge",
    [
        lambda visitor, signature: f"{visitor}.{signature[:-1]}",
        lambda visitor, signature: f"{visitor}.{signature}=",
        lambda visitor, signature: f"{visitor}.{'A' * len(signature)}",
        lambda visitor, signature: f"{visitor}.",
        lambda visitor, signature: f"{visitor[:-1]}.{signature}",
        lambda visitor, signature: f"x{visitor}.{signature}",
        lambda visitor, signature: f"{visitor}.{signature}.{signature}",
        lambda visitor, signature: f" {visitor}.{signature}",
        lambda visitor, signature: f"{visitor}.{base64.urlsafe_b64encode(visitor.encode())}",
        lambda visitor, signature: f"{visitor}.{signature}é",
        lambda visitor, signature: "a" * 100_000,
        lambda visitor, signature: ["a"],
        lambda visitor, signature: {"session_id": f"{visitor}.{signature}"},
        lambda visitor, signature: 7,
        lambda visitor, signature: "",
    ],
)
async def test_a_forged_token_is_replaced(server: Server, browser: Open, forge) -> None:  # type: ignore[no-untyped-def]
    ann = await browser()
    visitor, _, signature = ann.session.partition(".")
    forged = forge(visitor, signature)
    mallory = await browser(forged)
    assert mallory.session not in (forged, ann.session)
    assert not mallory.session.startswith(visitor)


async def test_a_session_named_in_a_message_does_not_count(server: Server, browser: Open) -> None:
    ann, mallory = await browser(), await browser()
    await mallory.say("hello", session_id=ann.session.partition(".")[0])
    await mallory.next()
    assert server.agent.seen[0].sender_id == f"web:{mallory.session.partition('.')[0]}"
    await ann.call("no_such_event")
    assert ann.heard.empty()


async def test_a_socket_that_changes_its_session_leaves_the_old_one(
    server: Server, browser: Open
) -> None:
    ann, tab = await browser(), await browser()
    tab_before = tab.session
    await tab.client.emit("session_request", {"session_id": ann.session})
    assert await tab.confirmed.get() == ann.session
    await ann.say("hello")
    assert (await tab.next())["id"] == (await ann.next())["id"]
    old = await browser(tab_before)
    await tab.hears_nothing(old, "who is there")


def test_tokens_of_an_older_key_still_count() -> None:
    token = Sessions(["old"]).new().token
    assert Sessions(["new", "old"]).open(token)
    assert Sessions(["new"]).open(token) is None
    assert Sessions(["new", "old"]).new().token != token


def test_visitors_cannot_be_guessed() -> None:
    sessions = Sessions(["key"])
    visitors = {sessions.new().visitor for _ in range(1_000)}
    assert len(visitors) == 1_000
    assert {len(visitor) for visitor in visitors} == {22}
