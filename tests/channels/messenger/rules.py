"""What Graph refuses, by Meta's reference of the Send and the Messenger Profile API."""

from __future__ import annotations

import re
from typing import Any

GraphError = dict[str, Any]

_MESSAGE_FIELDS = {"recipient", "messaging_type", "message"}
_ACTION_FIELDS = {"recipient", "sender_action"}
_ACTIONS = {"mark_seen", "typing_on", "typing_off"}
_LOCALE = re.compile(r"default|[a-z]{2}_[A-Z]{2}")


def error(code: int, message: str, subcode: int | None = None) -> GraphError:
    told: GraphError = {"message": message, "type": "OAuthException", "code": code}
    if subcode:
        told["error_subcode"] = subcode
    return {**told, "fbtrace_id": "A1b2C3"}


def length(text: str) -> int:
    """Characters as JavaScript, and Meta, count them."""
    return len(text.encode("utf-16-le")) // 2


def problem_with_send(fields: dict[str, Any]) -> str | None:
    """Return what is wrong with a call of me/messages; None if nothing is."""
    if not isinstance(fields.get("recipient"), dict) or set(fields["recipient"]) != {"id"}:
        return "recipient must be {id}"
    if set(fields) == _ACTION_FIELDS:
        return None if fields["sender_action"] in _ACTIONS else "unknown sender_action"
    if set(fields) != _MESSAGE_FIELDS:
        return f"fields {sorted(fields)}"
    if fields["messaging_type"] != "RESPONSE":
        return "messaging_type"
    message = fields["message"]
    if not set(message) <= {"text", "quick_replies"}:
        return f"message fields {sorted(message)}"
    if not length(message.get("text", "").strip()) >= 1 or length(message["text"]) > 2_000:
        return "message[text] must have 1 to 2000 characters"
    if "quick_replies" in message:
        return _problem_with_quick_replies(message["quick_replies"])
    return None


def _problem_with_quick_replies(replies: list[dict[str, Any]]) -> str | None:
    if not 1 <= len(replies) <= 13:
        return f"{len(replies)} quick replies"
    for reply in replies:
        if set(reply) != {"content_type", "title", "payload"} or reply["content_type"] != "text":
            return f"quick reply fields {sorted(reply)}"
        if not 1 <= length(reply["title"]) <= 20:
            return f"quick reply title of {length(reply['title'])}"
        if not 1 <= length(reply["payload"]) <= 1_000:
            return f"quick reply payload of {length(reply['payload'])}"
    if len({reply["title"] for reply in replies}) < len(replies):
        return "two quick replies look the same"
    return None


def problem_with_profile(fields: dict[str, Any]) -> str | None:
    """Return what is wrong with a call of me/messenger_profile; None if nothing is."""
    if set(fields) != {"get_started", "greeting", "persistent_menu"}:
        return f"fields {sorted(fields)}"
    if not 1 <= length(fields["get_started"]["payload"]) <= 1_000:
        return "get_started payload"
    for name in ("greeting", "persistent_menu"):
        locales = [each["locale"] for each in fields[name]]
        known = all(_LOCALE.fullmatch(locale) for locale in locales)
        if not known or "default" not in locales or len(set(locales)) < len(locales):
            return f"{name} locales {locales}"
    if any(not 1 <= length(each["text"]) <= 160 for each in fields["greeting"]):
        return "greeting text"
    return _problem_with_menus(fields["persistent_menu"])


def _problem_with_menus(menus: list[dict[str, Any]]) -> str | None:
    for item in (item for menu in menus for item in menu["call_to_actions"]):
        if set(item) != {"type", "title", "payload"} or item["type"] != "postback":
            return f"menu item fields {sorted(item)}"
        if not (1 <= length(item["title"]) <= 30 and 1 <= length(item["payload"]) <= 1_000):
            return f"menu item {item['title']}"
    return None
