"""Answers in the shape that Rasa's web clients understand."""

from __future__ import annotations

from typing import Any

_OURS = ("id", "custom")


def bot_uttered(message_id: str, answer: dict[str, Any]) -> dict[str, Any]:
    """Return the payload of a `bot_uttered` event.

    Args:
        message_id: the same whenever this answer is sent again.
        answer: `text`, and perhaps `buttons`, `custom`, `image` and `attachment`.
    """
    payload = {key: answer[key] for key in ("image", "attachment") if key in answer}
    return payload | {
        "id": message_id,
        "text": answer.get("text", ""),
        "quick_replies": [
            {"content_type": "text", "title": button["title"], "payload": button["payload"]}
            for button in answer.get("buttons") or ()
        ],
        "custom": answer.get("custom") or {"voice": "assistant"},
    }


def for_stock_clients(payload: dict[str, Any]) -> dict[str, Any]:
    """Return what Rasa's own channel would send: rasa-webchat shows nothing with other keys."""
    return {key: value for key, value in payload.items() if key not in _OURS and value}


def answer_id(message_id: str | None, index: int) -> str:
    """Return the id of the answer number `index` to a visitor's message."""
    return f"{message_id}.{index}"


def message_id_of(answer: str) -> str:
    """Return the id of the message that an answer id belongs to."""
    return answer.rpartition(".")[0]
