"""A visitor who loses the connection loses nothing else."""

from __future__ import annotations

import asyncio

from tests.channels.conftest import Server
from tests.channels.web.conftest import Browser, Open


async def drop(ann: Browser) -> None:
    """Cut the line as a dead network does: without a word."""
    ann.client.eio.ws._response.connection.transport.abort()
    await asyncio.wait_for(ann.client.eio.wait(), 10)


async def test_a_message_sent_just_before_the_drop_is_answered_after(
    server: Server, browser: Open
) -> None:
    ann = await browser()
    assert await ann.say("wait", message_id="m1") == {"ok": True}
    await server.agent.waiting.wait()
    await drop(ann)
    server.agent.go_on.set()
    back = await browser(ann.session)
    answer = await back.next()
    assert (answer["id"], answer["text"][:14]) == ("m1.0", "You said: wait")
    assert len(server.agent.seen) == 1


async def test_an_answer_made_while_nobody_was_there_comes_with_the_return(
    server: Server, browser: Open
) -> None:
    ann, bob = await browser(), await browser()
    await ann.say("wait")
    await server.agent.waiting.wait()
    await drop(ann)
    server.agent.go_on.set()
    await bob.say("hello")
    await bob.next()
    back = await browser(ann.session)
    assert (await back.next())["text"].startswith("You said: wait")


async def test_an_answer_that_was_not_acknowledged_comes_again_under_its_id(
    server: Server, browser: Open
) -> None:
    ann = await browser(acknowledges=False)
    await ann.say("hello", message_id="m1")
    first = await ann.next()
    await drop(ann)
    back = await browser(ann.session)
    assert await back.next() == first
    assert len(server.agent.seen) == 1


async def test_a_tab_that_opens_during_a_delivery_gets_it(server: Server, browser: Open) -> None:
    ann = await browser(acknowledges=False)
    await ann.say("hello", message_id="m1")
    await ann.next()
    tab = await browser(ann.session)
    assert (await tab.next())["id"] == "m1.0"


async def test_an_acknowledged_answer_does_not_come_again(server: Server, browser: Open) -> None:
    ann = await browser()
    await ann.say("hello")
    await ann.next()
    await ann.call("no_such_event")
    await ann.client.disconnect()
    back = await browser(ann.session)
    await back.say("bye")
    assert (await back.next())["text"].startswith("You said: bye")


async def test_a_message_sent_again_after_the_drop_is_answered_once(
    server: Server, browser: Open
) -> None:
    ann = await browser()
    await ann.client.emit("user_uttered", {"message": "wait", "message_id": "m1"})
    await server.agent.waiting.wait()
    await drop(ann)
    back = await browser(ann.session)
    assert await back.say("wait", message_id="m1") == {"ok": True}
    server.agent.go_on.set()
    assert (await back.next())["id"] == "m1.0"
    await back.say("bye", message_id="m2")
    assert (await back.next())["id"] == "m2.0"
    assert len(server.agent.seen) == 2
