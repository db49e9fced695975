"""What the bot says for a response, in the shopper's language.

Rasa's own choice would let a variation without conditions stand beside those of a language, and draw lots.
"""

from __future__ import annotations

import re
from typing import Any

import numpy as np
from rasa.core.nlg.response import TemplatedNaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from bot.engine.variations import LANGUAGE, closest


class LanguageFirst(TemplatedNaturalLanguageGenerator):
    """``nlg: {type: bot.engine.responses.LanguageFirst}`` in ``endpoints.yml``."""

    def __init__(self, endpoint_config: EndpointConfig | None = None, domain: Domain | None = None) -> None:
        super().__init__(domain.responses if domain else {})
        self._dice = np.random.default_rng()

    async def generate(
        self, utter_action: str, tracker: DialogueStateTracker, output_channel: str, **kwargs: Any
    ) -> dict[str, Any] | None:
        """As Rasa's; a ``language`` among the values that an action gives goes before the slot."""
        slots = tracker.current_slot_values()
        if kwargs.get(LANGUAGE):
            slots = {**slots, LANGUAGE: kwargs[LANGUAGE]}
        response: dict[str, Any] | None = self.generate_from_slots(utter_action, slots, output_channel, **kwargs)
        if response and response.get("text"):
            response["text"] = _without_gaps(response["text"])
        return response

    def _random_response_for(
        self, utter_action: str, output_channel: str, filled_slots: dict[str, Any]
    ) -> dict[str, Any] | None:
        best = closest(self.responses.get(utter_action) or (), output_channel, filled_slots)
        return dict(best[int(self._dice.integers(len(best)))]) if best else None


def _without_gaps(text: str) -> str:
    """A placeholder that stayed empty leaves no gap in its line."""
    return "\n".join(re.sub(r"(?<=\S) {2,}", " ", line).rstrip() for line in text.split("\n"))
