"""What `make audit` makes of the answers of the service with the vulnerabilities."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from assistant.settings import ROOT

_KNOWN = '{"dependencies": [{"name": "pyyaml", "vulns": [{"id": "X", "fix_versions": ["5.4"]}]}]}'


def audit(folder: Path, probe: str, found: int, **variables: str) -> tuple[int, str]:
    """Run it with a stand-in for uv: what the probe says, and how the audit itself ends."""
    uv = folder / "uv"
    uv.write_text(
        "#!/bin/sh\n"
        f"case \"$*\" in *probe.txt*) echo '{probe}'; exit 1;;\n"
        f'*requirements.txt*) echo "audited $*"; exit {found};; *) echo sanic==21.12.2;; esac\n'
    )
    uv.chmod(0o755)
    env = {**os.environ, "UV": str(uv), **variables}
    done = subprocess.run([ROOT / ".ci" / "audit"], env=env, capture_output=True, text=True)
    return done.returncode, done.stdout


@pytest.mark.parametrize("found", [0, 1])
def test_it_ends_as_the_audit_ends_where_the_service_is_reached(tmp_path: Path, found: int) -> None:
    code, said = audit(tmp_path, _KNOWN, found)
    assert code == found
    assert "NOT RUN" not in said
    accepted = (ROOT / ".ci" / "audit-ignore.txt").read_text("utf-8").splitlines()
    for line in accepted:
        assert line.startswith("#") or f"--ignore-vuln {line.split()[0]}" in said


@pytest.mark.parametrize("required", ["", "1"])
def test_it_says_so_where_the_service_is_not_reached(tmp_path: Path, required: str) -> None:
    code, said = audit(tmp_path, "", 0, AUDIT_REQUIRED=required)
    assert "NOT RUN" in said
    assert code == bool(required)
