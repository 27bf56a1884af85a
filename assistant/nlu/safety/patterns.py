"""The compact pattern language of the crisis rules, compiled to spaCy Matcher patterns.

A pattern is a line of tokens::

    i ..2 @want to (die|be dead|go to sleep forever) tonight?

============  ==========================================================
``word``      that word, after normalisation ("don't" is read as "do not")
``a|b``       one of these words
``(a b|c)``   one of these words or phrases
``@name``     one of the entries of the list ``name``; ``@name|word`` adds to it
``!a|b``      one token that is none of these; may be the end of a sentence
``..3``       up to three tokens of the same sentence
``#``         a number
``##``        a number of five or more
``^`` ``$``   start and end of a sentence
``x?``        x or nothing
============  ==========================================================
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from assistant.nlu.safety.normalize import expand
from assistant.nlu.safety.spelling import END, FILLERS, MANY, NAMED_NUMBERS, NUMBER, NUMBER_WORDS

_TOKEN = re.compile(r"!?\([^()]*\)\??|\S+")
_GAP = re.compile(r"\.\.(\d)")
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*|##?", re.UNICODE)
_MAX_FORMS = 1500


class PatternError(ValueError):
    """A pattern cannot be read; the message says why."""


@dataclass(frozen=True)
class Step:
    """One Matcher token: `words` (all but these when `negated`), or any word of the sentence."""

    words: frozenset[str]
    negated: bool = False
    optional: bool = False

    def as_matcher(self) -> dict[str, Any]:
        """Return the spaCy Matcher token pattern of this step."""
        if len(self.words) == 1 and not self.negated:
            spec: dict[str, Any] = {"ORTH": next(iter(self.words))}
        else:
            spec = {"ORTH": {"NOT_IN" if self.negated else "IN": sorted(self.words)}}
        return {**spec, "OP": "?"} if self.optional else spec


Form = tuple[Step, ...]
_ANY = Step(frozenset({END}), negated=True, optional=True)


def required_words(form: Form) -> tuple[frozenset[str], ...]:
    """Return the word sets of which a text must hold one each, else `form` cannot match."""
    return tuple(
        step.words
        for step in form
        if not step.negated and not step.optional and END not in step.words
    )


def compile_pattern(pattern: str, lists: Mapping[str, Sequence[str]]) -> list[Form]:
    """Return the token forms of `pattern`, one for each choice between phrases.

    Args:
        pattern: one line in the language above.
        lists: what ``@name`` stands for.

    Raises:
        PatternError: the pattern cannot be read, or has too many forms.
    """
    choices = [_choices(token, lists) for token in _TOKEN.findall(pattern)]
    total = 1
    for options in choices:
        total *= len(options)
    if total > _MAX_FORMS:
        raise PatternError(f"{total} forms are more than {_MAX_FORMS}; split {pattern!r}")
    forms = [tuple(step for steps in parts for step in steps) for parts in product(*choices)]
    for form in forms:
        if not required_words(form):
            raise PatternError(f"{pattern!r} can match without any word of its own")
    return forms


def _choices(token: str, lists: Mapping[str, Sequence[str]]) -> list[Form]:
    """Return what may stand in one place: single words share a step, each phrase is its own."""
    gap = _GAP.fullmatch(token)
    if gap:
        return [(_ANY,) * int(gap.group(1))]
    optional, negated = token.endswith("?"), token.startswith("!")
    body = token.removesuffix("?").removeprefix("!").removeprefix("(").removesuffix(")")
    phrases = list(_phrases(body, lists))
    singles = frozenset(words[0] for words in phrases if len(words) == 1)
    longer = sorted({words for words in phrases if len(words) > 1})
    if negated and longer:
        raise PatternError(f"{token!r} negates a phrase; only single words can be negated")
    options: list[Form] = []
    if singles:
        options.append((Step(singles, negated=negated, optional=optional),))
    elif optional:
        options.append(())
    options.extend(tuple(Step(frozenset({word})) for word in words) for words in longer)
    return options


def _phrases(body: str, lists: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, ...]]:
    for part in body.split("|"):
        part = part.strip()
        if part.startswith("@"):
            name = part[1:]
            if name not in lists:
                raise PatternError(f"there is no list {name!r}")
            for entry in lists[name]:
                yield from _phrases(entry, lists)
        elif part in ("^", "$"):
            yield (END,)
        elif part == NUMBER:
            yield from ((NUMBER,), (MANY,))
        else:
            yield plain_words(part)


def plain_words(phrase: str) -> tuple[str, ...]:
    """Return the words of `phrase` in normal form.

    Raises:
        PatternError: the phrase is empty, or holds a sign or a word that no rule ever sees.
    """
    words: list[str] = []
    for typed in phrase.split():
        if not _WORD.fullmatch(typed):
            raise PatternError(f"{typed!r} is not a word")
        if typed.isdigit() and typed not in NAMED_NUMBERS:
            raise PatternError(f"{typed!r}: write # for a number")
        if typed in NUMBER_WORDS:
            typed = MANY
        words.extend([typed] if typed in (NUMBER, MANY) else expand(typed.casefold()))
    unseen = sorted(FILLERS.intersection(words))
    if unseen:
        raise PatternError(f"{unseen[0]!r} is a filler: it is dropped before rules are tried")
    if not words:
        raise PatternError("an empty choice")
    return tuple(words)
