import pytest

from assistant.nlu.safety.normalize import Normalizer, clean

LEXICON = {"i", "want", "to", "die", "kill", "killing", "myself", "suicide", "not", "do", "live"}
LEXICON |= {"pills", "took", "self", "harm", "kms", "am", "can", "anymore", "me"}
SENSITIVE = {"suicide", "suicidal", "myself", "die", "kill"}


@pytest.fixture(scope="module")
def words():
    normalizer = Normalizer(LEXICON, SENSITIVE)
    return lambda text: " ".join(normalizer(text).tokens)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Killl myselfff", "kill myself"),
        ("dieeee", "die"),
        ("s u i c i d e", "suicide"),
        ("s.u.i.c.i.d.e", "suicide"),
        ("k m s", "kms"),
        ("k i l l m y s e l f", "kill myself"),
        ("su.icide", "suicide"),
        ("su-icide", "suicide"),
        ("sui cide", "suicide"),
        ("d!e", "die"),
        ("su1cide", "suicide"),
        ("k1ll my$elf", "kill myself"),
        ("s*icide", "suicide"),
        ("suiciide", "suicide"),
        ("kill mysefl", "kill myself"),
        ("my self", "myself"),
        ("iwanttodie", "i want to die"),
        ("IWANTTOKILLMYSELF", "i want to kill myself"),
        ("#killmyself", "kill myself"),
    ],
)
def test_disguised_words_are_read(words, typed, read):
    assert words(typed).removesuffix(" .") == read


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("dont", "do not"),
        ("don’t", "do not"),  # noqa: RUF001
        ("I'm", "i am"),
        ("im", "i am"),
        ("cant", "can not"),
        ("cannot", "can not"),
        ("wanna die", "want to die"),
        ("want 2 die", "want to die"),
        ("gonna", "going to"),
        ("any more", "anymore"),
        ("I just really want to fucking die", "i want to die"),
    ],
)
def test_short_forms_are_spelt_out(words, typed, read):
    assert words(typed) == read


@pytest.mark.parametrize(
    "typed",
    ["will myself", "fill", "dye", "kilt", "hello there", "good", "well", "free parking", "10mg"],
)
def test_ordinary_words_are_not_bent(words, typed):
    assert not {"kill", "die", "suicide"} & set(words(typed).split())


def test_short_words_are_not_corrected(words):
    assert words("bill") == "bill"
    assert words("dine") == "dine"


def test_sentences_end():
    assert Normalizer()("No. Stop! ok?").tokens == ("no", ".", "stop", ".", "ok", ".")


def test_numbers_are_small_or_many():
    assert Normalizer()("2 or 40, maybe twenty").tokens == ("#", "or", "##", "maybe", "##")


def test_the_original_is_kept():
    assert Normalizer()("I’m FINE").original == "I’m FINE"  # noqa: RUF001


def test_clean_removes_what_is_invisible_or_foreign():
    assert clean("su\u200bici\u00adde") == "suicide"
    assert clean("ｓｕｉｃｉｄｅ") == "suicide"  # noqa: RUF001
    assert clean("su\u0456c\u0456de") == "suicide"
    assert clean("s\u0336u\u0336i\u0336") == "sui"
    assert clean("Adiós, mañana") == "adios, manana"
