"""A tracker's events as text: each event is written once, and the texts are joined at every save."""

from __future__ import annotations

import json
from typing import Any

from rasa.shared.core.conversation import Dialogue
from rasa.shared.core.events import Event, UserUttered, deserialise_events
from rasa.shared.core.trackers import DialogueStateTracker


class StoredEvents:
    """The texts of the events that one tracker holds."""

    def __init__(self) -> None:
        self._texts: list[tuple[Event, str]] = []

    def load_into(self, tracker: DialogueStateTracker, text: str) -> None:
        """Fill an empty tracker from what ``dump`` wrote."""
        parts: list[dict[str, Any]] = json.loads(text)
        events = deserialise_events(parts)
        tracker.recreate_from_dialogue(Dialogue(tracker.sender_id, events))
        self._texts = [(event, json.dumps(event.as_dict())) for event in events]

    def dump(self, tracker: DialogueStateTracker) -> str:
        """All events of the tracker as one JSON list."""
        known = {id(event): text for event, text in self._texts}
        self._texts = [(event, known.get(id(event)) or _text_of(event)) for event in tracker.events]
        return f"[{','.join(text for _, text in self._texts)}]"


def _text_of(event: Event) -> str:
    if isinstance(event, UserUttered):
        _forget_details(event)
    return json.dumps(event.as_dict(), ensure_ascii=False)


def _forget_details(message: UserUttered) -> None:
    """Keep of a message what decides later turns: not the ranking, the tokens, or who the customer is."""
    kept = ("intent", "entities", "text", "message_id")
    message.parse_data = {key: message.parse_data[key] for key in kept if key in message.parse_data}
    message.metadata = {key: value for key, value in message.metadata.items() if key == "turn_id"}
