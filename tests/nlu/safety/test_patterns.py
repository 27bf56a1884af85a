import pytest

from assistant.nlu.safety.patterns import PatternError, compile_pattern, required_words

LISTS = {"want": ["want", "wish"], "end": ["die", "end my life"]}


def test_words_alternatives_and_lists_share_a_step():
    (form,) = compile_pattern("i @want|need to die", LISTS)

    assert [sorted(step.words) for step in form] == [
        ["i"],
        ["need", "want", "wish"],
        ["to"],
        ["die"],
    ]


def test_each_phrase_is_a_form_of_its_own():
    forms = compile_pattern("to @end", LISTS)

    assert sorted(len(form) for form in forms) == [2, 4]


def test_a_gap_is_optional_and_stays_in_the_sentence():
    (form,) = compile_pattern("i ..2 die", {})

    assert [step.as_matcher().get("OP") for step in form] == [None, "?", "?", None]
    assert form[1].as_matcher()["ORTH"] == {"NOT_IN": ["."]}


def test_short_forms_are_read_as_what_they_stand_for():
    (form,) = compile_pattern("don't die", {})

    assert [sorted(step.words) for step in form] == [["do"], ["not"], ["die"]]


def test_required_words_leave_out_what_may_be_missing():
    (form,) = compile_pattern("^ i now? ..1 die", {})

    assert required_words(form) == (frozenset({"i"}), frozenset({"die"}))


@pytest.mark.parametrize(
    ("pattern", "complaint"),
    [
        ("want to @nothing", "no list 'nothing'"),
        ("i really die", "filler"),
        ("..3", "without any word"),
        ("!(a b) die", "negates a phrase"),
        ("die; now", "not a word"),
        ("took 30 pills", "write # for a number"),
    ],
)
def test_a_wrong_pattern_says_why(pattern, complaint):
    with pytest.raises(PatternError, match=complaint):
        compile_pattern(pattern, {})
