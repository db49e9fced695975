"""A gateway before a real demo store, a shopper who looks at an order there, and the store's own word of it."""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Mapping
from typing import Any

import httpx

from bot.orders.movement import known_of
from bot.store.demo_webhook import signed_headers
from bot.store.models import Order
from tests.demo_store.process import KEY, RunningStore
from tests.gateway.shopper import Shopper

SECRET = "the-secret-that-signs-the-store-s-news"
PATH = "/store/v1/events"


class StoreNews:
    def __init__(self, store: RunningStore, gateway_url: str) -> None:
        self.store = store
        self._gateway = gateway_url
        self._http = httpx.Client(trust_env=False, timeout=20)

        self._orders = [Order.parse_obj(entry["order"]) for entry in store.dump()["orders"]]
        self._used: set[str] = set()

    def close(self) -> None:
        self._http.close()

    def fresh(self, state: str) -> Order:
        """An order that no test before had: "paid", or "shipped" with one parcel on its way."""
        order = next(
            each
            for each in self._orders
            if each.state.value == state
            and each.id not in self._used
            and [shipment.state.value for shipment in each.shipments] == ["in_transit"] * (state == "shipped")
        )
        self._used.add(order.id)
        return order

    def moves(self, order: Order, state: str) -> None:
        """The courier moves every parcel; nobody is told yet."""
        answer = self._http.post(
            f"{self.store.url}/v1/orders/{order.id}/parcels", json={"state": state}, headers=self._headers
        )
        assert answer.status_code == 200, answer.text

    def tells(self, order_id: str, *, secret: str = SECRET, topic: str = "order.updated") -> int:
        """The store's webhook; the gateway's status."""
        body = json.dumps({"id": secrets.token_hex(8), "topic": topic, "order_id": order_id}).encode()
        return self.sends(body, signed_headers(secret, body)).status_code

    def sends(self, body: bytes, headers: Mapping[str, str]) -> httpx.Response:
        return self._http.post(f"{self._gateway}{PATH}", content=body, headers=dict(headers))

    @property
    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {KEY}", "Idempotency-Key": secrets.token_hex(8)}


async def looks_at(shopper: Shopper, order: Order) -> int:
    """The bot shows the order; the number of the message with its card."""
    return await _gets(shopper, {"text": "Here it is", "card": {"type": "order", "order_id": order.id, "number": "?"}})


async def asks_to_be_told(shopper: Shopper, order: Order, text: str = "I'll tell you") -> int:
    """The bot promises to tell; what it knows then is what the store said then."""
    wish = {"type": "watch", "order_id": order.id, "number": order.number, "known": known_of(order)}
    return await _gets(shopper, {"text": text, "card": wish})


async def _gets(shopper: Shopper, reply: dict[str, Any]) -> int:
    answer = await shopper.post(wait=15, text=f"reply {json.dumps(reply)}")
    assert answer.status_code == 200, answer.text
    shown = answer.json()["replies"][0]
    assert "order_id" not in json.dumps(shown)
    return int(shown["seq"])


def minutes_ago(minutes: float) -> float:
    return time.time() - 60 * minutes
