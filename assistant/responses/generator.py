"""Rasa's extension point for what is said: `nlg: type:` in endpoints.yml."""

from __future__ import annotations

from typing import Any

import structlog
from rasa.core.nlg.generator import NaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from assistant.responses.book import Files
from assistant.responses.catalog import catalog_of
from assistant.responses.conversation import Conversation
from assistant.responses.language import response_language
from assistant.responses.last_resort import last_resort
from assistant.responses.library import Library
from assistant.responses.message import compose
from assistant.responses.request import Request
from assistant.settings import ROOT

log = structlog.get_logger(__name__)


class ResponseGenerator(NaturalLanguageGenerator):  # type: ignore[misc]
    """Texts from domain.yml as it is on disk now, with all that content/ adds to them."""

    def __init__(
        self,
        endpoint_config: EndpointConfig | None = None,
        domain: Domain | None = None,
        files: Files | None = None,
    ) -> None:
        """Read the content.

        Args:
            endpoint_config: the `nlg` entry of endpoints.yml.
            domain: the trained model's domain, used while domain.yml cannot be read.
            files: where the content is; the project's own by default.
        """
        trained = catalog_of(domain.responses if domain else {})
        self._library = Library(files or Files.under(ROOT), trained)

    async def generate(
        self,
        utter_action: str,
        tracker: DialogueStateTracker,
        output_channel: str,
        **kwargs: Any,
    ) -> dict[str, Any]:
        """Say `utter_action`.

        Args:
            utter_action: name of a response, such as `utter_faq/safety`.
            tracker: the conversation so far.
            output_channel: name of the channel.
            **kwargs: values for placeholders, from an action.

        Returns:
            `text`, `buttons` (title and payload), `custom` (voice, sources, links), and keys that
            become the event's metadata. There is always a text; this never raises.
        """
        # The one place that catches everything: an exception here would leave a visitor, perhaps
        # one in danger, without a word.
        try:
            language = response_language(utter_action, tracker)
            request = Request(
                name=utter_action,
                book=await self._library.book(language),
                conversation=Conversation.of(tracker, output_channel, language),
                slots=tracker.current_slot_values(),
                given=kwargs,
            )
            return compose(request)
        except Exception as error:
            log.error("response.failed", response=utter_action, error=type(error).__name__)
            return {"text": last_resort(utter_action), "custom": {"voice": "assistant"}}
