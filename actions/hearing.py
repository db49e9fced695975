"""What the shopper's latest message says, as far as NLU could tell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import inf
from typing import Any

from rasa_sdk import Tracker

from actions.turn import Turn, turn_of

SECOND_REQUEST = "second_request"
HAND_BACK = "hand_back"  # a person gives the conversation back: sent by the desk alone
# Intents that always mean something else than an answer to an open question.
WANTS_OUT = frozenset({"talk_to_person", "stop", "start_over", "bye", "upset", HAND_BACK})
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
    meant: str = ""  # the text with slang, short forms and typing errors undone
    facts: Mapping[str, Any] = field(default_factory=dict)  # slots that a person filled in before giving it back

    @classmethod
    def kept(cls, said: Mapping[str, Any], turn: Turn) -> Hearing:
        """A message of before, as ``to_keep`` kept it."""
        facts = said.get("facts") or {}
        return cls(said["text"], said["intent"], 1.0, tuple(said["entities"]), turn, tapped=False, facts=facts)

    def to_keep(self) -> dict[str, Any]:
        kept = {"text": self.text, "intent": self.intent, "entities": [dict(each) for each in self.entities]}
        return {**kept, "facts": dict(self.facts)} if self.facts else kept

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
    entities = tuple(message.get("entities") or ())
    text = _without_second_request(message.get("text") or "", entities)
    payload = text.startswith("/") and intent.get("confidence") == 1.0
    return Hearing(
        text="" if payload else text,
        intent=intent.get("name") or "",
        confidence=float(intent.get("confidence") or 0.0),
        entities=entities,
        turn=turn_of(tracker),
        tapped=payload,
        meant="" if payload or text != message.get("text") else str(message.get("normalised") or ""),
    )


def _without_second_request(text: str, entities: tuple[Mapping[str, Any], ...]) -> str:
    """What belongs to a request that is kept for later says nothing about this one."""
    for found in sorted(entities, key=lambda each: -int(each.get("start") or 0)):
        if found["entity"] == SECOND_REQUEST:
            text = f"{text[: found['start']].rstrip()} {text[found['end'] :].lstrip()}".strip()
    return text


def events_of_turn(tracker: Tracker) -> list[dict[str, Any]]:
    """What happened since the shopper's latest message."""
    events: list[dict[str, Any]] = []
    for event in reversed(tracker.events):
        if event.get("event") == "user":
            break
        events.append(event)
    return events[::-1]


def turn_before(tracker: Tracker) -> str | None:
    """The id of the turn before the latest message's."""
    turn = turn_of(tracker).turn_id
    return next((each for each in reversed(_turn_ids(tracker.events)) if each != turn), None)


def turns_since_slot(tracker: Tracker, slot: str) -> float:
    """How many turns ago a slot got its value: 1 in the turn before the latest message's."""
    for place in range(len(tracker.events) - 1, -1, -1):
        event = tracker.events[place]
        if event.get("event") == "slot" and event.get("name") == slot and event.get("value") is not None:
            return len(dict.fromkeys(_turn_ids(tracker.events[place:])))
    return inf


def _turn_ids(events: list[dict[str, Any]]) -> list[str]:
    """Of shoppers' messages; what is run as if it had been said belongs to the turn of the message itself."""
    said = [event for event in events if event.get("event") == "user"]
    return [str((event.get("metadata") or {}).get("turn_id") or event.get("message_id") or "") for event in said]
