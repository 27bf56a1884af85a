"""Writes proposals as entries for data/nlu.yml."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from evaluation.grouping import key_of
from evaluation.proposals import Proposal, Wording

_WORDINGS = 5  # of one group; nearly the same text many times teaches nothing


def as_yaml(proposals: Sequence[Proposal], taken: Mapping[str, str]) -> str:
    """Return an entry for each proposed intent, most frequent first, counts in comments.

    Args:
        proposals: from `propose`.
        taken: by `key_of` the texts that may not become examples, and why.
    """
    by_label: dict[str, list[Proposal]] = defaultdict(list)
    for proposal in proposals:
        by_label[proposal.label].append(proposal)
    entries = sorted(by_label.items(), key=lambda entry: -sum(p.times for p in entry[1]))
    return "\n".join("\n".join(_entry(label, own, taken)) + "\n" for label, own in entries)


def _entry(label: str, own: Sequence[Proposal], taken: Mapping[str, str]) -> Iterator[str]:
    examples = []
    for proposal in own:
        first = proposal.wordings[0].text
        yield f"  # {_times(proposal.times)} ({_counts(proposal.answered)}): {first}"
        for wording in proposal.wordings[:_WORDINGS]:
            reason = _reason_against(wording, taken)
            if reason:
                yield f"  #   not below, {reason}: {wording.text}"
            else:
                examples.append(f"      - {wording.text}")
    if examples:
        yield f"  - intent: {label}"
        yield "    examples: |"
        yield from examples


def _reason_against(wording: Wording, taken: Mapping[str, str]) -> str | None:
    # Rasa reads brackets as an entity; redaction leaves [phone] and the like.
    if "[" in wording.text:
        return "has brackets, word it anew"
    return taken.get(key_of(wording.text))


def _times(number: int) -> str:
    return "once" if number == 1 else f"{number} times"


def _counts(answered: Counter[str]) -> str:
    return ", ".join(f"{name} {times}" for name, times in answered.most_common())
