"""Which languages are noticed, and that English and Spanish are left alone."""

from __future__ import annotations

import pytest

from assistant.content.validate.examples import read_examples
from assistant.nlu.reading.other_languages import OWN_REPLY, other_language
from assistant.responses.catalog import load_catalog
from assistant.settings import ROOT


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("bonjour, vous êtes ouverts le dimanche ?", "fr"),
        ("ich möchte gern einen Termin", "de"),
        ("quanto costa una seduta", "it"),
        ("onde fica a clínica de vocês", "pt"),
        ("saan po ang clinic", "tl"),
        ("bao nhiêu tiền một lần", "vi"),
        ("konbyen sa koute, mwen bezwen konnen", "ht"),
        ("诊所在哪里", "zh"),
        ("営業時間は何時ですか", "ja"),
        ("얼마예요", "ko"),
        ("где вы находитесь", "ru"),
        ("أين العيادة", "ar"),
        ("कितना खर्च होगा", "hi"),
        ("πόσο κοστίζει", "unknown"),
        ("merci", "fr"),
        ("c'est quoi la kétamine", "fr"),
        ("je veux mourir", "fr"),
        ("ich will sterben", "de"),
        ("voglio morire", "it"),
        ("quero morrer", "pt"),
        ("é seguro?", "pt"),
        ("es seguro?", None),
        ("what does it cost?", None),
        ("¿cuánto cuesta la terapia?", None),
        ("es inyeccion o suero o pastilla", None),
        ("i want 2 die", None),
        ("im or iv", None),
        ("my name is José Müller", None),
        ("is the café closed", None),
        ("ok", None),
        ("😢", None),
    ],
)
def test_languages(text: str, code: str | None) -> None:
    assert other_language(text) == code


def test_no_english_example_is_taken_for_another_language() -> None:
    examples = read_examples(ROOT / "data" / "nlu.yml")
    lost = {e.text for e in examples if e.label != "out_of_scope" and other_language(e.text)}
    assert lost <= {"hallo", "merci"}


def test_each_own_reply_stands_in_the_domain() -> None:
    names = load_catalog(ROOT / "domain.yml").variations
    assert {n for n in names if n.startswith("utter_other_language_")} == {
        f"utter_other_language_{code}" for code in OWN_REPLY
    }
