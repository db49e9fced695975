"""The demo store under the contract: with the demo shop's data, and with a real order database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import pytest

from bot.demo_store.books import Document
from bot.store.api import OrderApi
from bot.store.demo import DemoStore
from bot.store.models import Address, Proof, ProofKind
from bot.store.patience import Patience
from tests.demo_store.process import KEY, RunningStore, start_demo_store
from tests.store.platform import Known, Platform, taken_in_turn

TAU_FILE = Path(__file__).parents[4] / "shared" / "tau-retail" / "db.json"


def demo_shop(folder: Path) -> Platform:
    store = start_demo_store(folder)
    orders = [entry["order"] for entry in store.dump()["orders"] if int(entry["order"]["number"]) >= 1200]

    def known(*states: str) -> list[Known]:
        return [(order["number"], _email(order["customer"])) for order in orders if _state(order) in states]

    def sold() -> dict[str, int]:
        return _pieces(line for entry in store.dump()["orders"] for line in entry["order"]["lines"])

    return _platform(
        "demo shop",
        store,
        {"unshipped": known("paid"), "shipped": known("shipped"), "delivered": known("delivered")},
        cancel_reason="changed_mind",
        new_address=Address(name="New Name", line1="1 Jalan Baru", city="Kajang", postcode="43000", country="MY"),
        sold=sold,
    )


def tau_retail(folder: Path) -> Platform:
    if not TAU_FILE.exists():
        pytest.skip("the tau-retail data is not here")
    store = start_demo_store(folder, None, "--load", str(TAU_FILE), "--format", "tau-retail")
    content = store.dump("tau-retail")

    def known(status: str) -> list[Known]:
        orders = [order for order in content["orders"].values() if order["status"] == status][:60]
        return [(order["order_id"], _email(content["users"][order["user_id"]])) for order in orders]

    def sold() -> dict[str, int]:
        return _pieces(item for order in store.dump("tau-retail")["orders"].values() for item in order["items"])

    return _platform(
        "tau-retail",
        store,
        {"unshipped": known("pending"), "shipped": known("processed"), "delivered": known("delivered")},
        cancel_reason="no_longer_needed",
        new_address=Address(
            name="New Name", line1="1 New Street", city="Denver", region="CO", postcode="80201", country="US"
        ),
        sold=sold,
    )


def _platform(name: str, store: RunningStore, orders: dict[str, list[Known]], **more: object) -> Platform:
    return Platform(
        name=name,
        url=store.url,
        connect=_connect,
        is_write=lambda method, path, _: method == "POST" and not path.endswith("/find"),
        fresh=taken_in_turn(orders),
        stop=store.stop,
        products=40,
        **more,  # type: ignore[arg-type]
    )


def _connect(url: str, patience: Patience, _state_dir: Path) -> OrderApi:
    return DemoStore(url, KEY, patience)


def _pieces(lines: Iterable[Document]) -> dict[str, int]:
    pieces: dict[str, int] = defaultdict(int)
    for line in lines:
        pieces[line["product_id"]] += line.get("quantity", 1)
    return pieces


def _email(person: Document) -> Proof:
    return Proof(kind=ProofKind.email, value=person["email"])


def _state(order: Document) -> str:
    """The order's state, but "taken" where a case or the past makes it special."""
    return "taken" if order.get("cases") else str(order["state"])
