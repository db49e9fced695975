"""``[hours]``, ``[gateway]`` and ``[mail]``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from bot.orders.business_days import parse_holiday
from bot.shop_file.environment import named
from bot.shop_file.mistakes import Mistakes
from bot.shop_file.opening_hours import DAYS, span_of
from bot.shop_file.web_address import wrong_address


def hours_settings(values: Mapping[str, Any], mistakes: Mistakes) -> dict[str, Any]:
    for day in DAYS:
        for span in values.get(day, ()):
            _try(span_of, span, day, mistakes)
    for holiday in values.get("holidays", ()):
        _try(parse_holiday, holiday, "holidays", mistakes)
    return {
        "opening_hours": {day: values[day] for day in DAYS if day in values},
        "holidays": values.get("holidays", []),
    }


def gateway_settings(values: Mapping[str, Any], mistakes: Mistakes) -> dict[str, Any]:
    settings: dict[str, Any] = {}
    if "public_url" in values:
        settings["public_url"] = values["public_url"].rstrip("/")
        wrong = wrong_address(values["public_url"])
        if wrong:
            mistakes.add(f"[gateway] public_url {wrong}", "gateway", "public_url")
    if "allowed_origins" in values:
        settings["allowed_origins"] = [origin.rstrip("/") for origin in values["allowed_origins"]]
        for origin in values["allowed_origins"]:
            parts = urlsplit(origin)
            if parts.scheme not in {"http", "https"} or not parts.netloc or parts.path.strip("/"):
                mistakes.add(
                    f"[gateway] allowed_origins: '{origin}' must be a scheme and a host only, "
                    'like "https://shop.example".',
                    "gateway",
                    "allowed_origins",
                )
    return settings


def mail_settings(values: Mapping[str, Any], environment: Mapping[str, str], mistakes: Mistakes) -> dict[str, Any]:
    settings: dict[str, Any] = {}
    if "from" in values:
        settings["mail_from"] = values["from"]
        if "@" not in values["from"]:
            mistakes.add('[mail] from needs an address, like "Kedai Ramah <hello@shop.example>".', "mail", "from")
    if "smtp_env" in values and "RAMAH_SMTP_URL" not in environment:
        settings["smtp_url"] = named("mail", "smtp_env", values, environment, mistakes)
    return settings


def _try(parse: Any, text: str, key: str, mistakes: Mistakes) -> None:
    try:
        parse(text)
    except ValueError as error:
        mistakes.add(f"[hours] {key}: {error}.", "hours", key)
