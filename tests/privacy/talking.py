"""People on every channel, all channels at once."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import httpx

from tests.channels.messenger import meta
from tests.channels.web.conftest import Browser
from tests.privacy.clinic import WAIT, Clinic
from tests.privacy.people import Person

FORMS = 3  # people on each channel that has the form who fill it in before they say the rest


async def all_talk(clinic: Clinic, everybody: Sequence[Person]) -> None:
    """Return once everybody has said everything and has got an answer to each message."""
    quarter = len(everybody) // 4
    groups = [everybody[start : start + quarter] for start in range(0, len(everybody), quarter)]
    async with httpx.AsyncClient(base_url=clinic.url, timeout=WAIT) as http:
        await asyncio.gather(
            _on_rest(http, groups[0]),
            _on_web(clinic, groups[1]),
            asyncio.to_thread(_on_telegram, clinic, groups[2]),
            _on_messenger(http, clinic, groups[3]),
        )


async def _on_rest(http: httpx.AsyncClient, group: Sequence[Person]) -> None:
    for index, person in enumerate(group):
        for line in [*(person.form if index < FORMS else ()), person.told]:
            body = {"sender": f"visitor-{person.number}", "message": line}
            answer = await http.post("/webhooks/rest/webhook", json=body)
            assert answer.status_code == 200, answer.text
            assert answer.json(), f"nothing came back for {line!r}"


async def _on_web(clinic: Clinic, group: Sequence[Person]) -> None:
    for index, person in enumerate(group):
        browser = Browser(clinic.url, seconds=WAIT)
        await browser.connect()
        for line in [*(person.form if index < FORMS else ()), person.told]:
            assert await browser.say(line) == {"ok": True}
            await browser.next(WAIT)
        await browser.client.disconnect()


def _on_telegram(clinic: Clinic, group: Sequence[Person]) -> None:
    for person in group:
        chat = 7_000_000 + person.number
        clinic.telegram.deliver_until_taken(clinic.telegram.write(chat, person.told))
        clinic.telegram.wait(lambda chat=chat: bool(clinic.telegram.sent(chat)), WAIT)


async def _on_messenger(http: httpx.AsyncClient, clinic: Clinic, group: Sequence[Person]) -> None:
    for person in group:
        psid = str(8_000_000 + person.number)
        await meta.deliver(http, meta.message(psid, person.told))
        await asyncio.to_thread(
            clinic.facebook.until, lambda psid=psid: bool(clinic.facebook.texts(psid)), WAIT
        )
