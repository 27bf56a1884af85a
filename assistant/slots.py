"""Names of domain.yml that policies, stores, responses and actions share."""

from __future__ import annotations

from typing import Literal

CONTACT_FORM = "contact_form"
ContactSlot = Literal["first_name", "contact", "preferred_time", "confirmed"]
CONTACT_SLOTS: tuple[ContactSlot, ...] = ("first_name", "contact", "preferred_time", "confirmed")
"""What the contact form asks for, in this order."""

CRISIS_SEEN = "crisis_seen"
FORGET_ME = "forget_me"
HANDOFF_TOPIC = "handoff_topic"
PRIVATE_WORDS = "private_words"
UNDER_18 = "under_18"
