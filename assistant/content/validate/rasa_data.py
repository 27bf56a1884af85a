"""Rasa's own validation, as a process of its own: importing Rasa's trainer takes seconds."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def rasa_data_validate(root: Path) -> tuple[bool, str]:
    """Run `rasa data validate`; whether it passed, and what it wrote."""
    command = [sys.executable, "-m", "assistant.rasa", "data", "validate"]
    quiet = {"RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3"}
    done = subprocess.run(  # noqa: S603
        command,
        cwd=root,
        env={**os.environ, **quiet},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return done.returncode == 0, done.stdout
