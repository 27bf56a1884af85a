"""`python -m assistant.content.validate`: every kind of mistake, seeded once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assistant.content.problems import Problem
from assistant.content.validate import crisis_rules, validate
from assistant.content.validate.__main__ import main
from assistant.nlu.safety.rules import Rules, load
from tests.content.project import PROJECT, copy_project

Spoil = Callable[[str, str, str], int]


@pytest.fixture(scope="module", autouse=True)
def rules_read_once() -> Iterator[None]:
    """Compile the crisis rules, which takes longest, once for the same texts."""
    read: dict[tuple[str, ...], Rules] = {}

    def load_once(directory: Path) -> Rules:
        texts = tuple(path.read_text(encoding="utf-8") for path in sorted(directory.glob("*.yml")))
        if texts not in read:
            read[texts] = load(directory)
        return read[texts]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(crisis_rules, "load", load_once)
        yield


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return copy_project(tmp_path)


@pytest.fixture
def spoil(project: Path) -> Spoil:
    def replace(file: str, old: str, new: str) -> int:
        """Replace the first `old` in a file; returns its line."""
        path = project / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return text[: text.index(old)].count("\n") + 1

    return replace


def _errors(root: Path) -> list[Problem]:
    return [problem for problem in validate(root) if problem.level == "error"]


def test_the_shipped_content_has_no_errors() -> None:
    assert not _errors(PROJECT)


def test_unset_facts_and_unsigned_notes_are_warnings() -> None:
    warnings = [str(problem) for problem in validate(PROJECT)]
    assert sum("is not set" in one for one in warnings) == 8
    assert sum("is not signed" in one for one in warnings) == 6


def test_mistakes_in_the_spanish(project: Path, spoil: Spoil) -> None:
    seeds = [
        ("  utter_greet:", "  utter_gret:", "domain.yml has no response utter_gret"),
        ("Para preguntar, puede {ask_us}.", "Puede {askus}.", "the English has no {askus}"),
        ("title: Horario", "title: El horario de la clínica", "is longer than 20"),
        ("  home_use:", "  home_uze:", "safety note home_use has no Spanish"),
    ]
    for old, new, _ in seeds:
        spoil("content/spanish.yml", old, new)
    found = [str(p) for p in _errors(project) if p.path.name == "spanish.yml"]
    assert len(found) == len(seeds)
    for _, _, message in seeds:
        assert any(message in one for one in found), message


def test_a_broken_spanish_file_is_named(project: Path, spoil: Spoil) -> None:
    spoil("content/spanish.yml", "texts:", "txts:")
    assert any("extra fields" in str(p) for p in _errors(project))


def test_metadata_mistakes(project: Path, spoil: Spoil) -> None:
    seeds = [
        ("passages: [L7c]", "passages: [L7x]", "unknown passages: L7x"),
        ("passages: [L15a]", "passages: [L15a, L41]", "passage L41 stays out"),
        ("passages: [L23a]", "passages: L23a", "passages is not a list"),
        ("notes: [risks]", "notes: [risk]", "unknown notes: risk"),
        ("faq/anxiety_prevalence, faq", "faq/nope, faq", "unknown related: faq/nope"),
        ("needs: [address]", "needs: [adress]", "unknown needs: adress"),
        ("links: [directions]", "links: [map]", "unknown links: map"),
        ("offers: callback", "offers: fax", "unknown offers: fax"),
        ("title: Side effects", "title: All of the side effects", "is longer than 20"),
        ("title: Opening hours", "title: Safety", 'title "Safety" is used twice'),
        ("question: What is anxiety?", f"question: {'what ' * 14}", "longer than 64 bytes"),
    ]
    lines = [spoil("domain.yml", old, new) for old, new, _ in seeds]
    found = _errors(project)
    for line, (_, _, message) in zip(lines, seeds, strict=True):
        assert any(message in one.message and one.line == line for one in found), message
    assert all(one.path == project / "domain.yml" for one in found)


def test_text_mistakes(project: Path, spoil: Spoil) -> None:
    seeds = [
        ("It is not clear what causes", "It is unclear what causes", "in none of its passages"),
        ("It doesn't give any numbers.", "In 1965 they finally discovered more.", "L43b"),
        ("It doesn't say which of them suits whom.", "It is used safely.", '"safely" of passage'),
        ("It doesn't say who developed it.", "Ask {nobody}.", "unknown placeholder {nobody}"),
    ]
    lines = [spoil("domain.yml", old, new) for old, new, _ in seeds]
    found = _errors(project)
    for line, (_, _, message) in zip(lines, seeds, strict=True):
        # Reported at the start of the text, which runs over some lines.
        assert any(message in one.message and 0 <= line - one.line <= 4 for one in found), message
    assert len(found) == len(seeds)


def test_an_answer_without_passages(project: Path, spoil: Spoil) -> None:
    spoil("domain.yml", "      passages: []\n", "")
    (problem,) = _errors(project)
    assert "utter_faq/onset names no passages" in problem.message


@pytest.mark.parametrize(
    ("added", "message"),
    [
        ("utter_x: 5", "utter_x is not a list of wordings"),
        ("utter_x: Hello.", "utter_x is not a list of wordings"),
        ("utter_x: [Hello., {text: Hi.}]", "utter_x is not a list of wordings"),
        ("5: [{text: Hi.}]", "5 is not a list of wordings"),
        ("utter_x: [{text: Hi., metadata: [risks]}]", "utter_x: metadata is not names"),
    ],
)
def test_a_response_of_another_shape(project: Path, spoil: Spoil, added: str, message: str) -> None:
    line = spoil("domain.yml", "responses:\n", f"responses:\n  {added}\n") + 1
    (problem,) = _errors(project)
    assert message in problem.message
    assert problem.line == line


@pytest.mark.parametrize("data", ["- a", "nlu: 5", ""])
def test_a_file_without_examples(project: Path, data: str) -> None:
    (project / "data" / "nlu.yml").write_text(data)
    (problem,) = _errors(project)
    assert "holds no list `nlu`" in problem.message


def test_a_label_without_a_response(project: Path, spoil: Spoil) -> None:
    spoil("domain.yml", "utter_faq/onset:", "utter_faq/start:")
    messages = [problem.message for problem in _errors(project)]
    assert "label faq/onset has no response utter_faq/onset in domain.yml" in messages
    assert any("utter_faq/start has no examples" in message for message in messages)


def test_examples_that_stand_twice(project: Path, spoil: Spoil) -> None:
    path = project / "data" / "nlu.yml"
    lines = path.read_text().splitlines()
    first = next(i for i, line in enumerate(lines) if line.strip().startswith("- is it addictive"))
    copied = lines[first].replace("is it", "IS  it")
    other = next(i for i, line in enumerate(lines) if "intent: greet" in line) + 2
    path.write_text("\n".join([*lines[:other], copied, *lines[other:]]) + "\n")
    (problem,) = _errors(project)
    below, above = sorted((first + 1 + (first >= other), other + 1), reverse=True)
    assert problem.line == below
    assert f"stands on line {above} as well" in problem.message


@pytest.mark.parametrize("folder", ["questions", "safety"])
def test_an_example_that_is_an_evaluation_question(project: Path, folder: str) -> None:
    table = next((project / "evaluation" / folder).glob("*.tsv"))
    table.write_text(f"{table.read_text().rstrip()}\nIs it addictive\tfaq/addiction_risk\n")
    (problem,) = _errors(project)
    assert problem.path.name == "nlu.yml"
    assert "is also an evaluation question" in problem.message


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("content/clinic.yml", "phone: null", "phone: 12", "phone: not a phone number"),
        ("content/clinic.yml", "hours: null", "hours: {monday: [9-5]}", "hours.monday"),
        ("content/clinic.yml", "time_zone: null", "time_zone: Mars/Base", "is no time zone"),
        ("content/clinic.yml", "booking_url: null", "booking_url: ftp://a.b", "booking_url"),
        ("content/safety_notes.yml", "again: >-", "agian: >-", "again: field required"),
        ("content/article.md", "{#L7b}", "{#L7a}", "label L7a is used before"),
        ("domain.yml", "responses:", "responses: [", "expected"),
        ("data/nlu.yml", "examples: |", "examples: [", "expected"),
    ],
)
def test_broken_files(
    project: Path, spoil: Spoil, file: str, old: str, new: str, message: str
) -> None:
    spoil(file, old, new)
    found = _errors(project)
    assert any(message in one.message and one.path == project / file for one in found), found


@pytest.mark.parametrize("file", ["domain.yml", "data/nlu.yml", "content/clinic.yml"])
def test_missing_files(project: Path, file: str) -> None:
    (project / file).unlink()
    assert any("cannot be read" in problem.message for problem in _errors(project))


def test_exit_code(project: Path, spoil: Spoil, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--root", str(project)]) == 0
    assert "0 errors, 15 warnings" in capsys.readouterr().out
    line = spoil("domain.yml", "passages: [L7c]", "passages: [L7x]")
    assert main(["--root", str(project)]) == 1
    assert f"domain.yml:{line}: error: " in capsys.readouterr().out
