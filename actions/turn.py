"""What the gateway said about the turn being answered: who asks, from where, in which language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from rasa_sdk import Tracker

from bot.orders.keys import write_key


@dataclass(frozen=True)
class SignedCustomer:
    """A shopper whose signature the gateway has checked."""

    id: str
    name: str = ""
    email: str = ""


@dataclass(frozen=True)
class Turn:
    turn_id: str
    conversation_id: str
    locale: str = "en"
    time_zone: str = "UTC"
    client_ref: str = ""
    customer: SignedCustomer | None = None
    values: Mapping[str, Any] = field(default_factory=dict)  # what the shopper filled into a card
    watching: Mapping[str, str] = field(default_factory=dict)  # order id -> number: they are told when it moves

    def key(self, job: str) -> str:
        """The idempotency key of this turn's write for ``job``: the same turn run again gives the same key."""
        return write_key(self.conversation_id, self.turn_id, job)


def turn_of(tracker: Tracker) -> Turn:
    """The turn that the latest shopper message began."""
    about: Mapping[str, Any] = tracker.latest_message.get("metadata") or {}
    customer = about.get("customer")
    return Turn(
        turn_id=about.get("turn_id") or tracker.latest_message.get("message_id") or "",
        conversation_id=about.get("conversation_id") or tracker.sender_id,
        locale=about.get("locale") or "en",
        time_zone=about.get("time_zone") or "UTC",
        client_ref=about.get("client_ref") or "",
        customer=SignedCustomer(customer["id"], customer.get("name") or "", customer.get("email") or "")
        if customer
        else None,
        values=about.get("values") or {},
        watching=about.get("watching") or {},
    )
