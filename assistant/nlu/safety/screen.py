"""`screen`: is the writer, or somebody they write about, in danger?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

import structlog

from assistant.nlu.safety.matching import Hit, RuleBook, across, rule_book
from assistant.nlu.safety.rules import Kind, Language, Subject
from assistant.nlu.safety.spelling import END

_log = structlog.get_logger(__name__)

CHECK_FAILED = "check-failed"
_MAX_EARLIER = 2


@dataclass(frozen=True)
class Screening:
    """The outcome for one message.

    Attributes:
        tier: HARD interrupts everything, SOFT adds one line to the answer.
        kind: None when nothing was found.
        on_purpose: in an emergency, whether intent to die was said.
        rules: the ids of all rules that hit, those of the highest tier first.
    """

    tier: Literal["HARD", "SOFT", "NONE"] = "NONE"
    kind: Kind | None = None
    subject: Subject = "self"
    language: Language = "en"
    on_purpose: bool = False
    rules: list[str] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """Return the dict that travels on a message as `safety`."""
        return asdict(self)


def screen(text: str, earlier: Sequence[str] = ()) -> Screening:
    """Screen a message by rules; the same input gives the same outcome.

    Never raises: when the check itself fails, the outcome is HARD with rules ["check-failed"],
    since a needless crisis reply costs a paragraph and a missing one may cost a life.

    Args:
        text: the message as the person typed it.
        earlier: the person's previous messages, oldest first; the last two are used.
    """
    try:
        return _screen(text, earlier[-_MAX_EARLIER:])
    except Exception as error:  # whatever broke, the person must get the crisis reply
        _log.error("safety.screen.failed", error=type(error).__name__)
        return Screening(tier="HARD", kind="crisis", rules=[CHECK_FAILED])


def _screen(text: str, earlier: Sequence[str]) -> Screening:
    book = rule_book()
    tokens = book.normalize(text).tokens
    hits = book.hits(tokens)
    if not any(hit.rule.tier == "HARD" for hit in hits):
        hits += _hits_over_sentences(book, tokens)
        hits += _hits_over_messages(book, tokens, earlier)
    return _outcome(hits)


def _hits_over_sentences(book: RuleBook, tokens: Sequence[str]) -> list[Hit]:
    """Read the text without its full stops: "I want to. Kill. Myself"."""
    words, parts = _flatten([tokens])
    return across(book.hits(words), parts) if len(set(parts)) > 1 else []


def _hits_over_messages(book: RuleBook, tokens: Sequence[str], earlier: Sequence[str]) -> list[Hit]:
    """Read the last messages as one; what lies inside one of them was judged there."""
    messages = [book.normalize(message).tokens for message in earlier if message]
    if not messages or not tokens:
        return []
    words, _ = _flatten([*messages, tokens])
    sizes = [len(_flatten([message])[0]) for message in (*messages, tokens)]
    message_of = [index for index, size in enumerate(sizes) for _ in range(size)]
    last = len(sizes) - 1
    return [hit for hit in across(book.hits(words), message_of) if message_of[hit.stop - 1] == last]


def _flatten(messages: Sequence[Sequence[str]]) -> tuple[list[str], list[int]]:
    """Return the words without sentence ends, and for each the number of its sentence."""
    words: list[str] = []
    sentence_of: list[int] = []
    sentence = 0
    for message in messages:
        for token in message:
            if token == END:
                sentence += 1
            else:
                words.append(token)
                sentence_of.append(sentence)
        sentence += 1
    return words, sentence_of


def _outcome(hits: Sequence[Hit]) -> Screening:
    hard = [hit for hit in hits if hit.rule.tier == "HARD"]
    top = hard or list(hits)
    if not top:
        return Screening()
    emergency = any(hit.rule.kind == "emergency" for hit in top)
    crisis = any(hit.rule.kind == "crisis" for hit in hard)
    ordered = [*top, *(hit for hit in hits if hit.rule.tier != top[0].rule.tier)]
    return Screening(
        tier=top[0].rule.tier,
        kind="emergency" if emergency else "crisis",
        subject=_subject(top),
        language="es" if all(hit.rule.language == "es" for hit in top) else "en",
        on_purpose=emergency and (crisis or any(hit.rule.on_purpose for hit in top)),
        rules=list(dict.fromkeys(hit.rule.id for hit in ordered)),
    )


def _subject(hits: Sequence[Hit]) -> Subject:
    """Self, unless all hits on the writer lie in what is said of another person.

    "My son says I want to die" is about the son; "my son wants to die and so do I, I want to die"
    is not, although a rule with gaps may reach over both: the tightest hits decide.
    """
    others = _tightest([hit for hit in hits if hit.rule.subject == "other"])
    selves = [hit for hit in hits if hit.rule.subject == "self"]
    told = all(any(other.contains(hit) for other in others) for hit in selves)
    return "other" if others and told else "self"


def _tightest(hits: Sequence[Hit]) -> list[Hit]:
    spans = {(hit.start, hit.stop): hit for hit in hits}
    return [
        hit
        for hit in spans.values()
        if not any(hit is not inner and hit.contains(inner) for inner in spans.values())
    ]
