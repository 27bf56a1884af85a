"""The guard, above every other policy."""

from __future__ import annotations

from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe

from assistant.policies.never_silent import never_silent
from assistant.policies.safety_first import safety_first
from assistant.policies.step import StepPolicy


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=False
)
class GuardPolicy(StepPolicy):
    """Safety first, never silent."""

    steps = (safety_first, never_silent)

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Rasa's rules have priority 6."""
        return {"priority": 9}
