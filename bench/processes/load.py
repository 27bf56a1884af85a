"""Load from many visitors at once, by wrk."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

_SCRIPT = """
local questions = {
  "what are the side effects", "what does it cost", "how long does a session take",
  "is ketamine safe", "how do i prepare", "can i drive home afterwards",
}
request = function()
  local sender = "visitor" .. math.random(1, 5000)
  local question = questions[math.random(#questions)]
  local body = string.format('{"sender": "%s", "message": "%s"}', sender, question)
  local headers = {["Content-Type"] = "application/json", ["X-Sender"] = sender}
  return wrk.format("POST", "/webhooks/rest/webhook", headers, body)
end
"""
_RATE = re.compile(r"Requests/sec:\s+([\d.]+)")
_ANSWERS = re.compile(r"(\d+) requests in")
_FAILED = re.compile(r"Non-2xx or 3xx responses: (\d+)|Socket errors: (.*)")


@dataclass(frozen=True)
class Load:
    """What was measured.

    Attributes:
        rate: answers a second.
        answers: all of them.
        failures: wrk's words about requests that failed; empty if none did.
    """

    rate: float
    answers: int
    failures: str


def measure(url: str, visitors: int, seconds: int) -> Load:
    """Let `visitors` ask at the same time for some seconds.

    Raises:
        FileNotFoundError: if wrk is not installed.
        subprocess.CalledProcessError: if nothing answers at `url`.
    """
    wrk = shutil.which("wrk")
    if wrk is None:
        raise FileNotFoundError("wrk is not installed")
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "ask.lua"
        script.write_text(_SCRIPT, encoding="utf-8")
        options = ["-t1", f"-c{visitors}", f"-d{seconds}s", "--timeout", "30s", "-s", str(script)]
        done = subprocess.run(  # noqa: S603
            [wrk, *options, url], capture_output=True, text=True, check=True
        )
    rate = _RATE.search(done.stdout)
    failed = _FAILED.search(done.stdout)
    answers = _ANSWERS.search(done.stdout)
    return Load(
        float(rate[1]) if rate else 0.0,
        int(answers[1]) if answers else 0,
        failed[0] if failed else "",
    )
