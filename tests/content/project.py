"""The project whose content is tested: this one, or the folder named by CONTENT_ROOT."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from assistant.settings import ROOT

PROJECT = Path(os.environ.get("CONTENT_ROOT", ROOT))


def copy_project(target: Path) -> Path:
    """Copy what is validated, to be spoiled in a test."""
    for name in ("content", "data", "evaluation/questions", "evaluation/safety"):
        shutil.copytree(PROJECT / name, target / name)
    shutil.copy(PROJECT / "domain.yml", target / "domain.yml")
    return target
