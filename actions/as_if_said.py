"""The shopper's yes or half sentence, turned into the request it stands for, in the same turn."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import ActionExecuted, EventType

from actions.voice import payload


def as_if_said(request: dict[str, Any], tracker: Tracker) -> list[EventType]:
    """Events after which the dialogue goes on as if ``request`` (intent, text, entities) had been the message."""
    intent = {"name": request["intent"], "confidence": 1.0}
    text = request.get("text") or payload(request["intent"])
    parsed = {**tracker.latest_message, "text": text, "intent": intent, "entities": request.get("entities") or []}
    said = {
        "event": "user",
        "timestamp": None,
        "text": text,
        "parse_data": parsed,
        "metadata": tracker.latest_message.get("metadata") or {},
    }
    return [ActionExecuted("action_listen"), said]
