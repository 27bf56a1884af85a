from __future__ import annotations

from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from pydantic import SecretStr
from ruamel.yaml import YAML
from sqlalchemy.orm import Session

from assistant.settings import settings
from assistant.stores.database import metadata, open_engine
from assistant.stores.unanswered import rows
from evaluation.unanswered import main
from tests.evaluation.test_unanswered import asked


@pytest.fixture(autouse=True)
def _database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings(), "database_url", f"sqlite:///{tmp_path / 'clinic.db'}")
    monkeypatch.setattr(settings(), "contact_key", SecretStr(Fernet.generate_key().decode()))
    monkeypatch.setattr(rows, "_read_hasher", rows._read_hasher.__wrapped__)


def test_nothing_unanswered(capsys: pytest.CaptureFixture[str]) -> None:
    main(least=1)
    assert capsys.readouterr().out == "# No unanswered questions.\n"


@pytest.mark.model
@pytest.mark.usefixtures("trained_model")
def test_proposals_of_the_trained_model(capsys: pytest.CaptureFixture[str]) -> None:
    engine = open_engine(settings().database_url)
    metadata.create_all(engine)
    with Session(engine) as session, session.begin():
        rows.add(session, "rest:ann", asked("would medicaid foot the bill", times=3))
        rows.add(session, "rest:bob", asked("Medicaid, would it foot the bill?"))
        rows.add(session, "rest:bob", asked("asked only once"))
    main(least=2)
    out = capsys.readouterr().out
    (entry,) = YAML(typ="safe").load(f"nlu:\n{out}")["nlu"]
    assert entry["intent"] == "clinic/insurance"
    assert entry["examples"].splitlines() == [
        "- would medicaid foot the bill",
        "- Medicaid, would it foot the bill?",
    ]
    assert "# 4 times (clarify 4): would medicaid foot the bill" in out
