"""Ecwid under the contract, with a local shop in its place."""

from __future__ import annotations

from pathlib import Path

from bot.store.api import OrderApi
from bot.store.ecwid.store import EcwidStore
from bot.store.models import Address, Proof, ProofKind
from bot.store.patience import Patience
from tests.store.ecwid.server import TOKEN, EcwidShop
from tests.store.platform import Known, Platform

PRODUCTS = 45
PLENTY = 60_000  # requests a minute: the contract is in a hurry
STATUS = {"unshipped": "AWAITING_PROCESSING", "shipped": "SHIPPED", "delivered": "DELIVERED"}


def ecwid(_folder: Path) -> Platform:
    shop = EcwidShop(PRODUCTS)

    async def fresh(kind: str) -> Known:
        tracking = {} if kind == "unshipped" else {"trackingNumber": "ER123456789MY"}
        order = shop.place(fulfillmentStatus=STATUS[kind], **tracking)
        return order["id"], Proof(kind=ProofKind.email, value=order["email"])

    return Platform(
        name="Ecwid",
        url=shop.url,
        connect=connect,
        is_write=lambda method, _path, _body: method != "GET",
        fresh=fresh,
        cancel_reason="changed_mind",
        new_address=Address(name="New Name", line1="1 Jalan Baru", city="Kajang", postcode="43000", country="MY"),
        stop=shop.stop,
        products=PRODUCTS,
        refunds=False,
    )


def connect(url: str, patience: Patience, state_dir: Path) -> OrderApi:
    return EcwidStore(url, TOKEN, state_dir, patience, per_minute=PLENTY)
