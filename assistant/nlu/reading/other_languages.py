"""Whether a message is in a language that the assistant does not speak.

Scripts tell by themselves; in Latin letters the function words of spaCy's stop
lists do, with words of what people ask a clinic beside them.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from functools import lru_cache
from pathlib import Path
from runpy import run_path

from spacy import lang
from spacy.lang.en.stop_words import STOP_WORDS as ENGLISH

from assistant.nlu.reading.spanish import spanish_words
from assistant.nlu.topics.spelling import encoder_ranks, encoder_words

UNKNOWN = "unknown"
OTHER_LANGUAGE = "utter_other_language"
"""The reply to it, in English."""
OWN_REPLY = frozenset({"fr", "de", "it", "pt", "zh", "ko", "ru", "vi", "tl"})
"""Languages in which `utter_other_language_<code>` says a line; domain.yml has it."""
_SCRIPTS = {
    "HIRAGANA": "ja", "KATAKANA": "ja", "HANGUL": "ko", "CJK": "zh", "CYRILLIC": "ru",
    "ARABIC": "ar", "DEVANAGARI": "hi",
}  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+")
# What no stop list holds, and Haitian Creole, which spaCy does not have.
_FREQUENT = {
    "fr": "bonjour bonsoir salut merci combien coûte coute prix où rendez français je ne suis "
    "anglais besoin aide voudrais veux fait aujourd clinique est ce que les une ça ca quoi séance "
    "seance prix traitement anxiété kétamine mourir tuer",
    "de": "hallo guten tag danke wie viel kostet preis wo termin deutsch spricht sprechen ich "
    "brauche hilfe frage angst sitzung bitte ist eine nebenwirkungen sicher sterben mich umbringen",
    "it": "ciao buongiorno grazie quanto costa prezzo dove appuntamento italiano parla parlate "
    "vorrei aiuto dura seduta che è sicura sicuro voglio morire uccidermi",
    "pt": "olá ola oi bom dia obrigado obrigada quanto custa preço onde fica consulta português "
    "portugues fala falam você vocês voces não nao preciso ajuda quero saber sobre tratamento "
    "aceitam plano saúde saude um uma quem bom quero morrer seguro é sessão efeitos",
    "nl": "hallo goedendag dank bedankt hoeveel kost waar afspraak nederlands spreekt ik heb hulp",
    "tl": "magkano po ba kumusta salamat saan kayo ako gusto kailangan tulong bukas ngayon isang "
    "tagalog opo hindi paano pwede",
    "vi": "xin chào cảm ơn tôi muốn bao nhiêu ở đâu đặt lịch hẹn tiếng việt giúp không có là và "
    "bạn được một",
    "ht": "bonjou bonswa mèsi konbyen kote mwen ou nou eske èske pale kreyol kreyòl ki sa kijan "
    "tanpri bezwen randevou pou yon gen",
    "pl": "dzień dobry dziękuję dziekuje ile kosztuje gdzie jest proszę prosze polsku czy",
    "sv": "hej tack hur mycket kostar var finns svenska jag behöver hjälp",
    "ro": "bună buna ziua mulțumesc multumesc cât cat costă costa unde programare română",
    "tr": "merhaba teşekkürler tesekkurler ne kadar fiyat nerede randevu türkçe istiyorum",
    "id": "halo terima kasih berapa harga dimana janji bahasa saya mau",
}  # fmt: skip
_LISTED = ("fr", "de", "it", "pt", "nl", "tl", "pl", "sv", "ro", "tr", "id")
_FEW_WORDS = 2
_COMMON = 4000
"""Words of the encoder with lower ids are the commonest of English ("want", "die")."""


def other_language(text: str) -> str | None:
    """Return the code of a language beside English and Spanish, `unknown` for a rare script.

    None for English, for Spanish, and when too little tells.
    """
    return _by_script(text) or _by_words(text)


def _by_script(text: str) -> str | None:
    if text.isascii():
        return None
    letters = [character for character in text if character.isalpha()]
    scripts = Counter(unicodedata.name(c, "UNKNOWN").split()[0].split("-")[0] for c in letters)
    foreign = {script: n for script, n in scripts.items() if script != "LATIN"}
    if sum(foreign.values()) * 2 <= len(letters):
        return None
    # Japanese writes Chinese characters, too, but never without syllables for long.
    known = [code for script, code in _SCRIPTS.items() if script in foreign]
    return known[0] if known else UNKNOWN


def _by_words(text: str) -> str | None:
    words = _WORD.findall(text.casefold())
    counts = Counter(code for word in set(words) for code in _languages_of().get(word, ()))
    if not counts:
        return None
    own = sum(word in ENGLISH or _is_english_only(word) for word in words)
    spanish = sum(word in spanish_words() for word in words)
    best = max(_FREQUENT, key=lambda code: counts[code])
    alone = len(words) == 1 and words[0] in _FREQUENT[best].split()
    enough = counts[best] >= _FEW_WORDS or alone
    return best if enough and counts[best] > max(own, spanish) else None


def _is_english_only(word: str) -> bool:
    return word in encoder_words() and word not in _languages_of()


def _is_common(word: str) -> bool:
    return encoder_ranks().get(word, _COMMON) < _COMMON


@lru_cache(maxsize=1)
def _languages_of() -> dict[str, list[str]]:
    """Return the languages that have a telling word: one that English has not."""
    languages = defaultdict(list)
    for code, frequent in _FREQUENT.items():
        words = set(frequent.split())
        if code in _LISTED:
            words |= {word for word in _stop_words(code) if len(word) > 2 and not _is_common(word)}
        for word in words - ENGLISH:
            languages[word].append(code)
    return dict(languages)


def _stop_words(code: str) -> set[str]:
    # Run by itself: the package around it has a tokenizer, which for French takes seconds to
    # load, and that would be in the middle of the first visitor's message.
    path = Path(lang.__path__[0]) / code / "stop_words.py"
    words: set[str] = run_path(str(path))["STOP_WORDS"]
    return words
