"""WooCommerce under the contract: the adapter before a server that speaks as the documents say."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from bot.store.api import OrderApi
from bot.store.models import Address, OrderState, Proof, ProofKind
from bot.store.patience import Patience
from bot.store.woocommerce.options import WooOptions
from bot.store.woocommerce.store import WooStore
from tests.store.platform import Known, Platform
from tests.store.woocommerce.server import KEY, SECRET, start_server
from tests.store.woocommerce.shop import Shop

PRODUCTS = 42
STATUSES = {"unshipped": "processing", "shipped": "completed", "delivered": "delivered"}
OPTIONS = WooOptions(statuses={"delivered": OrderState.delivered})


def woocommerce(_folder: Path) -> Platform:
    shop = Shop(custom_statuses=("delivered",))
    for index in range(PRODUCTS):
        shop.add_product(f"Shirt number {index}", variable=index % 3 != 2)
    server = start_server(shop)

    async def fresh(kind: str) -> Known:
        product = shop.products[sorted(shop.products)[0]]
        made = shop.add_order(STATUSES[kind], products=[product], quantity=2)
        return made["number"], Proof(kind=ProofKind.email, value=made["billing"]["email"])

    def sold() -> dict[str, int]:
        pieces: dict[str, int] = defaultdict(int)
        for order in shop.orders.values():
            for line in order["line_items"]:
                pieces[str(line["product_id"])] += line["quantity"]
        return pieces

    shop.add_order(quantity=3)
    return Platform(
        name="WooCommerce",
        url=server.url,
        connect=_connect,
        is_write=lambda method, *_: method != "GET",
        fresh=fresh,
        cancel_reason="changed_mind",
        new_address=Address(
            name="New Name", line1="1 Jalan Baru", city="Kajang", region="Selangor", postcode="43000", country="MY"
        ),
        stop=server.stop,
        products=PRODUCTS,
        sold=sold,
    )


def _connect(url: str, patience: Patience, state_dir: Path) -> OrderApi:
    return WooStore(url, (KEY, SECRET), state_dir, OPTIONS, patience)
