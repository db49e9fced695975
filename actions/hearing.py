"""What the shopper's latest message says, as far as NLU could tell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rasa_sdk import Tracker

from actions.turn import Turn, turn_of

# Intents that always mean something else than an answer to an open question.
WANTS_OUT = frozenset({"talk_to_person", "stop", "start_over", "bye", "upset"})
# Intents that by themselves name nothing else, so that their words may answer what is asked.
MAY_ANSWER = frozenset(
    {"inform", "correct", "other_order", "choose", "submit", "affirm", "deny", "send_photo", "no_photo", "dont_know"}
    | {"give_reason", "give_wish", "nlu_fallback", "out_of_scope"}
)


@dataclass(frozen=True)
class Hearing:
    text: str
    intent: str
    confidence: float
    entities: tuple[Mapping[str, Any], ...]
    turn: Turn
    tapped: bool  # a button or card of ours, not typed

    def value(self, entity: str) -> str | None:
        """The first value of an entity, as text."""
        return next(iter(self.values(entity)), None)

    def values(self, entity: str) -> list[str]:
        return [str(found["value"]) for found in self.entities if found["entity"] == entity]

    @property
    def may_answer(self) -> bool:
        return self.intent in MAY_ANSWER

    @property
    def words(self) -> int:
        return len(self.text.split())


def hearing_of(tracker: Tracker) -> Hearing:
    message = tracker.latest_message
    intent = message.get("intent") or {}
    text = message.get("text") or ""
    payload = text.startswith("/") and intent.get("confidence") == 1.0
    return Hearing(
        text="" if payload else text,
        intent=intent.get("name") or "",
        confidence=float(intent.get("confidence") or 0.0),
        entities=tuple(message.get("entities") or ()),
        turn=turn_of(tracker),
        tapped=payload,
    )


def events_of_turn(tracker: Tracker) -> list[dict[str, Any]]:
    """What happened since the shopper's latest message."""
    events: list[dict[str, Any]] = []
    for event in reversed(tracker.events):
        if event.get("event") == "user":
            break
        events.append(event)
    return events[::-1]
