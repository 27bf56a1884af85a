"""Words for when domain.yml itself cannot be used. Safety replies must not depend on a file."""

from __future__ import annotations

_CRISIS = (
    "Thank you for telling me. I'm an automated assistant, not a person, so please talk with "
    "someone now. Call or text 988, or chat at 988lifeline.org. En español: call 988 and press "
    "2, or text AYUDA to 988. You can also text HOME to 741741. If you're in danger or have "
    "taken something, call 911 or go to the nearest emergency room. Stay near someone you "
    "trust. Outside the US: findahelpline.com."
)
_CRISIS_ES = (
    "Gracias por decírmelo. Soy un asistente automático, no una persona; por favor, hable con "
    "alguien ahora mismo. Llame al 988 y oprima el 2, o envíe AYUDA al 988 (988lifeline.org). "
    "También puede enviar HOME al 741741. Si está en peligro o ha tomado algo, llame al 911 o "
    "vaya a la sala de emergencias más cercana. Quédese cerca de alguien de confianza. Fuera de"
    " Estados Unidos: findahelpline.com."
)
_EMERGENCY = (
    "This may be an emergency. Please call 911 now. I'm an automated assistant, not a person, "
    "and I can't send help. If something was taken: Poison Control, 1-800-222-1222. If it was "
    "on purpose, also call or text 988."
)
_EMERGENCY_ES = (
    "Esto puede ser una emergencia. Llame al 911 ahora. Soy un asistente automático, no una "
    "persona, y no puedo enviar ayuda. Si se tomó algo: Centro de Control de Envenenamiento, "
    "1-800-222-1222. Si fue a propósito, llame también al 988 y oprima el 2."
)
_UNAVAILABLE = (
    "I'm sorry, something went wrong on my side. Please try again in a little while, or drop by"
    " the clinic."
)
_SOFT = "If any of this is about you or someone close right now: call or text 988, any time."
HARD = ("utter_crisis", "utter_emergency")


def is_hard(name: str) -> bool:
    """Whether a response is a reply to a person in danger."""
    return name.startswith(HARD)


def last_resort(name: str) -> str:
    """A text that fits any response name."""
    spanish = name.endswith("_es")
    if name.startswith("utter_crisis"):
        return _CRISIS_ES if spanish else _CRISIS
    if name.startswith("utter_emergency"):
        return _EMERGENCY_ES if spanish else _EMERGENCY
    return _SOFT if name == "utter_soft_line" else _UNAVAILABLE
