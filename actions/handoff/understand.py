"""Reads one message of the contact form: a pure function, fields in any order."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Any

from actions.contact_requests.draft import Draft
from actions.handoff.age import under_18
from actions.handoff.emails import EmailFound, find_emails, join_spoken_emails
from actions.handoff.names import NameFound, find_name
from actions.handoff.phones import PhoneFound, find_broken_phones, find_phones, join_spoken_digits
from actions.handoff.questions import asks, offers_time
from actions.handoff.replies import means
from actions.handoff.times import TimeFound, find_time
from actions.handoff.tokens import tokens
from actions.handoff.understood import Understood
from actions.handoff.wishes import field_to_change, has_no_email, has_no_phone
from assistant.slots import ContactSlot

MAX_CHARACTERS = 1000
_GAP = " ; "
_INVISIBLE = re.compile(r"[\u200b-\u200f\u2060\ufeff]")
_PLAIN_SIGNS = str.maketrans(
    {"\u2018": "'", "\u2019": "'", "`": "'", "\u2013": "-", "\u2014": "-", "\u2011": "-"}
)


def understand(
    text: str, asked: ContactSlot | None, draft: Draft | None = None, region: str = "US"
) -> Understood:
    """Read everything the form can use from one message.

    Args:
        text: the message as it came; what is longer than 1,000 characters is cut.
        asked: what the form has just asked for; None before its first question.
        draft: the answers so far; they tell a correction from a first answer.
        region: where a number without country code is taken to be (ISO 3166).

    Returns:
        What was found. Nothing is kept but names, numbers, addresses and time
        words; whatever else the message tells is dropped.
    """
    text, spoken = _normalised(text)
    if means(text, "stop"):
        return Understood(wants_to_stop=True)
    emails = find_emails(text)
    rest = _without(text, (email.raw for email in emails))
    phones = find_phones(rest, region)
    rest = _without(rest, (phone.raw for phone in phones))
    question = asks(rest)
    time = _time(rest, asked, question)
    rest = _without(rest, time.raws if time else ())
    phones += find_broken_phones(rest, region, at_least=5 if asked == "contact" else 7)
    rest = _without(rest, (phone.raw for phone in phones))
    corrects = bool(draft and draft.first_name) and asked != "first_name"
    name = find_name(tokens(rest), asked == "first_name" and not question, corrects)
    values: dict[str, Any] = {
        "first_name": name.first_name if name else None,
        "preferred_time": time.phrase if time else None,
        **_reachable(phones, emails),
    }
    return Understood(
        **values,
        **({} if any(values.values()) else _reply(text, asked)),
        under_18=under_18(text),
        is_question=question,
        private_words=_private(name, phones, emails, spoken),
    )


def _normalised(text: str) -> tuple[str, list[str]]:
    """Return the text in plain signs, and its pieces that spelled something out."""
    text = unicodedata.normalize("NFKC", text[:MAX_CHARACTERS])
    text = " ".join(_INVISIBLE.sub("", text).translate(_PLAIN_SIGNS).split())
    text, addresses = join_spoken_emails(text)
    text, numbers = join_spoken_digits(text)
    return text, [*addresses, *numbers]


def _without(text: str, pieces: Iterable[str]) -> str:
    for piece in pieces:
        text = text.replace(piece, _GAP, 1)
    return text


def _time(text: str, asked: ContactSlot | None, question: bool) -> TimeFound | None:
    """Find a time; in a question only when it offers one ("is monday ok?")."""
    if question and not (asked == "preferred_time" and offers_time(text)):
        return None
    return find_time(tokens(text), asked == "preferred_time")


def _reachable(phones: list[PhoneFound], emails: list[EmailFound]) -> dict[str, str | None]:
    """Return the last number and address, or what is wrong when none can be used."""
    phone = next((found.number for found in reversed(phones) if found.number), None)
    email = next((found.address for found in reversed(emails) if found.address), None)
    problems = [found.problem for found in phones if found.problem]
    problems += [found.problem for found in emails if found.problem]
    invalid = problems[-1] if problems and not (phone or email) else None
    return {"phone": phone, "email": email, "invalid": invalid}


def _reply(text: str, asked: ContactSlot | None) -> dict[str, Any]:
    """Read a message that gives no value: yes, no, "no phone", "change the time"."""
    change = field_to_change(text, at_summary=asked == "confirmed")
    if change and not (change == "contact" and asked == "contact"):
        return {"change": change}
    reach = {"no_phone": has_no_phone(text), "no_email": has_no_email(text)}
    if asked in ("contact", "confirmed") and any(reach.values()):
        return reach
    if asked == "confirmed":
        return {"confirmed": True if means(text, "yes") else False if means(text, "no") else None}
    return {"declined": asked is not None and means(text, "declines")}


def _private(
    name: NameFound | None,
    phones: list[PhoneFound],
    emails: list[EmailFound],
    spoken: list[str],
) -> tuple[str, ...]:
    """Return the personal words as typed, and as replies will write them."""
    words = [*(name.raws if name else ()), *(email.raw for email in emails), *spoken]
    words += [word for phone in phones for word in (phone.raw.strip(), phone.number) if word]
    curly = [word.replace("'", "\u2019") for word in words if "'" in word]
    return tuple(dict.fromkeys([*words, *curly]))
