"""What depends on the conversation so far, between the guard and the rules."""

from __future__ import annotations

from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe

from assistant.policies.compound_answers import answer_the_rest
from assistant.policies.follow_ups import follow_up
from assistant.policies.form_interruptions import answer_question, leave_on_request
from assistant.policies.languages import remember_language
from assistant.policies.no_words import no_words, other_languages
from assistant.policies.offers import accept_offer, miss
from assistant.policies.privacy_requests import privacy_requests
from assistant.policies.step import StepPolicy
from assistant.policies.topic_memory import remember_topic


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=False
)
class ContextPolicy(StepPolicy):
    """Follow-ups, offers, misses, compound questions, and what may interrupt the contact form."""

    steps = (
        no_words,
        other_languages,
        privacy_requests,
        leave_on_request,
        answer_question,
        follow_up,
        accept_offer,
        miss,
        answer_the_rest,
    )

    notes = (remember_topic, remember_language)

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Below the guard, above Rasa's rules (priority 6)."""
        return {"priority": 8}
