"""nginx with the configuration of deploy/, in front of processes on this machine."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from assistant.settings import ROOT

CONFIGURATION = ROOT / "deploy" / "nginx.conf"
_SERVERS = re.compile(r"(?: +server assistant-\d+:5005 resolve(?P<options>.*);\n)+")


def find_nginx() -> str | None:
    """Return the path of nginx; None where it is not installed."""
    return shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/bin:/opt/homebrew/bin")


def configure(folder: Path, port: int, processes: Sequence[int]) -> Path:
    """Write deploy/nginx.conf for this machine into `folder`; return the file.

    Args:
        folder: for all that nginx writes; `access.log` says which process answered whom.
        port: where nginx listens, on loopback.
        processes: ports of the assistant's processes.
    """
    text = CONFIGURATION.read_text(encoding="utf-8")

    def servers(found: re.Match[str]) -> str:
        options = found["options"]
        return "".join(f"    server 127.0.0.1:{process}{options};\n" for process in processes)

    text = _SERVERS.sub(servers, text)
    text = text.replace("  resolver 127.0.0.11 valid=5s;\n", "")
    text = text.replace("listen 8080", f"listen 127.0.0.1:{port}")
    text = text.replace("/tmp/nginx", str(folder))  # noqa: S108
    text = text.replace(
        "access_log off;",
        'log_format test "$http_x_sender $upstream_addr $status";\n'
        f"  access_log {folder}/access.log test;",
    )
    if os.geteuid() == 0:
        # Its workers would be nobody, who may not write into `folder`.
        text = f"user root;\n{text}"
    file = folder / "nginx.conf"
    file.write_text(text, encoding="utf-8")
    return file


@contextmanager
def nginx(folder: Path, port: int, processes: Sequence[int]) -> Iterator[str]:
    """Run nginx until the block ends; yields its URL.

    Raises:
        FileNotFoundError: if nginx is not installed.
    """
    program = find_nginx()
    if program is None:
        raise FileNotFoundError("nginx is not installed")
    command = [program, "-e", f"{folder}/error.log", "-c", str(configure(folder, port, processes))]
    # In the background once it listens.
    subprocess.run(command, check=True)  # noqa: S603
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        subprocess.run([*command, "-s", "quit"], check=True)  # noqa: S603
