"""The safety gate: finds messages of people in danger, before anything else is said."""

from assistant.nlu.safety.screen import Screening, screen

__all__ = ["Screening", "screen"]
