"""The platforms that the whole bot is tried before, as a shop engineer would configure them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from bot.store.config import StoreConfig
from tests.store.ecwid.server import TOKEN as ECWID_TOKEN
from tests.store.platform import Platform
from tests.store.platforms import starter
from tests.store.shopify.shop import TOKEN as SHOPIFY_TOKEN
from tests.store.woocommerce.server import KEY as WOO_KEY
from tests.store.woocommerce.server import SECRET as WOO_SECRET


@dataclass
class OtherShop:
    platform: Platform
    config: StoreConfig


def _ecwid(url: str) -> StoreConfig:
    store_id = urlsplit(url).path.rsplit("/", 1)[-1]
    return StoreConfig("ecwid", url.removesuffix(f"/{store_id}"), ECWID_TOKEN, {"store_id": store_id})


def _shopify(url: str) -> StoreConfig:
    return StoreConfig("shopify", url, SHOPIFY_TOKEN)


def _woocommerce(url: str) -> StoreConfig:
    return StoreConfig("woocommerce", url, f"{WOO_KEY}:{WOO_SECRET}", {"delivered_statuses": "delivered"})


CONFIGS: dict[str, Callable[[str], StoreConfig]] = {
    "ecwid": _ecwid,
    "shopify": _shopify,
    "woocommerce": _woocommerce,
}


def open_shop(name: str, folder: Path) -> OtherShop:
    """Start the platform's local server. Stop it yourself (``platform.stop``)."""
    platform = starter(name)(folder)
    return OtherShop(platform, CONFIGS[name](platform.url))
