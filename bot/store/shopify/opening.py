"""From the shop's configuration to its adapter."""

from __future__ import annotations

from urllib.parse import urlsplit

from bot.store.api import OrderApi
from bot.store.config import StoreConfig, StoreConfigError
from bot.store.shopify.settings import read_settings
from bot.store.shopify.store import ShopifyStore
from bot.store.write_journal import WriteJournal

HERE = {"127.0.0.1", "::1", "localhost"}


def open_shopify(config: StoreConfig) -> OrderApi:
    """Raises ``StoreConfigError`` for what cannot be a Shopify shop."""
    parts = urlsplit(config.url)
    if not parts.hostname or parts.path.strip("/") or parts.query:
        raise StoreConfigError("A Shopify store's url is https://YOUR-SHOP.myshopify.com, with nothing behind it.")
    if parts.scheme != "https" and parts.hostname not in HERE:
        raise StoreConfigError("A Shopify store's url begins with https://.")
    if not config.key:
        raise StoreConfigError("Shopify needs the app's Admin API access token as the store's key.")
    settings = read_settings(config.options)
    journal = WriteJournal.in_state_dir(config.state_dir)
    return ShopifyStore(f"{parts.scheme}://{parts.netloc}", config.key, journal, settings)
