"""How a visitor would rather be reached, and which answer they call wrong."""

from __future__ import annotations

import re

from actions.handoff.tokens import plain
from assistant.slots import ContactSlot

_LACKS = (
    r"(?:no|not|dont|do not|doesnt|without|wont|cant|cannot|havent|lost|broke|broken|never|hate"
    r"|isnt|dead|sin|perd[ií])"
)
_PHONE = (
    r"(?:phones?|cells?|mobile|number|landline|calls?|calling|telephone"
    r"|tel[eé]fono|celular|n[uú]mero|llamadas?)"
)
_EMAIL = r"(?:e ?mails?|mail|email address|correos?(?: electr[oó]nico)?)"
_RATHER = r"(?:prefer|rather|only(?: have)?|just|by|via|through|prefiero|mejor|solo|por)"
_INSTEAD = r"(?: (?:is|works)? ?(?:better|best|fine|ok|instead|please|only))?"

_NO_PHONE = re.compile(
    rf"\b{_LACKS} (?:\w+ ){{0,4}}?{_PHONE}\b"
    rf"|\b{_RATHER} (?:\w+ )?{_EMAIL}\b|^(?:my )?{_EMAIL}{_INSTEAD}$"
    rf"|\b{_EMAIL} (?:me|is better|instead|would be better)\b"
    rf"|\b{_PHONE} (?:is|got|was) (?:\w+ )?(?:broken|dead|lost|stolen|off|cut off|disconnected)\b"
)
_NO_EMAIL = re.compile(
    rf"\b{_LACKS} (?:\w+ ){{0,4}}?{_EMAIL}\b"
    rf"|\b{_RATHER} (?:\w+ )?{_PHONE}\b|^(?:my )?(?:{_PHONE}|texts?|texting){_INSTEAD}$"
    r"|\b(?:call|text) me(?: instead)?$"
)

_WRONG = (
    r"(?:change|fix|wrong|different|update|edit|old|mistake|typo|incorrect|not right|isnt right"
    r"|not mine|misspelled|redo|another"
    r"|cambi(?:ar|a|e|o)|correg?[ií]r|mal|equivocad[oa]|incorrect[oa]|otr[oa]"
    r"|no es correct[oa]|no est[aá] bien)"
)
_FIELDS: tuple[tuple[ContactSlot, str], ...] = (
    ("contact", rf"(?:{_PHONE}|{_EMAIL}|contact|digits)"),
    ("preferred_time", r"(?:times?|day|when|hours?|hora|horario|d[ií]a)"),
    ("first_name", r"(?:name|spelling|spelled|nombre)"),
)
_CALLED_WRONG = [
    (slot, re.compile(rf"\b{_WRONG}\b.{{0,20}}\b{word}\b|\b{word}\b.{{0,20}}\b{_WRONG}\b"))
    for slot, word in _FIELDS
]
_LEADS = r"(?:the|my|its|just|change|el|la|mi|cambiar)"
_BARE = [
    (slot, re.compile(rf"(?:no )?(?:{_LEADS} )*{word}(?: please| por favor)?"))
    for slot, word in _FIELDS
]


def has_no_phone(text: str) -> bool:
    """Tell whether the visitor has no phone or would rather be written to."""
    return bool(_NO_PHONE.search(plain(text)))


def has_no_email(text: str) -> bool:
    """Tell whether the visitor has no e-mail or would rather be called."""
    return bool(_NO_EMAIL.search(plain(text)))


def field_to_change(text: str, at_summary: bool) -> ContactSlot | None:
    """Return the answer a visitor calls wrong; at the summary its bare name will do."""
    words = plain(text)
    for slot, pattern in _CALLED_WRONG:
        if pattern.search(words):
            return slot
    if at_summary:
        return next((slot for slot, bare in _BARE if bare.fullmatch(words)), None)
    return None
