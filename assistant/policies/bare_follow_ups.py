"""Messages that mean something only after an answer: "why", "tell me more", "says who"."""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache

from assistant.nlu.topics.spelling import Spelling, encoder_words


class FollowUp(Enum):
    """What a bare follow-up wants."""

    MORE = "more"
    WHY = "why"
    SOURCE = "source"
    AGAIN = "again"
    """The same in other words."""


_MOST_WORDS = 9
_BEFORE = re.compile(
    r"(?:ok|okay|k|and|but|so|well|hm+|um+|uh|oh|ah|wait|yes|yeah|yep|hey|please|pls|plz|sorry"
    r"|now|then|cool|great|thanks|thank you|thx|interesting|i see|right|alright|got it|just)\s+"
)
_AFTER = re.compile(
    r"\s+(?:please|pls|plz|tho|though|then|exactly|really|again|thanks|thank you|thx|ok|okay"
    r"|if you can|(?:about|on) (?:it|that|this|them|these|those)(?: one| topic| part)?)"
)
_IT = r"(?:it|that|this|them|these|those)"
_INFO = r"(?:info|infos|information|detail|details|facts|stuff)"
_BIT = r"(?:(?:a )?(?:bit|little)|some|any|lots)"
_CAN_YOU = r"(?:(?:can|could|would|will) (?:you|u) )?(?:please |pls |plz )?"
_I_WANT = r"(?:(?:i|id|ill|i would|can i|could i|may i)(?: \w+){0,2} (?:to )?)?"
_MORE = (
    rf"{_CAN_YOU}(?:tell|give|show|teach) me (?:{_BIT} )?(?:more|{_INFO})(?: {_INFO})?",
    rf"{_I_WANT}(?:say|hear|know|learn|read|get|have|find out) (?:{_BIT} )?more(?: {_INFO})?",
    rf"{_CAN_YOU}(?:say|explain|talk) (?:{_BIT} )?more",
    rf"(?:{_BIT} )?(?:more|further)(?: {_INFO})?(?: would be (?:nice|good|great|helpful))?",
    r"go on|carry on|continue|keep (?:going|talking)|proceed|go ahead|keep it coming",
    rf"{_CAN_YOU}(?:elaborate|expand|explain)(?: {_IT})?(?: (?:further|more|in more detail))?",
    rf"{_CAN_YOU}(?:go|get) (?:in ?to|deeper)(?: (?:more |further )?{_INFO})?",
    rf"(?:is|are) (?:there|{_IT}) (?:any(?:thing)? )?(?:more|else)",
    rf"(?:is )?{_IT}s? (?:all|it|everything|the whole story)(?: you (?:have|know|got))?",
    r"thats (?:it|all)(?: you (?:have|know|got))?",
    r"(?:anything|what|something) (?:else|more)(?: (?:do you|you) (?:know|have))?",
    r"and|and then|in more detail|details",
)
_POINTING = (
    r"(?:is|isnt|are|arent|was|wasnt|were|would|wouldnt|will|wont|be|has|does|doesnt|do|dont|did"
    r"|didnt|can|cant|cannot|could|couldnt|should|not|you|u|know|say|tell me|it|its|that|thats"
    r"|this|they|them|those|these|there|so(?: \w+)?|the case|happen|happening|matter|work|clear"
    r"|like|exactly|though|tho|even)"
)
_WHY = (
    rf"(?:why|y|whys|wy|how come|how so)(?: {_POINTING})*",
    r"(?:what (?:is|was) the|for what|the|any|is there a) reason(?: (?:for|behind) \w+)?",
    rf"(?:any idea|do you know|tell me|can you tell me|{_CAN_YOU}explain|i wonder|wonder) why"
    rf"(?: {_POINTING})*",
    rf"what makes (?:it|that|this|them)(?: {_POINTING})*",
)
_SOURCE = (
    r"(?:are |r )?(?:you|u) (?:really |very |100 )?(?:sure|certain|positive)(?: (?:of|about) \w+)?",
    r"really|rly|for real|seriously|srsly|sure about that",
    rf"is {_IT} (?:really )?(?:true|right|correct|so|accurate|reliable|a fact)",
    r"(?:says|according to) (?:who|whom|what)|who (?:says|said)(?: so| that| it)?|based on what",
    r"(?:(?:what|where) (?:is|are) )?(?:(?:your|the|any) )?"
    r"(?:sources?|references?|citations?)",
    rf"(?:where|how) (?:did|do|would|can) (?:you|u) (?:get|know|have|find)(?: {_IT})?"
    r"(?: (?:from|info|information))?",
    rf"where (?:is|does|did) {_IT} (?:come )?from|{_CAN_YOU}(?:prove it|back {_IT} up)",
    rf"(?:can|should) i (?:trust|believe) (?:{_IT}|you)|cite your sources?|says the article",
)
_AGAIN = (
    rf"what (?:do|did) (?:you|u) mean(?: by {_IT})?|what does {_IT} mean|meaning|what|wdym|huh",
    rf"come again|pardon|{_CAN_YOU}(?:say|repeat|rephrase|simplify|reword)(?: {_IT})?(?: again)?",
    rf"(?:i )?(?:dont|do not|didnt|cant) (?:get|understand|follow)(?: {_IT}| what you mean)?",
    rf"im (?:lost|confused)|{_CAN_YOU}(?:say|put|explain) {_IT} (?:more )?"
    r"(?:simply|differently|another way|in (?:plain|simple|simpler|other|normal) \w+)",
    r"in (?:plain|simple|simpler|other|normal|layman|laymans) (?:english|words|terms)|eli5|simpler",
)
_PATTERNS = {
    kind: re.compile("|".join(f"(?:{pattern})" for pattern in patterns))
    for kind, patterns in (
        (FollowUp.WHY, _WHY),
        (FollowUp.SOURCE, _SOURCE),
        (FollowUp.AGAIN, _AGAIN),
        (FollowUp.MORE, _MORE),
    )
}
# These agree to an offer as well as they ask to go on.
_OR_YES = re.compile(r"go on|continue|proceed|go ahead|why not|y")
# These ask nothing by themselves; "why does it work" does.
_EMPTY = re.compile(r"why|y|whys|wy|how come|how so|why not")
# Look like one, and are a cry, a yes, or the end.
_OTHER = re.compile(r"(?:but )?why me|uh huh|say no more|no more")


def bare_follow_up(text: str) -> FollowUp | None:
    """Return what the whole message wants, if it is nothing but a follow-up."""
    words = _words(text)
    if not words or len(words.split()) > _MOST_WORDS or _OTHER.fullmatch(words):
        return None
    return next((kind for form in _forms(words) if (kind := _kind(form))), None)


def may_be_yes(text: str) -> bool:
    """Tell whether a follow-up agrees to what was just offered: "go ahead"."""
    return any(_OR_YES.fullmatch(form) for form in _forms(_words(text)))


def asks_nothing_alone(text: str) -> bool:
    """Tell whether a follow-up is nothing without an answer before it: "but why?"."""
    return any(_EMPTY.fullmatch(form) for form in _forms(_words(text)))


def _kind(words: str) -> FollowUp | None:
    return next((kind for kind, one in _PATTERNS.items() if one.fullmatch(words)), None)


def _words(text: str) -> str:
    plain = re.sub(r"['\u2019]", "", text.casefold())
    return _spelling().correct(" ".join(re.findall(r"\w+", plain)))


def _forms(words: str) -> list[str]:
    """The words as they are, and without the polite or connecting ones around them."""
    forms = [words]
    for form in forms:
        if match := _BEFORE.match(form):
            forms.append(form[match.end() :])
        if match := next((m for m in _AFTER.finditer(form) if m.end() == len(form)), None):
            forms.append(form[: match.start()])
    return list(dict.fromkeys(forms))


@lru_cache(maxsize=1)
def _spelling() -> Spelling:
    """Corrects to the words of the patterns; words that exist are left alone."""
    written = " ".join(pattern.pattern for pattern in _PATTERNS.values())
    vocabulary = " ".join(re.findall(r"[a-z]{4,}", written))
    return Spelling([vocabulary, vocabulary], encoder_words())
