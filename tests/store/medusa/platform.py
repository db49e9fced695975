"""A real Medusa under the contract: its orders are placed on demand, as customers place them."""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from bot.store.medusa.store import MedusaStore
from bot.store.models import Address, Proof, ProofKind
from bot.store.patience import Patience
from tests.medusa_store.running import RunningMedusa
from tests.store.medusa.shopper import Shopper
from tests.store.platform import Known, Platform

RUNNING = "MEDUSA_STORE_JSON"  # names the store.json of a Medusa that runs already
PATIENT = Patience(connect=5, read=30, total=40, first_pause=0.01, longest_pause=0.02, open_for=3600)


@dataclass
class Medusa:
    store: dict[str, Any] = field(repr=False)  # its store.json, with the key
    stop: Callable[[], None]


def start(folder: Path) -> Medusa:
    """The one that runs already, else one with the demo shop in a folder of its own."""
    if named := os.environ.get(RUNNING):
        return Medusa(json.loads(Path(named).read_text()), lambda: None)
    running = RunningMedusa(folder)
    return Medusa({**running.store, "url": running.url}, running.stop)


def connect_to(store: dict[str, Any], url: str, patience: Patience, state_dir: Path) -> MedusaStore:
    return MedusaStore(url, store["secret_key"], state_dir, patience=patience)


def medusa(folder: Path) -> Platform:
    started = start(folder)
    store = started.store

    async def fresh(kind: str) -> Known:
        shopper = Shopper(store)
        try:
            order = await shopper.place()
            if kind != "unshipped":
                parcel = await shopper.ship(order)
                if kind == "delivered":
                    await shopper.deliver(order, parcel)
        finally:
            await shopper.close()
        return str(order["display_id"]), Proof(kind=ProofKind.email, value=order["email"])

    def sold() -> dict[str, int]:
        """In the newest orders, as the adapter counts them."""
        pieces: dict[str, int] = defaultdict(int)
        asked = {"limit": 200, "order": "-created_at", "fields": "id,items.product_id,items.quantity"}
        with httpx.Client(auth=(store["secret_key"], ""), timeout=60, trust_env=False) as staff:
            for order in staff.get(f"{store['url']}/admin/orders", params=asked).json()["orders"]:
                for item in order["items"]:
                    pieces[item["product_id"]] += item["quantity"]
        return pieces

    return Platform(
        name="medusa",
        url=store["url"],
        connect=lambda url, patience, state_dir: connect_to(store, url, patience, state_dir),
        is_write=changes_something,
        fresh=fresh,
        cancel_reason="changed_mind",
        new_address=Address(
            name="New Name", line1="1 New Street", city="Denver", region="CO", postcode="80201", country="US"
        ),
        products=2,
        hasty=6.0,
        patience=PATIENT,
        stop=started.stop,
        sold=sold,
    )


def changes_something(method: str, path: str, body: bytes) -> bool:
    """All but reads, and but the note of who is about to cancel, after which nothing is cancelled yet."""
    return method != "GET" and b"ramah_cancel" not in body
