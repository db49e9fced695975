"""Who writes: a signed customer, a guest who has proved an order, or a guest; and which address is surely theirs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import select
from sqlalchemy.engine import Connection

from bot.conversations.errors import NoConversation
from bot.conversations.return_to_bot import PAYLOAD
from bot.conversations.tables import conversations, handoffs, turns
from bot.store.api import OrderApi
from bot.store.errors import NotFound


@dataclass(frozen=True)
class Shopper:
    """``email``: what the shop has signed; ``contact_email``: what was left for an answer, which proves nothing.

    ``proved_orders``: the store's ids, proved in this conversation by the shopper; ``vouched_orders``: an agent set
    them for the bot; ``seen_orders``: also spoken of; ``order_numbers``: of those spoken of, the one in hand first.
    """

    conversation_id: str
    kind: Literal["customer", "guest"]
    name: str
    customer_id: str | None
    email: str
    contact_email: str | None
    known_customer_id: str | None
    proved_orders: tuple[str, ...]
    vouched_orders: tuple[str, ...]
    seen_orders: tuple[str, ...]
    order_numbers: tuple[str, ...]
    locale: str
    language: str
    time_zone: str

    @property
    def verified(self) -> bool:
        """Whether there is an address that is surely theirs; which one it is, ``verified_email_of`` asks the store."""
        return bool(self.email or self.proved_orders)

    @property
    def customers(self) -> tuple[str, ...]:
        """The shop's customers that this is."""
        return tuple(dict.fromkeys(each for each in (self.customer_id, self.known_customer_id) if each))

    def as_json(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "name": self.name or None,
            "email": self.email or None,
            "contact_email": self.contact_email,
            "verified_email": self.verified,
            "proved_orders": list(self.proved_orders),
            "customer_id": self.customer_id,
            "known_customer_id": self.known_customer_id,
            "locale": self.locale,
            "time_zone": self.time_zone,
        }


def shopper_of(connection: Connection, conversation_id: str) -> Shopper:
    """Raises ``NoConversation``."""
    row = connection.execute(select(conversations).where(conversations.c.id == conversation_id)).first()
    if row is None:
        raise NoConversation
    records = _records(connection, conversation_id)
    proved, vouched = _proofs(connection, conversation_id, [record for record, _ in records])
    snapshots = [(record.get("order_snapshot") or {}).get("order") or {} for record, _ in reversed(records)]
    seen = dict.fromkeys(str(order["id"]) for order in snapshots if order.get("id"))
    numbers = dict.fromkeys(str(order["number"]) for order in snapshots if order.get("number"))
    return Shopper(
        conversation_id=conversation_id,
        kind="customer" if row.customer_id else "guest",
        name=row.customer_name or "",
        customer_id=row.customer_id,
        email=row.customer_email or "",
        contact_email=next((email for _, email in reversed(records) if email), None),
        known_customer_id=row.known_customer_id,
        proved_orders=tuple(proved),
        vouched_orders=tuple(vouched),
        seen_orders=tuple(each for each in seen if each not in proved and each not in vouched),
        order_numbers=tuple(dict.fromkeys([*([row.order_number] if row.order_number else []), *numbers])),
        locale=row.locale,
        language=row.language or row.locale,
        time_zone=row.time_zone,
    )


async def verified_email_of(api: OrderApi, shopper: Shopper) -> str | None:
    """The signed customer's address, else that of an order proved in this conversation, as the store has it.

    Raises ``bot.store.errors.StoreError`` when the store can't say.
    """
    if shopper.email:
        return shopper.email
    for order_id in shopper.proved_orders:
        try:
            order = await api.get_order(order_id)
        except NotFound:
            continue
        if order.customer.email:
            return order.customer.email
    return None


def _records(connection: Connection, conversation_id: str) -> list[tuple[dict[str, Any], str | None]]:
    """What went to people with the conversation, oldest first, each with the address that was left then."""
    query = (
        select(handoffs.c.record, handoffs.c.contact_email)
        .where(handoffs.c.conversation_id == conversation_id)
        .order_by(handoffs.c.id)
    )
    return [(dict(row.record), row.contact_email) for row in connection.execute(query)]


def _proofs(
    connection: Connection, conversation_id: str, records: list[dict[str, Any]]
) -> tuple[dict[str, None], dict[str, None]]:
    """The orders that the shopper proved, and those that came with an agent's hand-back: nobody proved these."""
    proved: dict[str, None] = {}
    vouched: dict[str, None] = {}
    query = (
        select(turns.c.input, turns.c.engine_state)
        .where(turns.c.conversation_id == conversation_id, turns.c.engine_state.isnot(None))
        .order_by(turns.c.message_seq)
    )
    for row in connection.execute(query):
        ids = ((row.engine_state or {}).get("slots") or {}).get("proved_orders") or []
        handed_back = (row.input or {}).get("payload") == PAYLOAD
        for order_id in map(str, ids):
            if order_id not in proved and order_id not in vouched:
                (vouched if handed_back else proved)[order_id] = None
    for record in records:
        for order_id in map(str, (record.get("identity") or {}).get("proved_orders") or []):
            if order_id not in vouched:
                proved[order_id] = None
    return proved, vouched
