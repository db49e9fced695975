"""An adapter of a shop's own, as `platform = "module:function"` names it: only its options matter here."""

from __future__ import annotations

from bot.store.api import OrderApi
from bot.store.config import StoreConfig, StoreConfigError
from bot.store.demo import DemoStore

OPTIONS = {"refunds", "days", "channels", "reason.damaged"}


def open_store(config: StoreConfig) -> OrderApi:
    for name in config.options:
        if name not in OPTIONS:
            raise StoreConfigError(f"some_store has no option '{name}'.")
    return DemoStore(config.url, config.key)
