"""spaCy's English tokenizer as Rasa's language model, without statistical parts."""

from __future__ import annotations

import spacy
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.utils.spacy_utils import SpacyModel, SpacyNLP
from spacy.language import Language


@DefaultV1Recipe.register(
    [
        DefaultV1Recipe.ComponentType.MODEL_LOADER,
        DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER,
    ],
    is_trainable=False,
    model_from="SpacyLanguage",
)
class SpacyLanguage(SpacyNLP):
    """Provides `spacy.blank(model)`: tokens in microseconds, no package to download.

    Tagger, parser and entity recogniser cost milliseconds a message and are
    loaded only where they are used, in the handoff form.
    """

    @staticmethod
    def load_model(spacy_model_name: str) -> SpacyModel:
        """Create the blank pipeline of a language code such as `en`."""
        return SpacyModel(model=spacy.blank(spacy_model_name), model_name=spacy_model_name)

    @staticmethod
    def ensure_proper_language_model(nlp: Language | None) -> None:
        """A blank pipeline has no path on disk, which Rasa's check asks for."""
