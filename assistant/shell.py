"""Talk to the assistant on a terminal: `python -m assistant.shell`.

Unlike `rasa shell` it goes through the REST channel, with its gate and its
checks; it listens on loopback only, shows buttons as numbers, and reads piped
input, too.
"""

from __future__ import annotations

import sys
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import httpx
from rich.console import Console

from assistant.serving import (
    LOOPBACK,
    NotStartedError,
    action_server,
    assistant_server,
    free_port,
)
from assistant.settings import VAR

_ANSWER_SECONDS = 60.0
_console = Console()


def main() -> None:
    """Start the assistant on free ports and talk until the input ends."""
    with ExitStack() as processes:
        try:
            with _console.status("Starting the assistant ..."):
                url = processes.enter_context(_assistant())
        except NotStartedError:
            sys.exit(f"The assistant did not start; see {VAR / 'shell.log'}.")
        _console.print('Write a message; a number picks a button; Ctrl-D or "quit" ends.')
        _talk(f"{url}/webhooks/rest/webhook")


@contextmanager
def _assistant() -> Iterator[str]:
    """Run the two servers; yields the assistant's address once it answers."""
    port, action_port = free_port(), free_port()
    env = {"ACTION_PORT": str(action_port)}
    VAR.mkdir(exist_ok=True)
    log = VAR / "shell.log"
    log.unlink(missing_ok=True)
    with action_server(action_port, env, log), assistant_server(port, env, log):
        yield f"http://{LOOPBACK}:{port}"


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
