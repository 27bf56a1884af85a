"""A conversation through npm telegram-test-api, which others wrote and other bots are tested with.

It has no secret token (peer.js adds it), no limits, and knows neither setMyCommands nor
sendChatAction; dates of its answers are in milliseconds.
"""

from __future__ import annotations

import shutil
import subprocess
import time
from pathlib import Path
from typing import Any

import httpx
import pytest

from assistant.serving import assistant_server, free_port, process, wait_for
from tests.channels.telegram.fake import TOKEN, buttons
from tests.channels.telegram.logs import wait_for_line

pytestmark = pytest.mark.server
PEER = Path(__file__).parent / "peer"
CHAT = 4711
WAIT = 60.0  # seconds


@pytest.fixture
def node() -> str:
    """Node, with the peer installed as its lock file says."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        pytest.skip("needs node and npm")
    if not (PEER / "node_modules" / "telegram-test-api").exists():
        command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
        installed = subprocess.run(command, cwd=PEER, capture_output=True, timeout=300)
        if installed.returncode:
            pytest.skip("npm could not install telegram-test-api: is there a registry?")
    return node


class Peer:
    """The client side of telegram-test-api, with messages as its own client makes them."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._person = {"id": CHAT, "first_name": "TestName", "username": "u", "is_bot": False}
        self._chat = {"id": CHAT, "title": "Test Name", "first_name": "TestName", "type": "private"}

    def write(self, text: str) -> dict[str, Any]:
        return self._ask("sendMessage", text=text)

    def command(self, text: str) -> dict[str, Any]:
        entity = {"offset": 0, "length": len(text.split()[0]), "type": "bot_command"}
        return self._ask("sendCommand", text=text, entities=[entity])

    def tap(self, data: str) -> dict[str, Any]:
        message = {"from": self._person, "chat": self._chat}
        return self._ask("sendCallback", data=data, message=message)

    def _ask(self, route: str, **fields: Any) -> dict[str, Any]:
        """Send something and return the bot's answer."""
        body = {
            "botToken": TOKEN,
            "date": int(time.time()),
            "from": self._person,
            "chat": self._chat,
            **fields,
        }
        assert httpx.post(f"{self._url}/{route}", json=body, timeout=WAIT).json()["ok"]
        deadline = time.monotonic() + WAIT
        while time.monotonic() < deadline:
            body = {"token": TOKEN, "chatId": CHAT}
            found = httpx.post(f"{self._url}/getUpdates", json=body, timeout=WAIT).json()["result"]
            if found:
                message: dict[str, Any] = found[-1]["message"]
                return message
            time.sleep(0.1)
        raise AssertionError(f"no answer to {route} {fields}")


def test_a_conversation(
    node: str, trained_model: Path, running_actions: dict[str, str], tmp_path: Path
) -> None:
    api, door, port = free_port(), free_port(), free_port()
    env = {
        **running_actions,
        "PORT": str(port),
        "TELEGRAM_TOKEN": TOKEN,
        "TELEGRAM_API": f"http://127.0.0.1:{api}",
        "TELEGRAM_WEBHOOK_URL": f"http://127.0.0.1:{door}",
    }
    log = tmp_path / "peer.log"
    command: list[str | Path] = [node, PEER / "peer.js"]
    command += [str(api), str(door), f"http://127.0.0.1:{port}", TOKEN]
    with process(command, {}, log) as peer_process:
        wait_for(f"http://127.0.0.1:{api}/", peer_process, log)
        with assistant_server(port, env, tmp_path / "assistant.log"):
            peer = Peer(f"http://127.0.0.1:{api}")
            wait_for_line(tmp_path / "assistant.log", "telegram.set_up.done")
            greeting = peer.command("/start")
            assert "automated assistant" in greeting["text"]
            shown = {button["text"]: button["callback_data"] for button in buttons(greeting)}
            tapped = peer.tap(shown["Side effects"])
            assert tapped["text"].startswith("Side effects\n")
            assert "dizziness" in tapped["text"]
            assert "Source: our article" in peer.write("what is ketamine")["text"]
            assert "741741" in peer.write("i want to kill myself")["text"]
            assert "deleted" in peer.command("/forget")["text"]
            assert peer_process.poll() is None, log.read_text()
