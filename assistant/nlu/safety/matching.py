"""Finds the spans of normalised text that the crisis rules hit."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import spacy
from spacy.matcher import Matcher, PhraseMatcher
from spacy.tokens import Doc
from spacy.vocab import Vocab

from assistant.nlu.safety.normalize import Normalized, Normalizer
from assistant.nlu.safety.patterns import Form, Step, required_words
from assistant.nlu.safety.rules import Excuse, Rule, Rules, load_rules
from assistant.nlu.safety.spelling import END, MANY, NUMBER

_UNKNOWN = "_"
_SIGNS = frozenset({END, NUMBER, MANY})


@dataclass(frozen=True)
class Hit:
    """A rule's match: tokens `start` to `stop` of the text it was found in."""

    rule: Rule
    start: int
    stop: int

    def contains(self, other: Hit) -> bool:
        """Tell whether `other` lies inside this hit."""
        return self.start <= other.start and other.stop <= self.stop


class _Forms:
    """Matchers by name, of which only those run that have all their words in the text.

    Most messages hold none of the rules' combinations and never reach spaCy at all.
    """

    def __init__(self, vocab: Vocab, named: dict[str, list[Form]]) -> None:
        self._matchers: dict[str, Matcher] = {}
        self._index: dict[str, list[tuple[str, tuple[frozenset[str], ...]]]] = defaultdict(list)
        needs = {name: {required_words(form) for form in forms} for name, forms in named.items()}
        common = Counter(
            word for sets in needs.values() for need in sets for words in need for word in words
        )
        # Forms share most of their steps.
        token_of = lru_cache(maxsize=None)(Step.as_matcher)
        for name, forms in named.items():
            if not forms:
                continue
            matcher = Matcher(vocab, validate=False)
            matcher.add(name, [[token_of(step) for step in form] for form in forms])
            self._matchers[name] = matcher
            for need in needs[name]:
                rarest = min(need, key=lambda words: sum(common[word] for word in words))
                for word in rarest:
                    self._index[word].append((name, need))

    def possible(self, words: frozenset[str]) -> list[str]:
        """Return the names that may match a text of these words."""
        found: dict[str, None] = {}
        for word in words:
            for name, need in self._index.get(word, ()):
                if name not in found and not any(words.isdisjoint(part) for part in need):
                    found[name] = None
        return sorted(found)

    def spans(self, name: str, doc: Doc) -> list[tuple[int, int]]:
        """Return the (start, stop) of every match of `name`."""
        return [(start, stop) for _, start, stop in self._matchers[name](doc)]


class RuleBook:
    """The compiled rules.

    Args:
        rules: what was read from the rule files.
    """

    def __init__(self, rules: Rules) -> None:
        self.rules = {rule.id: rule for rule in rules.rules}
        lexicon = rules.lexicon()
        self._normalizer = Normalizer(lexicon - _SIGNS, rules.sensitive)
        self._known = lexicon | _SIGNS
        self._vocab = spacy.blank("en").vocab
        self._forms = _Forms(self._vocab, rules.forms)
        self._excuses = rules.excuses
        self._excuse_forms = _Forms(self._vocab, rules.excuse_forms)
        self._phrases = PhraseMatcher(self._vocab, attr="ORTH")
        for rule_id, phrases in rules.phrases.items():
            if phrases:
                self._phrases.add(
                    rule_id, [Doc(self._vocab, words=list(words)) for words in phrases]
                )

    def normalize(self, text: str) -> Normalized:
        """Return `text` in the words of the rules."""
        return self._normalizer(text)

    def hits(self, tokens: Sequence[str]) -> list[Hit]:
        """Return every hit in `tokens` that no exception cancels; indexes are those of `tokens`.

        A word that no rule uses is replaced before spaCy sees it, so that what people write
        neither stays in spaCy's string store nor makes it grow.
        """
        words = [END, *(t if t in self._known else _UNKNOWN for t in tokens), END]
        present = frozenset(words)
        names = self._forms.possible(present)
        doc = Doc(self._vocab, words=words)
        found = [
            Hit(self.rules[name], start, stop)
            for name in names
            for start, stop in self._forms.spans(name, doc)
        ]
        found += [
            Hit(self.rules[self._vocab.strings[key]], start, stop)
            for key, start, stop in self._phrases(doc)
        ]
        excused = {
            name: self._excuse_forms.spans(name, doc)
            for name in self._excuse_forms.possible(present)
            if any(name in hit.rule.excuses for hit in found)
        }
        return [
            Hit(hit.rule, max(hit.start - 1, 0), min(hit.stop - 1, len(tokens)))
            for hit in found
            if not self._excused(hit, words, excused)
        ]

    def _excused(
        self, hit: Hit, words: list[str], excused: dict[str, list[tuple[int, int]]]
    ) -> bool:
        return any(
            _cancels(self._excuses[name], span, hit, words)
            for name in hit.rule.excuses
            for span in excused.get(name, ())
        )


def _cancels(excuse: Excuse, span: tuple[int, int], hit: Hit, words: list[str]) -> bool:
    start, stop = span
    if excuse.not_with and _sentence(hit, words).intersection(excuse.not_with):
        return False
    if start < hit.stop and hit.start < stop:
        return True
    if excuse.within is None:
        return False
    if stop <= hit.start:
        between, side = words[stop : hit.start], "before"
    else:
        between, side = words[hit.stop : start], "after"
    fits = len(between) <= excuse.within and END not in between
    return fits and excuse.side in (side, "both")


def _sentence(hit: Hit, words: list[str]) -> set[str]:
    start, stop = hit.start, hit.stop
    while start > 0 and words[start - 1] != END:
        start -= 1
    while stop < len(words) and words[stop] != END:
        stop += 1
    return set(words[start:stop])


def across(hits: Iterable[Hit], parts: Sequence[int]) -> list[Hit]:
    """Return the hits that reach over more than one part; `parts` gives each token's part."""
    return [hit for hit in hits if parts[hit.start] != parts[hit.stop - 1]]


@lru_cache(maxsize=1)
def rule_book() -> RuleBook:
    """Return the project's rules, compiled once."""
    return RuleBook(load_rules())
