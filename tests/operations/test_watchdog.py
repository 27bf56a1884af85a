"""A process that hangs ends; one that works goes on."""

from __future__ import annotations

import subprocess
import sys

import pytest

from assistant.settings import ROOT

pytestmark = pytest.mark.slow

PROGRAM = """
import asyncio, time
from assistant.operations.watchdog import watch

async def hang():
    time.sleep({hang})

async def main():
    watching = asyncio.create_task(watch({patience}))
    await asyncio.sleep({work})
    await hang()
    watching.cancel()
    await asyncio.gather(watching, return_exceptions=True)
    time.sleep({after})
    print("done")

asyncio.run(main())
"""


def run(**numbers: float) -> subprocess.CompletedProcess[str]:
    program = PROGRAM.format(**{"work": 0, "hang": 0, "after": 0, **numbers})
    return subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_loop_that_hangs_ends_the_process_and_tells_where() -> None:
    done = run(patience=0.2, hang=50)
    assert done.returncode == 1
    assert "in hang" in done.stderr, done.stderr


def test_who_works_longer_than_that_goes_on() -> None:
    assert run(patience=1.5, work=2.5).stdout == "done\n"


def test_it_watches_no_longer_than_the_server_runs() -> None:
    assert run(patience=1, after=1.5).stdout == "done\n"
