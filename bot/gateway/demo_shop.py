"""What the demo shop's pages ask for: a signed-in customer, products, orders to ask about. Only with `ramah demo`."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from typing import Any

import jwt
from sanic.request import Request
from sanic.response import HTTPResponse, json, raw

from bot.gateway.problems import Problem
from bot.settings import Settings

TOKEN_LASTS = 3600  # seconds
ORDERS_FILE = "demo-orders.json"
PRODUCTS_FILE = "demo-products.json"
CUSTOMER = {"sub": "cus_siti", "name": "Siti Aminah", "email": "siti@example.com"}


class DemoShop:
    """Signs the way a shop's own server would sign for a shopper who has logged in."""

    def __init__(self, settings: Settings) -> None:
        self._key_id, self._secret = next(iter(settings.customer_keys.items()))
        self._audience = settings.customer_audience
        self._orders = Path(settings.state_dir) / ORDERS_FILE
        self._products = Path(settings.state_dir) / PRODUCTS_FILE

    def add_to(self, app: Any) -> None:
        app.add_route(self.customer_token, "/demo/customer-token", ["GET"], name="demo_customer_token")
        app.add_route(self.orders, "/demo/orders.json", ["GET"], name="demo_orders")
        app.add_route(self.products, "/demo/products.json", ["GET"], name="demo_products")

    async def customer_token(self, _request: Request) -> HTTPResponse:
        claims = {**CUSTOMER, "aud": self._audience, "exp": int(time.time()) + TOKEN_LASTS}
        token = jwt.encode(claims, self._secret, algorithm="HS256", headers={"kid": self._key_id})
        return json({"token": token, "name": CUSTOMER["name"]}, headers={"Cache-Control": "no-store"})

    async def orders(self, _request: Request) -> HTTPResponse:
        return await _file(self._orders)

    async def products(self, _request: Request) -> HTTPResponse:
        return await _file(self._products)


async def _file(path: Path) -> HTTPResponse:
    try:
        content = await asyncio.to_thread(path.read_bytes)
    except FileNotFoundError as error:
        raise Problem("not_found") from error
    return raw(content, content_type="application/json", headers={"Cache-Control": "no-cache"})
