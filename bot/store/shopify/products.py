"""The catalogue: what shoppers can buy now.

https://shopify.dev/docs/api/admin-graphql/2026-01/objects/Product
"""

from __future__ import annotations

import re
from decimal import Decimal

from bot.store.errors import NotFound
from bot.store.models import Product, Variant
from bot.store.money import Money
from bot.store.shopify.documents import shop
from bot.store.shopify.door import Door
from bot.store.shopify.ids import gid
from bot.store.shopify.scopes import Granted, Scopes
from bot.store.shopify.shapes import Id, Option, Page, Shape, Url, options

ON_SALE = "status:active published_status:published"
AT_ONCE = 10  # products with their variants; more would cost more points than one question may
PASSED_AT_ONCE = 250
MOST_PAGES = 40
LONGEST_QUERY = 200


class _Variant(Shape):
    id: str
    price: Decimal
    available_for_sale: bool
    selected_options: list[Option]
    inventory_quantity: int | None = None


class _Preview(Shape):
    image: Url | None


class _Media(Shape):
    preview: _Preview | None


class _Product(Shape):
    id: str
    title: str
    product_type: str
    description: str
    status: str
    online_store_url: str | None
    featured_media: _Media | None
    variants: Page[_Variant]


class _One(Shape):
    product: _Product | None


class _Many(Shape):
    products: Page[_Product]


class _Ids(Shape):
    products: Page[Id]


class _VariantsPage(Shape):
    variants: Page[_Variant]


class _MoreVariants(Shape):
    product: _VariantsPage | None


class Products:
    def __init__(self, door: Door, scopes: Scopes) -> None:
        self._door = door
        self._scopes = scopes

    async def one(self, product_id: str) -> Product:
        granted = await self._scopes.granted()
        asked = gid("Product", product_id)
        if asked is None:
            raise NotFound
        found = await self._door.ask(shop.PRODUCT, {"id": asked, "stock": _stock(granted)}, _One)
        if found.product is None or found.product.status != "ACTIVE":
            raise NotFound
        return await self._product(found.product, granted)

    async def find(self, typed: str, limit: int) -> list[Product]:
        words = re.findall(r"[\w'-]+", typed[:LONGEST_QUERY])
        if not words:
            return []
        query = " ".join(f'"{word}"' for word in words)  # quoted: "or" and "not" are words, not commands
        return await self._page(f"{query} {ON_SALE}", limit, None, "RELEVANCE")

    async def listed(self, limit: int, offset: int) -> list[Product]:
        """By age: Shopify does not tell an app what sells best."""
        after: str | None = None
        while offset > 0:  # cursors know no numbers, so what is passed over is read, cheaply
            asked = {"query": ON_SALE, "first": min(offset, PASSED_AT_ONCE), "after": after}
            page = (await self._door.ask(shop.PRODUCTS_PASSED_OVER, asked, _Ids)).products
            offset -= len(page.nodes)
            after = page.page_info.end_cursor
            if not page.page_info.has_next_page:
                return []
        return await self._page(ON_SALE, limit, after, "ID")

    async def _page(self, query: str, limit: int, after: str | None, sort_key: str) -> list[Product]:
        granted = await self._scopes.granted()
        found: list[Product] = []
        while len(found) < limit:
            asked: dict[str, object] = {
                "query": query,
                "first": min(limit - len(found), AT_ONCE),
                "after": after,
                "sortKey": sort_key,
                "stock": _stock(granted),
            }
            page = (await self._door.ask(shop.PRODUCTS, asked, _Many)).products
            found += [await self._product(each, granted) for each in page.nodes]
            after = page.page_info.end_cursor
            if not page.page_info.has_next_page:
                break
        return found

    async def _product(self, found: _Product, granted: Granted) -> Product:
        preview = found.featured_media.preview if found.featured_media else None
        return Product(
            id=found.id,
            title=found.title,
            category=found.product_type.lower(),
            description=found.description,
            image=preview.image.url if preview and preview.image else "",
            url=found.online_store_url or "",
            variants=[_variant(each, found.id, granted) for each in await self._variants(found, granted)],
        )

    async def _variants(self, found: _Product, granted: Granted) -> list[_Variant]:
        nodes, page = list(found.variants.nodes), found.variants.page_info
        for _ in range(MOST_PAGES):
            if not page.has_next_page:
                break
            asked: dict[str, object] = {"id": found.id, "after": page.end_cursor, "stock": _stock(granted)}
            more = (await self._door.ask(shop.MORE_VARIANTS, asked, _MoreVariants)).product
            if more is None:
                break
            nodes += more.variants.nodes
            page = more.variants.page_info
        return nodes


def _variant(found: _Variant, product_id: str, granted: Granted) -> Variant:
    return Variant(
        id=found.id,
        product_id=product_id,
        options=options(found.selected_options),
        price=Money(amount=found.price, currency=granted.currency),
        available=found.available_for_sale,
        stock=None if found.inventory_quantity is None else max(0, found.inventory_quantity),
    )


def _stock(granted: Granted) -> bool:
    return granted.may("read_inventory")
