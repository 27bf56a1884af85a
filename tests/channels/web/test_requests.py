"""Start over and forget me, as far as the channel itself goes."""

from __future__ import annotations

from tests.channels.conftest import Server
from tests.channels.web.conftest import Open


async def test_start_over_begins_a_new_conversation(server: Server, browser: Open) -> None:
    ann = await browser()
    await ann.say("hello")
    await ann.next()
    answer = await ann.call("start_over", {})
    assert answer["session"] != ann.session
    await ann.say("hello again")
    await ann.next()
    before, after = (message.sender_id for message in server.agent.seen)
    assert before == f"web:{ann.session.partition('.')[0]}"
    assert after == f"web:{answer['session'].partition('.')[0]}"


async def test_the_new_session_can_be_continued(server: Server, browser: Open) -> None:
    ann = await browser()
    session = (await ann.call("start_over"))["session"]
    await ann.client.disconnect()
    assert (await browser(session)).session == session


async def test_forget_me_says_so_when_nothing_was_deleted(server: Server, browser: Open) -> None:
    """The stub only echoes the wish, as an assistant would that did not understand it."""
    ann = await browser()
    answer = await ann.call("forget_me", {})
    assert answer["status"] == 503
    assert answer["error"].startswith("You said: Delete my data")
    await ann.say("hello")
    await ann.next()
    assert len({message.sender_id for message in server.agent.seen}) == 1
