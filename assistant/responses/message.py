"""Puts a reply together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assistant.nlu.topics.follow_ups import TOPIC
from assistant.responses import additions, buttons, repeats
from assistant.responses.catalog import UTTER, Variation, names_in
from assistant.responses.choice import choose
from assistant.responses.filling import fill
from assistant.responses.last_resort import is_hard, last_resort
from assistant.responses.limits import Button, limits_of
from assistant.responses.request import Request

UNAVAILABLE = "utter_unavailable"
CLARIFY = "utter_clarify"
_OFFER_LINE = "utter_callback_line"
_OFFER = "utter_offer_callback"
# These speak of the answer before.
_FOLLOW_UP = "utter_follow_up"
# Thanks for being safe again; the danger is over.
_SAFE = "utter_crisis_safe"
# After a crisis nothing is promoted; these answer a wish for the clinic itself.
_ASKED_FOR = {"utter_visit_clinic", "utter_talk_to_person", _OFFER}
_VOICES = {"utter_faq/": "article", "utter_clinic/": "clinic", "utter_visit_clinic": "clinic"}
# Rasa's own keys of a response that go on as they are.
_RASA_KEYS = ("image", "attachment", "elements", "quick_replies")


def compose(request: Request) -> dict[str, Any]:
    """The message for a request, in the shape that Rasa makes a BotUttered event of.

    Keys beside Rasa's own (`offers`, `notes`, `passages`, `variation`) become its metadata.
    """
    fallback = request.name if is_hard(request.name) else UNAVAILABLE
    variation = _variation(request, request.name) or _variation(request, fallback)
    if variation is None:
        custom = {"voice": _voice(request.name, {}), **_about(request.name, request.is_spanish)}
        return {"text": last_resort(request.name), "custom": custom}
    return _message(request, variation)


def _variation(request: Request, name: str) -> Variation | None:
    conversation = request.conversation
    allowed = request.book.catalog.eligible(name, conversation.channel, request.slots)
    return choose(allowed, request.lookup, conversation.uses.get(name, {}))


def _message(request: Request, variation: Variation) -> dict[str, Any]:
    book, conversation = request.book, request.conversation
    text = fill(variation.text, request.lookup) or last_resort(request.name)
    worn_out = repeats.is_worn_out(request)
    offers = _offers(request, "callback" if worn_out else variation.metadata.get("offers"))
    voice = _voice(request.name, variation.metadata)
    sources = additions.sources(book, variation)
    notes = additions.safety_notes(book, variation, conversation.notes_given)
    links = additions.links(book, variation)
    answer = [text]
    if request.name.startswith("utter_faq/"):
        answer.append(additions.source_line(book, sources))
    blocks = ["\n".join(filter(None, answer)), *notes, additions.link_lines(links)]
    if worn_out:
        blocks.append(repeats.repeat_line(request))
    if offers and request.name != _OFFER:
        blocks.append(_offer_line(request))
    if not is_hard(request.name):
        blocks.append(additions.soft_line(book, conversation, " ".join(blocks)))
    own = variation.raw.get("custom")
    message = {key: variation.raw[key] for key in _RASA_KEYS if key in variation.raw}
    message |= {
        "text": repeats.not_twice(request, "\n\n".join(filter(None, blocks))),
        "buttons": _buttons(request, variation, offers),
        "custom": {
            **(own if isinstance(own, dict) else {}),
            "voice": voice,
            "sources": sources,
            "links": links,
            "notes": notes,
            **_about(request.name, request.is_spanish),
        },
        "offers": offers,
        "notes": variation.names("notes"),
        "passages": variation.names("passages"),
        "variation": variation.index,
    }
    if topic := _topic(request.name, variation):
        message[TOPIC] = topic
    return message


def _about(name: str, is_spanish: bool) -> dict[str, Any]:
    """What a client shows a response by: its name and language, and whether it is urgent."""
    about = {"utter_action": name, "language": "es" if is_spanish else "en"}
    urgent = is_hard(name) and not name.startswith(_SAFE)
    return {**about, "urgent": True} if urgent else about


def _topic(name: str, variation: Variation) -> dict[str, Any] | None:
    """What a follow-up to this answer needs to know (`AnsweredTopic`)."""
    label = name.removeprefix(UTTER)
    question = variation.metadata.get("question")
    if not ("/" in label and question) and not variation.follow_ups:
        return None
    follow_ups = {key: names_in(variation.follow_ups, key) for key in ("more", "why")}
    related = variation.names("related")
    return {"label": label, "question": question, "related": related, **follow_ups}


def _voice(name: str, metadata: Mapping[str, Any]) -> str:
    if voice := metadata.get("voice"):
        return str(voice)
    return next((v for start, v in _VOICES.items() if name.startswith(start)), "assistant")


def _offers(request: Request, offers: object) -> str | None:
    """What a "yes" will mean, where contact details may be taken and asking is fitting."""
    conversation = request.conversation
    if not offers or not conversation.is_private or conversation.in_form:
        return None
    if conversation.crisis_seen and request.name not in _ASKED_FOR:
        return None
    return str(offers)


def _offer_line(request: Request) -> str:
    wordings = request.book.catalog.variations.get(_OFFER_LINE)
    return wordings[request.conversation.offers_made % len(wordings)].text if wordings else ""


def _buttons(request: Request, variation: Variation, offers: str | None) -> list[Button]:
    catalog = request.book.catalog
    own = variation.raw.get("buttons")
    found: list[Button] = list(own) if isinstance(own, list) else []
    if request.name == CLARIFY and "choices" in variation.placeholders:
        found += buttons.choice_buttons(request.choices, variation)
    if offers:
        found += buttons.contact_button(catalog)
    found += buttons.related(catalog, _related(request, variation), request.conversation)
    return limits_of(request.conversation.channel).apply(found)


def _related(request: Request, variation: Variation) -> list[str]:
    topic = request.conversation.last_topic
    own = variation.names("related")
    return list(topic.related) if topic and request.name.startswith(_FOLLOW_UP) else own
