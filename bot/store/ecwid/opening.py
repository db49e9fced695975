"""An ``EcwidStore`` from the shop's configuration."""

from __future__ import annotations

from urllib.parse import urlsplit

from bot.store.config import StoreConfig, StoreConfigError
from bot.store.ecwid.states import CUSTOM
from bot.store.ecwid.store import PER_MINUTE, EcwidStore
from bot.store.models import OrderState

API = "/api/v3"
ECWIDS_LIMIT = 600  # requests a minute
STATUSES = {name.lower(): name for name in CUSTOM}
OPTIONS = {"store_id", "requests_per_minute", *STATUSES}
LOCAL = {"localhost", "127.0.0.1", "::1"}


def open_ecwid(config: StoreConfig) -> EcwidStore:
    """Raises ``StoreConfigError``: an option is missing, unknown or makes no sense."""
    unknown = sorted(set(config.options) - OPTIONS)
    if unknown:
        raise StoreConfigError(f"Ecwid has no option {unknown[0]!r}; there are {', '.join(sorted(OPTIONS))}.")
    store_id = config.options.get("store_id", "")
    if not store_id.isdecimal():
        raise StoreConfigError("Ecwid needs the option store_id, the number of your store.")
    if not config.key:
        raise StoreConfigError("Ecwid needs the secret token of your app as the store's key.")
    if config.key.startswith("public_"):
        raise StoreConfigError("The key is Ecwid's public token; Ramah needs the secret one (secret_…).")
    custom = {STATUSES[name]: _state(name, value) for name, value in config.options.items() if name in STATUSES}
    return EcwidStore(
        f"{_api(config.url)}/{store_id}",
        config.key,
        config.state_dir,
        custom=custom,
        per_minute=_per_minute(config.options.get("requests_per_minute", str(PER_MINUTE))),
    )


def _api(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme != "https" and parts.hostname not in LOCAL:
        raise StoreConfigError("Ecwid's url must begin with https; the usual one is https://app.ecwid.com.")
    return url.rstrip("/").removesuffix(API) + API


def _state(name: str, value: str) -> OrderState:
    try:
        return OrderState(value)
    except ValueError as mistake:
        known = ", ".join(state.value for state in OrderState)
        raise StoreConfigError(f"Ecwid's option {name} is {value!r}; it can be {known}.") from mistake


def _per_minute(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= ECWIDS_LIMIT:
        raise StoreConfigError(f"Ecwid's option requests_per_minute must be a number from 1 to {ECWIDS_LIMIT}.")
    return int(text)
