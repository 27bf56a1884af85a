"""What keeps a test's processes apart from everything else."""

from __future__ import annotations

from pathlib import Path

from assistant.serving import free_port


def own_environment(folder: Path) -> dict[str, str]:
    """Environment variables of a test's own data and ports."""
    return {
        "DATABASE_URL": f"sqlite:///{folder / 'clinic.db'}",
        "CONTACT_KEY_FILE": str(folder / "contact.key"),
        "ACTION_PORT": str(free_port()),
        "QUEUE_LEASE": "15",  # seconds: what a killed server leaves is taken over soon
    }
