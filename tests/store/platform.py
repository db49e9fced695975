"""A platform under the adapter contract: a running store, its adapter, and orders to try things on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from bot.demo_store.books import Document
from bot.store.api import OrderApi
from bot.store.demo import DemoStore, Patience
from bot.store.models import Address, Order, Proof, ProofKind
from tests.demo_store.process import RunningStore, start_demo_store

TAU_FILE = Path(__file__).parents[3] / "shared" / "tau-retail" / "db.json"

# Attempts and order of things are as in earnest; pauses are short, and only tests of slowness do not wait long.
PATIENT = Patience(connect=5, read=10, total=15, first_pause=0.01, longest_pause=0.02, open_for=1.0)
HASTY = replace(PATIENT, read=0.5)


@dataclass
class Platform:
    """One adapter with a store behind it. A later adapter joins the suite by giving one of these."""

    name: str
    store: RunningStore
    connect: Callable[[str, Patience], OrderApi]  # by base URL: the store's own or the fault proxy's
    cancel_reason: str
    new_address: Address
    unshipped: list[tuple[str, Proof]]  # number and a fitting proof; each test takes one and never gives it back
    shipped: list[tuple[str, Proof]]
    delivered: list[tuple[str, Proof]]
    ordered: Callable[[], list[Document]]  # every line of every order, as the store keeps it now
    taken: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def pieces_sold(self) -> dict[str, int]:
        """Pieces ordered, by product."""
        pieces: dict[str, int] = defaultdict(int)
        for line in self.ordered():
            pieces[line["product_id"]] += line.get("quantity", 1)
        return pieces

    async def take(self, api: OrderApi, kind: str) -> Order:
        """An order no other test touches: "unshipped", "shipped" or "delivered"."""
        number, proof = getattr(self, kind)[self.taken[kind]]
        self.taken[kind] += 1
        return await api.find_order(number, proof)


def demo_shop(folder: Path) -> Platform:
    store = start_demo_store(folder)
    orders = [entry["order"] for entry in store.dump()["orders"] if int(entry["order"]["number"]) >= 1200]

    def known(*states: str) -> list[tuple[str, Proof]]:
        return [(order["number"], _email(order["customer"])) for order in orders if _state(order) in states]

    return Platform(
        name="demo shop",
        store=store,
        connect=lambda url, patience: DemoStore(url, store.key, patience),
        cancel_reason="changed_mind",
        new_address=Address(name="New Name", line1="1 Jalan Baru", city="Kajang", postcode="43000", country="MY"),
        unshipped=known("paid"),
        shipped=known("shipped"),
        delivered=known("delivered"),
        ordered=lambda: [line for entry in store.dump()["orders"] for line in entry["order"]["lines"]],
    )


def tau_retail(folder: Path) -> Platform:
    store = start_demo_store(folder, None, "--load", str(TAU_FILE), "--format", "tau-retail")
    content = store.dump("tau-retail")

    def known(status: str) -> list[tuple[str, Proof]]:
        orders = [order for order in content["orders"].values() if order["status"] == status][:40]
        return [(order["order_id"], _email(content["users"][order["user_id"]])) for order in orders]

    return Platform(
        name="tau-retail",
        store=store,
        connect=lambda url, patience: DemoStore(url, store.key, patience),
        cancel_reason="no_longer_needed",
        new_address=Address(
            name="New Name", line1="1 New Street", city="Denver", region="CO", postcode="80201", country="US"
        ),
        unshipped=known("pending"),
        shipped=known("processed"),
        delivered=known("delivered"),
        ordered=lambda: [item for order in store.dump("tau-retail")["orders"].values() for item in order["items"]],
    )


def _email(person: Document) -> Proof:
    return Proof(kind=ProofKind.email, value=person["email"])


def _state(order: Document) -> str:
    """The order's state, but "taken" where a case or the past makes it special."""
    return "taken" if order.get("cases") else str(order["state"])
