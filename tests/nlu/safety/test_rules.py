import pytest

from assistant.nlu.safety.matching import RuleBook
from assistant.nlu.safety.rules import RulesError, load

GOOD = """
excuses:
  - id: laughing
    patterns: ["die laughing"]
  - id: long-ago
    within: 2
    side: after
    not_with: [again]
    patterns: ["years ago"]
rules:
  - id: wish
    tier: HARD
    excuses: [laughing, long-ago]
    patterns: ["(want|wanted) to die"]
    phrases: ["end it all"]
    positive: [I want to die]
"""


@pytest.fixture
def rule_dir(tmp_path):
    def write(text):
        (tmp_path / "rules.yml").write_text(text, encoding="utf-8")
        return tmp_path

    return write


@pytest.fixture
def hits(rule_dir):
    book = RuleBook(load(rule_dir(GOOD)))
    return lambda text: [hit.rule.id for hit in book.hits(book.normalize(text).tokens)]


def test_patterns_and_phrases_hit(hits):
    assert hits("I want to die") == ["wish"]
    assert hits("i will END it all") == ["wish"]


def test_an_exception_cancels_its_own_span(hits):
    assert hits("I want to die laughing") == []


def test_an_exception_does_not_cancel_the_message(hits):
    assert hits("I want to die laughing, no, I want to die") == ["wish"]


def test_a_near_exception_stays_in_its_sentence(hits):
    assert hits("I wanted to die ten years ago") == []
    assert hits("I wanted to die. Ten years ago we met") == ["wish"]


def test_a_near_exception_gives_way_to_its_counterword(hits):
    assert hits("again I wanted to die two years ago") == ["wish"]


def test_what_people_write_does_not_enter_the_string_store(rule_dir):
    book = RuleBook(load(rule_dir(GOOD)))
    book.hits(book.normalize("I want to die, says Mordecai Quillfeather").tokens)

    assert "quillfeather" not in book._vocab.strings


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("tier: HARD", "tier: MAYBE", "rules.yml: rule wish: tier"),
        ("tier: HARD", "tier: HARD\n    tear: 1", "rules.yml: rule wish: tear"),
        (
            "[laughing, long-ago]",
            "[lafing]",
            "rule wish: there is no exception 'lafing'",
        ),
        ('["(want|wanted) to die"]', '["@want to die"]', "rule wish: there is no list 'want'"),
        ("[I want to die]", "[]", "rules.yml: rule wish: positive"),
        ("rules:", "rulez:", "rules.yml: rulez"),
        ("    patterns: [", "    patterns: ", "not valid YAML"),
        ("id: long-ago", "id: laughing", "exception laughing: the id is used twice"),
    ],
)
def test_a_mistake_is_named(rule_dir, old, new, complaint):
    with pytest.raises(RulesError, match=complaint):
        load(rule_dir(GOOD.replace(old, new, 1)))


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(RulesError, match="no rule files"):
        load(tmp_path / "nowhere")
