"""A shopper who talks to the engine directly, turn by turn."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.demo_store.process import RunningStore

ENGINE_KEY = "test-engine-key"
SITI = {"id": "cus_siti", "name": "Siti Aminah", "email": "siti@example.com"}


@dataclass(frozen=True)
class Answer:
    """One turn's answer as the gateway would get it."""

    data: dict[str, Any]

    @property
    def said(self) -> list[str]:
        return [reply["response"] for reply in self.data["replies"]]

    @property
    def text(self) -> str:
        return "\n".join(reply["text"] for reply in self.data["replies"])

    @property
    def card(self) -> dict[str, Any]:
        return next(reply["card"] for reply in reversed(self.data["replies"]) if reply["card"])

    @property
    def buttons(self) -> dict[str, str]:
        return {each["title"]: each["payload"] for reply in self.data["replies"] for each in reply["buttons"]}

    @property
    def slots(self) -> dict[str, Any]:
        slots: dict[str, Any] = self.data["state"]["slots"]
        return slots

    @property
    def asks(self) -> str | None:
        form = self.data["state"]["form"]
        return form["asks"] if form else None

    @property
    def ran(self) -> list[str]:
        return [action["name"] for action in self.data["actions"]]

    @property
    def handoff(self) -> dict[str, Any] | None:
        handoff: dict[str, Any] | None = self.data["handoff"]
        return handoff


@dataclass
class Shopper:
    engine: str
    customer: dict[str, str] | None
    conversation_id: str = field(default_factory=lambda: f"c_{uuid.uuid4().hex}")
    last: Answer | None = None

    def types(self, text: str) -> Answer:
        return self._turn({"kind": "text", "text": text})

    def presses(self, title: str) -> Answer:
        assert self.last is not None
        return self.chooses(self.last.buttons[title])

    def chooses(self, payload: str, **values: Any) -> Answer:
        return self._turn({"kind": "choice", "payload": payload, "values": values, "title": "-"})

    def submits(self, **values: Any) -> Answer:
        assert self.last is not None
        return self.chooses(self.last.card["submit"], **values)

    def sends_photo(self, photo_id: str) -> Answer:
        return self._turn({"kind": "photo", "photo_id": photo_id})

    def _turn(self, given: dict[str, Any]) -> Answer:
        turn = {
            "turn_id": uuid.uuid4().hex,
            "conversation_id": self.conversation_id,
            "input": given,
            "context": {
                "locale": "en-MY",
                "time_zone": "Asia/Kuala_Lumpur",
                "client_ref": self.conversation_id,
                "customer": self.customer,
            },
        }
        headers = {"Authorization": f"Bearer {ENGINE_KEY}"}
        answer = httpx.post(f"{self.engine}/webhooks/turns/run", json=turn, headers=headers, timeout=30)
        assert answer.status_code == 200, answer.text
        self.last = Answer(answer.json())
        return self.last


@dataclass(frozen=True)
class Dialogue:
    engine: str
    store: RunningStore

    def guest(self) -> Shopper:
        return Shopper(self.engine, None)

    def siti(self) -> Shopper:
        """A signed-in customer of the demo shop."""
        return Shopper(self.engine, SITI)

    def number_of(self, state: str, **about: Any) -> dict[str, Any]:
        """The first guest order in a state; ``about``: more that must be true of it."""
        orders = [entry["order"] for entry in self.store.dump()["orders"]]
        return next(
            order
            for order in orders
            if order["state"] == state
            and not order["customer"].get("id")
            and all(order.get(name) == value for name, value in about.items())
        )
