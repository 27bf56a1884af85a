import stat
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from actions.contact_requests.sealing import KeyProblem, Sealer, sealer_from
from assistant.settings import Settings
from tests.actions.conftest import MARCUS, SENDER


def test_the_key_file_is_made_once_and_readable_by_its_owner_alone(tmp_path: Path):
    path = tmp_path / "var" / "contact.key"
    first = sealer_from(Settings(contact_key=None, contact_key_file=path))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    second = sealer_from(Settings(contact_key=None, contact_key_file=path))
    assert second.open(first.seal(MARCUS, SENDER)) == (MARCUS, SENDER)
    assert [file.name for file in path.parent.iterdir()] == ["contact.key"]


def test_a_new_key_in_front_still_opens_the_old():
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    sealed = Sealer([old]).seal(MARCUS, SENDER)
    both = sealer_from(Settings(contact_key=f"{new}, {old}"))
    assert both.open(sealed) == (MARCUS, SENDER)
    assert Sealer([new]).open(both.seal(MARCUS, SENDER)) == (MARCUS, SENDER)
    assert Sealer([old]).sender_hash(SENDER) in both.sender_hashes(SENDER)


def test_the_hash_of_a_sender_depends_on_the_key():
    one, two = (Sealer([Fernet.generate_key().decode()]) for _ in range(2))
    assert one.sender_hash(SENDER) != two.sender_hash(SENDER)
    assert SENDER not in one.sender_hash(SENDER)


@pytest.mark.parametrize("key", ["short", "not base64 at all!!", ","])
def test_a_malformed_key_is_said_to_be_one(key: str):
    with pytest.raises(KeyProblem):
        sealer_from(Settings(contact_key=key))


def test_a_key_file_that_cannot_be_made_is_said_so(tmp_path: Path):
    (tmp_path / "file").write_text("")
    with pytest.raises(KeyProblem, match="key file"):
        sealer_from(Settings(contact_key=None, contact_key_file=tmp_path / "file" / "key"))
