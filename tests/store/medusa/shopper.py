"""Orders as customers place them and as a warehouse packs and ships them, over Medusa's own APIs.

Works on any Medusa with one region for the United States: it sells two products of its own, of which there are enough.
"""

from __future__ import annotations

import functools
import uuid
from dataclasses import dataclass, field
from typing import Any

import httpx

ADDRESS = {
    "first_name": "Tina",
    "last_name": "Underwood",
    "address_1": "10 Main St",
    "city": "Austin",
    "province": "TX",
    "postal_code": "73301",
    "country_code": "us",
    "phone": "+15125557777",
}
Skus = list[tuple[str, int]]
USUAL: Skus = [("SHIRT-S", 2), ("BAG-M", 1)]
PRICES = {"SHIRT-S": 30, "SHIRT-M": 35, "SHIRT-L": 25, "BAG-S": 20, "BAG-M": 20}
SOLD_OUT = "SHIRT-L"
OTHER_CURRENCIES = ("myr",)  # that the catalogue may be shown in


@dataclass
class Shopper:
    """``store``: what the Medusa's own store.json says (url, secret_key, publishable_key, region, location …)."""

    store: dict[str, Any] = field(repr=False)  # it holds the key

    def __post_init__(self) -> None:
        options: dict[str, Any] = {"base_url": self.store["url"], "timeout": 60, "trust_env": False}
        self.region = self.store.get("region") or self.store["regions"]["usd"]
        self.variants = _own_variants(self.store)
        self.shop = httpx.AsyncClient(**options, headers={"x-publishable-api-key": self.store["publishable_key"]})
        self.staff = httpx.AsyncClient(**options, auth=(self.store["secret_key"], ""))

    async def admin(self, method: str, path: str, body: Any = None) -> Any:
        return await _ask(self.staff, method, f"/admin{path}", body)

    async def place(self, items: Skus = USUAL, *, captured: bool = True, **address: str) -> dict[str, Any]:
        """Cart, address, shipping, payment, order; each buyer is somebody new."""
        email = f"shopper-{uuid.uuid4().hex}@example.com"
        at = {**ADDRESS, **address}
        bought = [{"variant_id": self.variants[sku], "quantity": quantity} for sku, quantity in items]
        cart = await self._store(
            "/carts",
            {
                "region_id": self.region,
                "email": email,
                "shipping_address": at,
                "billing_address": at,
                "items": bought,
            },
        )
        path = f"/carts/{cart['cart']['id']}"
        await self._store(f"{path}/shipping-methods", {"option_id": self.store["shipping_option"]})
        payment = await self._store("/payment-collections", {"cart_id": cart["cart"]["id"]})
        sessions = f"/payment-collections/{payment['payment_collection']['id']}/payment-sessions"
        await self._store(sessions, {"provider_id": "pp_system_default"})
        order = (await self._store(f"{path}/complete", {}))["order"]
        return await self.captured(order["id"]) if captured else await self.order(order["id"])

    async def captured(self, order_id: str) -> dict[str, Any]:
        order = await self.order(order_id)
        for payment in (each for collection in order["payment_collections"] for each in collection["payments"]):
            await self.admin("POST", f"/payments/{payment['id']}/capture", {})
        return order

    async def order(self, order_id: str) -> dict[str, Any]:
        wanted = "id,display_id,email,status,metadata,*items,*fulfillments,*payment_collections.payments,*returns"
        found: dict[str, Any] = (await self.admin("GET", f"/orders/{order_id}?fields={wanted}"))["order"]
        return found

    async def pack(self, order: dict[str, Any], pieces: dict[str, int] | None = None, **more: Any) -> str:
        """The fulfilment's id. ``pieces`` by variant; all of the order's otherwise."""
        items = [
            {"id": item["id"], "quantity": item["quantity"] if pieces is None else pieces[item["variant_id"]]}
            for item in order["items"]
            if pieces is None or item["variant_id"] in pieces
        ]
        before = {each["id"] for each in (await self.order(order["id"]))["fulfillments"]}
        body = {"items": items, "location_id": self.store["location"], **more}
        await self.admin("POST", f"/orders/{order['id']}/fulfillments", body)
        after = {each["id"] for each in (await self.order(order["id"]))["fulfillments"]}
        return str((after - before).pop())

    async def ship(self, order: dict[str, Any], pieces: dict[str, int] | None = None, **more: Any) -> str:
        """The fulfilment's id; ``more``: what stands in it from the start (metadata)."""
        parcel = await self.pack(order, pieces, **more)
        number = f"TRK{order['display_id']}"
        label = {"tracking_number": number, "tracking_url": f"https://carrier.example/{number}", "label_url": "#"}
        # Medusa takes which pieces are shipped from the request, not from the fulfilment.
        items = [
            {"id": item["id"], "quantity": item["quantity"] if pieces is None else pieces[item["variant_id"]]}
            for item in order["items"]
            if pieces is None or item["variant_id"] in pieces
        ]
        path = f"/orders/{order['id']}/fulfillments/{parcel}/shipments"
        await self.admin("POST", path, {"items": items, "labels": [label]})
        return parcel

    async def deliver(self, order: dict[str, Any], parcel: str) -> None:
        await self.admin("POST", f"/orders/{order['id']}/fulfillments/{parcel}/mark-as-delivered", {})

    async def delivered(self, items: Skus = USUAL) -> dict[str, Any]:
        order = await self.place(items)
        await self.deliver(order, await self.ship(order))
        return order

    async def close(self) -> None:
        await self.shop.aclose()
        await self.staff.aclose()

    async def _store(self, path: str, body: Any) -> Any:
        return await _ask(self.shop, "POST", f"/store{path}", body)


@functools.cache
def _made(url: str, key: str, channel: str, location: str) -> dict[str, str]:
    """The ids of two products' variants by SKU, made once a run."""
    mark = uuid.uuid4().hex[:6]
    with httpx.Client(base_url=f"{url}/admin", auth=(key, ""), timeout=60, trust_env=False) as staff:

        def ask(method: str, path: str, body: Any = None) -> Any:
            answer = staff.request(method, path, json=body)
            assert not answer.is_error, f"{method} {path}: {answer.text}"
            return answer.json()

        profile = ask("GET", "/shipping-profiles")["shipping_profiles"][0]["id"]
        variants: dict[str, str] = {}
        for title, code in (("Shirt", "SHIRT"), ("Bag", "BAG")):
            skus = [sku for sku in PRICES if sku.startswith(code)]
            product = {
                "title": f"Test {title} {mark}",
                "status": "published",
                "shipping_profile_id": profile,
                "options": [{"title": "Size", "values": [sku[-1] for sku in skus]}],
                "variants": [_variant(sku, mark) for sku in skus],
                "sales_channels": [{"id": channel}],
            }
            for variant in ask("POST", "/products", product)["product"]["variants"]:
                variants[variant["sku"].removesuffix(f"-{mark}")] = variant["id"]
        for item in ask("GET", f"/inventory-items?q={mark}&limit=100")["inventory_items"]:
            there = 0 if item["sku"].startswith(SOLD_OUT) else 100_000
            level = {"location_id": location, "stocked_quantity": there}
            ask("POST", f"/inventory-items/{item['id']}/location-levels", level)
    return variants


def _own_variants(store: dict[str, Any]) -> dict[str, str]:
    return _made(store["url"], store["secret_key"], store["sales_channel"], store["location"])


def _variant(sku: str, mark: str) -> dict[str, Any]:
    prices = [{"currency_code": code, "amount": PRICES[sku]} for code in ("usd", *OTHER_CURRENCIES)]
    return {
        "title": sku[-1],
        "sku": f"{sku}-{mark}",
        "manage_inventory": True,
        "options": {"Size": sku[-1]},
        "prices": prices,
    }


async def _ask(client: httpx.AsyncClient, method: str, path: str, body: Any) -> Any:
    answer = await client.request(method, path, json=body)
    if answer.is_error:
        raise AssertionError(f"{method} {path}: {answer.status_code} {answer.text}")
    return answer.json()
