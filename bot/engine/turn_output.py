"""What a turn collects while Rasa runs it: the replies, and the actions with their milliseconds."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from rasa.core.channels.channel import OutputChannel


@dataclass
class ActionRun:
    name: str
    milliseconds: float
    error: str | None = None

    def as_json(self) -> dict[str, Any]:
        entry: dict[str, Any] = {"name": self.name, "ms": round(self.milliseconds, 1)}
        return {**entry, "error": self.error} if self.error else entry


@dataclass
class TurnOutput(OutputChannel):
    """The output channel of one turn: keeps whole messages, where Rasa's own would cut them into lines."""

    replies: list[dict[str, Any]] = field(default_factory=list)
    actions: list[ActionRun] = field(default_factory=list)

    @classmethod
    def name(cls) -> str:
        return "turns"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        self.replies.append(
            {
                "response": message.get("utter_action"),
                "text": message.get("text") or "",
                "buttons": [*(message.get("buttons") or ()), *(message.get("quick_replies") or ())],
                "card": message.get("custom") or None,
            }
        )
