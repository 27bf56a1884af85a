"""Whether a message is Spanish, by the function words in it."""

from __future__ import annotations

import re
from functools import lru_cache

from spacy.lang.en.stop_words import STOP_WORDS as ENGLISH
from spacy.lang.es.stop_words import STOP_WORDS as SPANISH

# Words of greetings and of what people ask a clinic, which no stop list holds.
_FREQUENT = frozenset(
    {
        "hola", "buenas", "buenos", "gracias", "adios", "adiós", "cuanto", "cuánto", "cuesta",
        "cuestan", "precio", "precios", "donde", "dónde", "esta", "están", "quiero", "necesito",
        "puedo", "puede", "pueden", "tienen", "horario", "abren", "cierran", "cita", "ayuda",
        "ansiedad", "ketamina", "seguro", "efectos", "hablar", "alguien", "persona", "teléfono",
        "telefono", "dirección", "direccion", "español", "espanol", "hablan", "vida", "morir",
        "morirme", "matarme", "duele", "siento", "por", "favor", "clínica", "clinica", "que",
    }
)  # fmt: skip
_ENGLISH = ENGLISH - SPANISH
_SPANISH = {word for word in SPANISH - ENGLISH if len(word) > 1} - {"usa", "real"}


def is_spanish(text: str) -> bool:
    """Tell whether more of the frequent words in `text` are Spanish than English."""
    words = re.findall(r"\w+", text.casefold())
    spanish = sum(word in _SPANISH or word in _FREQUENT for word in words)
    english = sum(word in _ENGLISH for word in words)
    telling = spanish >= 2 or not _FREQUENT.isdisjoint(words)
    return telling and spanish > english and spanish * 5 >= len(words)


@lru_cache(maxsize=1)
def spanish_words() -> frozenset[str]:
    """Return the telling words of Spanish."""
    return frozenset(_SPANISH | _FREQUENT)
