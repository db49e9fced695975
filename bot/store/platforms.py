"""The adapters that Ramah brings, and the way to one that it does not."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from bot.store.api import OrderApi
from bot.store.config import StoreConfig, StoreConfigError

OpenStore = Callable[[StoreConfig], OrderApi]

# By name, as a shop's own: a shop has one store, and no process takes the time to load the others.
PLATFORMS = {
    "demo": "bot.store.demo:open_demo",
    "ecwid": "bot.store.ecwid.opening:open_ecwid",
    "medusa": "bot.store.medusa.store:open_medusa",
    "shopify": "bot.store.shopify.opening:open_shopify",
    "woocommerce": "bot.store.woocommerce.opening:open_woocommerce",
}


def open_store(config: StoreConfig) -> OrderApi:
    """The adapter of ``config.platform``: one of ours by its name, or "package.module:function" of the shop's own.

    Raises:
        StoreConfigError: there is none of that name, or it cannot be opened with this configuration.
    """
    where = PLATFORMS.get(config.platform, config.platform)
    if ":" not in where:
        known = ", ".join(sorted(PLATFORMS))
        raise StoreConfigError(f"There is no store platform {config.platform!r}; Ramah knows {known}.")
    module, _, function = where.partition(":")
    try:
        opened: OpenStore = getattr(import_module(module), function)
    except (ImportError, AttributeError) as missing:
        raise StoreConfigError(f"The store adapter {config.platform!r} cannot be imported: {missing}.") from missing
    return opened(config)
