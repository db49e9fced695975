"""Shopify under the contract, as far as its documents say what it does."""

from __future__ import annotations

import json
from pathlib import Path

from bot.store.api import OrderApi
from bot.store.models import Address, Proof, ProofKind
from bot.store.patience import Patience
from bot.store.shopify.settings import Settings
from bot.store.shopify.store import ShopifyStore
from bot.store.write_journal import WriteJournal
from tests.store.platform import Known, Platform
from tests.store.shopify.server import ShopifyServer
from tests.store.shopify.shop import TOKEN, Shop

ALLOWED = Settings(refunds=True, case_tags=True)


def connect(url: str, patience: Patience, folder: Path) -> OrderApi:
    return ShopifyStore(url, TOKEN, WriteJournal.in_state_dir(folder), ALLOWED, patience)


def is_write(_method: str, _path: str, body: bytes) -> bool:
    return str(json.loads(body)["query"]).startswith("mutation")


def shopify(_folder: Path) -> Platform:
    shop = Shop()
    server = ShopifyServer(shop)

    async def fresh(kind: str) -> Known:
        order = shop.add_order(kind)
        return order["name"], Proof(kind=ProofKind.email, value=order["email"])

    return Platform(
        name="shopify",
        url=server.url,
        connect=connect,
        is_write=is_write,
        fresh=fresh,
        cancel_reason="no_longer_needed",
        new_address=Address(name="New Name", line1="1 Jalan Baru", city="Kajang", postcode="43000", country="MY"),
        stop=server.stop,
        products=20,
    )
