"""``[store]``: which store it is, where it answers, and which environment variables hold its keys."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bot.shop_file.environment import named
from bot.shop_file.looks_secret import SECRET_NAMES, looks_secret
from bot.shop_file.mistakes import Mistakes
from bot.shop_file.web_address import wrong_address
from bot.store.config import StoreConfig, StoreConfigError

DEMO = "demo"


def store_settings(values: Mapping[str, Any], environment: Mapping[str, str], mistakes: Mistakes) -> dict[str, Any]:
    """Empty where ``RAMAH_STORE_PLATFORM`` chooses another platform: nothing here is about that one."""
    platform = values.get("platform", DEMO)
    chosen = environment.get("RAMAH_STORE_PLATFORM")
    if chosen is not None and chosen != platform:
        return {}
    before = len(mistakes.sentences)
    settings: dict[str, Any] = {"store_platform": platform, "store_options": _options(values, mistakes)}
    if platform != DEMO or "url" in values:
        settings["store_url"] = values.get("url", "").rstrip("/")
    if "url" in values:
        _check_url(values["url"], mistakes)
    if "RAMAH_STORE_KEY" not in environment:
        settings["store_key"] = named("store", "key_env", values, environment, mistakes)
    if "RAMAH_STORE_WEBHOOK_SECRET" not in environment:
        settings["store_webhook_secret"] = named("store", "webhook_secret_env", values, environment, mistakes)
    if chosen is None and len(mistakes.sentences) == before:
        config = StoreConfig(
            platform,
            environment.get("RAMAH_STORE_URL", settings.get("store_url", "http://127.0.0.1:8090")),
            environment.get("RAMAH_STORE_KEY", settings.get("store_key", "")),
            settings["store_options"],
        )
        _check_opens(config, mistakes)
    return settings


def _options(values: Mapping[str, Any], mistakes: Mistakes) -> dict[str, str]:
    """As texts: true and false in small letters, lists with commas."""
    options: dict[str, str] = {}
    for name, value in _flat(values.get("options", {})).items():
        text = _text(value)
        if text is None:
            mistakes.add(
                f"[store.options] {name} must be a text, a number, true, false or a list of texts.",
                "store.options",
                name,
            )
        elif name.lower() in SECRET_NAMES or looks_secret(text):
            mistakes.add(
                f"[store.options] {name} looks like a key: keys never stand in this file. Put it into an environment "
                'variable and the variable\'s name into [store]: key_env = "NAME_OF_THE_VARIABLE".',
                "store.options",
                name,
            )
        else:
            options[name] = text
    return options


def _flat(options: Mapping[str, Any]) -> dict[str, Any]:
    """``return_reason.damaged = "x"`` is a table in a table for TOML; here it is the option "return_reason.damaged"."""
    flat: dict[str, Any] = {}
    for name, value in options.items():
        flat |= {f"{name}.{key}": each for key, each in value.items()} if isinstance(value, dict) else {name: value}
    return flat


def _text(value: Any) -> str | None:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return ",".join(value) if all(isinstance(each, str) for each in value) else None
    return str(value) if isinstance(value, str | int | float) else None


def _check_url(url: str, mistakes: Mistakes) -> None:
    wrong = wrong_address(url)
    if wrong:
        mistakes.add(f"[store] url {wrong}", "store", "url")


def _check_opens(config: StoreConfig, mistakes: Mistakes) -> None:
    """Let the adapter look at what is meant for it; opening asks nothing of the store itself."""
    if config.platform == DEMO and not config.options:
        return
    from bot.store.platforms import open_store  # noqa: PLC0415 - the adapters are needed only by who has such a store

    with TemporaryDirectory() as folder:
        try:
            open_store(StoreConfig(config.platform, config.url, config.key, config.options, Path(folder)))
        except StoreConfigError as error:
            option = next((name for name in config.options if name in str(error)), None)
            table, key = ("store.options", option) if option else ("store", "platform")
            mistakes.add(f"[{table}] {error}", table, key)
