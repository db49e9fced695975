"""The corner shop under the contract: `--platform tests.store.own_adapter.platform:start`."""

from __future__ import annotations

from itertools import count
from pathlib import Path

from bot.store.api import OrderApi
from bot.store.models import Address, Proof, ProofKind
from bot.store.patience import Patience
from bot.store.write_journal import WriteJournal
from tests.store.own_adapter.corner_shop import TOKEN, CornerShop, Json
from tests.store.own_adapter.store import CornerStore
from tests.store.platform import Known, Platform

STATUS = {"unshipped": "paid", "shipped": "sent", "delivered": "arrived"}
HOME = Address(name="Aminah", line1="8 Jalan Melur", city="Kajang", postcode="43000", country="MY")


def start(_folder: Path) -> Platform:
    shop = CornerShop([], [_product(number) for number in range(12)])
    numbers = count(1001)

    async def fresh(kind: str) -> Known:
        order = _order(next(numbers), STATUS[kind])
        with shop.lock:
            shop.orders[order["id"]] = order
        return order["number"], Proof(kind=ProofKind.email, value=order["email"])

    return Platform(
        name="corner shop",
        url=shop.url,
        connect=_connect,
        is_write=lambda method, _path, _body: method == "POST",
        fresh=fresh,
        cancel_reason="changed_mind",
        new_address=HOME.copy(update={"line1": "1 Jalan Baru"}),
        stop=shop.stop,
        products=12,
        refunds=False,
    )


def _connect(url: str, patience: Patience, state_dir: Path) -> OrderApi:
    return CornerStore(url, TOKEN, WriteJournal.in_state_dir(state_dir), patience)


def _order(number: int, status: str) -> Json:
    line = {"id": f"{number}-1", "product": "P1", "title": "Shirt 1", "pieces": 2, "price": "39.90"}
    return {
        "id": f"id-{number}",
        "number": str(number),
        "status": status,
        "email": f"buyer{number}@example.com",
        "phone": "+60123456789",
        "address": HOME.dict(),
        "lines": [line],
        "parcel": f"T{number}",
        "returns": [],
        "history": [],
    }


def _product(number: int) -> Json:
    return {"id": f"P{number}", "title": f"Shirt {number}", "price": "39.90", "stock": number}
