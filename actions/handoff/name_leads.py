"""What stands before a name: "call me" leaves no doubt, "im" does."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from spacy.matcher import Matcher
from spacy.tokens import Doc

from actions.handoff.tokens import language

_NOT_FIRST = frozenset({"last", "sur", "family", "middle", "husband's", "wife's"})


def lead_ends(doc: Doc, certainty: str) -> Iterator[int]:
    """Yield where names may start, last first.

    Args:
        doc: the message.
        certainty: `sure` for phrases that only introduce names, `maybe` for
            those that introduce other things as well ("im nervous").
    """
    spans = _matcher()(doc, as_spans=True)
    for span in sorted(spans, key=lambda span: (-span.end, span.start)):
        before = doc[span.start - 1].lower_ if span.start else ""
        if span.label_ == certainty and before not in _NOT_FIRST:
            yield span.end


@lru_cache(maxsize=1)
def _matcher() -> Matcher:
    name = ("name", "nombre")
    matcher = Matcher(language().vocab)
    matcher.add(
        "sure",
        [
            [_one(*name), _one("is", "was", "would", "will", "should", "es"), _one("be", op="?")],
            [_one("name's", "names")],
            [_one("first"), _one(*name), _one(":", "is", op="?")],
            [_one(*name), _one(":", "-", "=", op="?")],
            [_one("call", "calls"), _one("me")],
            [_one("go", "goes"), _one("by")],
            [_one("me"), _one("llamo", "dicen", "llaman")],
            [_one("pregunte", "pregunten"), _one("por")],
            [_one("put"), _one("me", op="?"), _one("down", op="?"), _one("as", "under")],
            [_one("ask"), _one("for")],
            [_one("spelled", "spelt"), _one("like", "as", ":", op="?")],
        ],
    )
    matcher.add(
        "maybe",
        [
            [_one("i'm", "im", "its", "it's", "soy")],
            [_one("i"), _one("am")],
            [_one("it", "this"), _one("is")],
            [_one("for")],
            [_one("meant", "mean")],
        ],
    )
    return matcher


def _one(*words: str, op: str | None = None) -> dict[str, object]:
    return {"LOWER": {"IN": list(words)}} | ({"OP": op} if op else {})
