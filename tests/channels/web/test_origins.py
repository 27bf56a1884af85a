"""Which websites may talk to the chat."""

from __future__ import annotations

import httpx
import pytest
from socketio.exceptions import ConnectionError

from tests.channels.conftest import Server
from tests.channels.web.conftest import Browser, Open

POLLING = "/socket.io/?EIO=4&transport=polling"
FOREIGN = [
    "https://evil.example",
    "http://clinic.example",
    "https://clinic.example:444",
    "https://clinic.example.evil.example",
    "https://www.clinic.example",
    "https://evil.example/https://clinic.example",
    "https://clinic.example@evil.example",
    "file://",
    "null",
    "nonsense",
    "http://[::1",
]
KNOWN = ["https://clinic.example", "https://www.clinic.example:8443", "https://CLINIC.example:443"]


async def poll(server: Server, origin: str) -> httpx.Response:
    return await server.http.get(POLLING, headers={"origin": origin})


@pytest.mark.parametrize("origin", FOREIGN)
async def test_a_foreign_origin_is_refused_on_polling(server: Server, origin: str) -> None:
    answer = await poll(server, origin)
    assert answer.status_code == 400
    assert "access-control-allow-origin" not in answer.headers
    assert "sid" not in answer.text


@pytest.mark.parametrize("origin", FOREIGN)
async def test_a_foreign_origin_is_refused_on_websocket(
    server: Server, browser: Open, origin: str
) -> None:
    with pytest.raises(ConnectionError):
        await Browser(str(server.http.base_url)).connect(headers={"origin": origin})


@pytest.mark.parametrize("origin", KNOWN)
async def test_a_known_origin_may_poll_and_read(server: Server, origin: str) -> None:
    answer = await poll(server, origin)
    assert answer.status_code == 200
    assert answer.headers.get_list("access-control-allow-origin") == [origin]
    assert "access-control-allow-credentials" not in answer.headers


@pytest.mark.parametrize("scheme", ["http", "https"])
async def test_its_own_origin_may_connect(server: Server, browser: Open, scheme: str) -> None:
    own = f"{scheme}://{server.host}:{server.port}"
    assert (await poll(server, own)).status_code == 200
    one = Browser(str(server.http.base_url))
    await one.connect(headers={"origin": own})
    assert await one.say("hello") == {"ok": True}
    await one.client.disconnect()
