"""Which wording of a response is given next; never by chance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.responses.catalog import Variation
from assistant.responses.filling import Lookup, is_usable


def choose(
    variations: Sequence[Variation], lookup: Lookup, uses: Mapping[int, int]
) -> Variation | None:
    """Take the first wording that this conversation has had least often.

    Among the usable ones, a wording that needs more facts goes before those that manage with
    fewer: a text without the address is only for a clinic whose address is not known.

    Args:
        variations: the wordings that Rasa's channel and condition keys allow.
        lookup: values of placeholders.
        uses: how often each wording, by index, was given in this conversation.
    """
    usable = [one for one in variations if is_usable(one, lookup)]
    richest = [one for one in usable if not any(one.needs < other.needs for other in usable)]
    # With none usable the first is given without the sentences that cannot be filled.
    candidates = richest or list(variations[:1])
    if not candidates:
        return None
    return min(candidates, key=lambda one: (uses.get(one.index, 0), one.index))
