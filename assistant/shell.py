"""Talk to the assistant on a terminal: `python -m assistant.shell`.

Unlike `rasa shell` it goes through the REST channel, with its gate and its
checks; it listens on loopback only, shows buttons as numbers, and reads piped
input, too.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import httpx
from rich.console import Console

from assistant.settings import ROOT, VAR

_LOOPBACK = "127.0.0.1"
_START_SECONDS = 120.0
_ANSWER_SECONDS = 60.0
_console = Console()


def main() -> None:
    """Start the assistant on free ports and talk until the input ends."""
    with ExitStack() as processes:
        with _console.status("Starting the assistant ..."):
            url = processes.enter_context(_assistant())
        _console.print('Write a message; a number picks a button; Ctrl-D or "quit" ends.')
        _talk(f"{url}/webhooks/rest/webhook")


@contextmanager
def _assistant() -> Iterator[str]:
    """Run the two servers; yields the assistant's address once it answers."""
    port, action_port = str(_free_port()), str(_free_port())
    env = {**os.environ, "ACTION_PORT": action_port, "PORT": port}
    rasa = Path(sys.executable).with_name("rasa")
    commands: list[list[str | Path]] = [
        [sys.executable, "-m", "actions.server"],
        [rasa, "run", "--interface", _LOOPBACK, "--port", port],
    ]
    VAR.mkdir(exist_ok=True)
    with (VAR / "shell.log").open("w") as log:
        running = [
            subprocess.Popen(command, cwd=ROOT, env=env, stdout=log, stderr=log)  # noqa: S603
            for command in commands
        ]
        try:
            url = f"http://{_LOOPBACK}:{port}"
            _wait_for(url, running)
            yield url
        finally:
            for process in running:
                process.terminate()
            for process in running:
                process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((_LOOPBACK, 0))
        return int(probe.getsockname()[1])


def _wait_for(url: str, running: list[subprocess.Popen[bytes]]) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline and all(process.poll() is None for process in running):
        try:
            httpx.get(url)
            return
        except httpx.TransportError:
            time.sleep(0.2)
    sys.exit(f"The assistant did not start; see {VAR / 'shell.log'}.")


def _talk(url: str) -> None:
    sender = f"shell-{uuid.uuid4()}"
    choices: list[str] = []
    while (text := _read()) is not None and text != "quit":
        if text.isdecimal() and 0 < int(text) <= len(choices):
            text = choices[int(text) - 1]
        answer = httpx.post(
            url, json={"sender": sender, "message": text}, timeout=_ANSWER_SECONDS
        ).json()
        if isinstance(answer, dict):
            _console.print(answer["error"], style="red", markup=False)
        else:
            choices = _show(answer)


def _read() -> str | None:
    try:
        return input("\nYou: ").strip()
    except (EOFError, KeyboardInterrupt):
        return None


def _show(messages: list[dict[str, Any]]) -> list[str]:
    """Print messages; returns what their buttons send, in order."""
    choices: list[str] = []
    for message in messages:
        _console.print(f"\n{message['text']}", markup=False, highlight=False)
        for button in message.get("buttons", []):
            choices.append(button["payload"])
            _console.print(f"  {len(choices)} {button['title']}", style="cyan", markup=False)
    return choices


if __name__ == "__main__":
    main()
