"""clinic.yml and safety_notes.yml: what is read, and what is said about mistakes."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.content.clinic import FACTS, load_clinic
from assistant.content.notes import load_notes
from assistant.content.problems import ContentError
from tests.content.project import PROJECT

FULL = """\
name: A Better Solution Wellness Clinic
services: [ketamine therapy]
address: {street: 12 Example Street, city: Mesa, state: AZ, zip: "85201"}
phone: 480-555-0100
email: hello@example.com
booking_url: https://example.com/book
directions_url: https://example.com/map
time_zone: America/Phoenix
hours:
  monday: ["09:00-17:00"]
holidays:
  - {date: 2027-01-01, name: New Year's Day}
privacy_url: https://example.com/privacy
retention: {conversations_days: 7, requests_days: null}
"""


def _problem(path: Path, text: str) -> tuple[int, str]:
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        load_clinic(path)
    return caught.value.problems[0].line, caught.value.problems[0].message


def test_shipped_file_holds_what_the_article_tells() -> None:
    clinic = load_clinic(PROJECT / "content" / "clinic.yml")
    assert clinic.name == "A Better Solution Wellness Clinic"
    assert len(clinic.services) == 3
    assert all(getattr(clinic, fact) is None for fact in FACTS)
    assert clinic.retention.dict() == {
        "conversations_days": 30,
        "requests_days": 90,
        "drafts_hours": 24,
        "unanswered_days": 90,
    }


def test_full_file(tmp_path: Path) -> None:
    path = tmp_path / "clinic.yml"
    path.write_text(FULL)
    clinic = load_clinic(path)
    assert clinic.phone == "(480) 555-0100"
    assert clinic.address and clinic.address.line == "12 Example Street, Mesa, AZ 85201"
    assert clinic.opening_hours and len(clinic.opening_hours.exceptions) == 1
    assert (clinic.retention.conversations_days, clinic.retention.requests_days) == (7, 90)


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("phone: 480-555-0100", "phone: 555-0100", 4, "phone: not a phone number"),
        ("phone: 480-555-0100", "phone: call us", 4, "phone: not a phone number"),
        ("hello@example.com", "hello.example.com", 5, "email: value is not a valid email"),
        ("https://example.com/book", "http://example.com/book", 6, "booking_url: URL scheme"),
        ("https://example.com/map", "javascript:alert(1)", 7, "directions_url: "),
        ("America/Phoenix", "Phoenix", 8, '"Phoenix" is no time zone'),
        ("America/Phoenix", "../../etc/passwd", 8, "is no time zone"),
        ('"09:00-17:00"', '"22:00-02:00"', 10, "hours.monday: "),
        ("monday:", "mondy:", 10, "hours.mondy: extra fields not permitted"),
        ("time_zone: America/Phoenix\n", "", 8, "hours: hours need the time_zone"),
        ("2027-01-01", "2027-13-01", 12, "holidays.0.date: invalid date format"),
        ("state: AZ", "state: Arizona", 3, "address.state: "),
        ('zip: "85201"', "zip: 8520", 3, "address.zip: not a ZIP code"),
        ("conversations_days: 7", "conversations_days: 0", 14, "retention.conversations_days: "),
        ("name: A Better Solution Wellness Clinic", "nane: X", 1, "name: field required"),
        ("services: [ketamine therapy]", "services: [ketamine", 3, "expected ',' or ']'"),
        ("phone: 480-555-0100", "name: again", 4, 'found duplicate key "name"'),
    ],
)
def test_mistakes_are_found_by_line(
    tmp_path: Path, old: str, new: str, line: int, message: str
) -> None:
    found_line, found = _problem(tmp_path / "clinic.yml", FULL.replace(old, new))
    assert message in found
    assert found_line == line


@pytest.mark.parametrize("text", ["", "just words", "- a list"])
def test_no_mapping_is_refused(tmp_path: Path, text: str) -> None:
    assert _problem(tmp_path / "clinic.yml", text)[0] == 1


def test_every_mistake_is_listed_at_once(tmp_path: Path) -> None:
    path = tmp_path / "clinic.yml"
    path.write_text(FULL.replace("hello@", "").replace("480-555-0100", "1"))
    with pytest.raises(ContentError) as caught:
        load_clinic(path)
    assert [problem.line for problem in caught.value.problems] == [4, 5]


def test_a_note_is_signed_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "safety_notes.yml"
    note = "risks:\n  text: a\n  again: b\n  drafted_on: 2026-11-24\n"
    path.write_text(f"{note}  reviewed_on: 2026-12-01\n")
    with pytest.raises(ContentError, match="both reviewed_on and reviewed_by"):
        load_notes(path)
    path.write_text(f"{note}  reviewed_on: 2026-12-01\n  reviewed_by: A. Clinician\n")
    assert load_notes(path)["risks"].is_signed
