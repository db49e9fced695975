"""Opens a WooCommerce store by its configuration."""

from __future__ import annotations

from bot.store.api import OrderApi
from bot.store.config import StoreConfig
from bot.store.woocommerce.options import key_of, options_of, url_of
from bot.store.woocommerce.store import WooStore


def open_woocommerce(config: StoreConfig) -> OrderApi:
    """Raises ``StoreConfigError`` for an address, key or option that cannot be right. Asks the shop nothing."""
    options = options_of(config)
    return WooStore(url_of(config), key_of(config), config.state_dir, options)
