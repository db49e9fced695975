"""The platform's own options in ``ramah.toml``; docs/stores/shopify.md explains them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.store.config import StoreConfigError

CHOICES = {
    "refunds": ("none", "allowed"),
    "cases": ("none", "tags"),
    "restock": ("true", "false"),
    "notify_customer": ("true", "false"),
}
REASON = re.compile(r"return_reason\.(?P<code>[a-z0-9_]+)")
HANDLE = re.compile(r"[a-z0-9-]{1,80}")


@dataclass(frozen=True)
class Settings:
    """``refunds``: whether cancelling may pay money back. ``return_reasons``: reason code -> Shopify's handle."""

    refunds: bool = False
    case_tags: bool = False
    restock: bool = True
    notify_customer: bool = True
    final_sale_tag: str = "final-sale"
    return_reasons: Mapping[str, str] = field(default_factory=dict)


def read_settings(options: Mapping[str, str]) -> Settings:
    """Raises ``StoreConfigError`` for an option, or a value of one, that there is not."""
    reasons: dict[str, str] = {}
    for name, value in options.items():
        if name in CHOICES:
            if value not in CHOICES[name]:
                allowed = " or ".join(f'"{each}"' for each in CHOICES[name])
                raise StoreConfigError(f'The Shopify option {name} is {allowed}, not "{value}".')
        elif reason := REASON.fullmatch(name):
            if not HANDLE.fullmatch(value):
                raise StoreConfigError(f'"{value}" is no handle of a Shopify return reason ({name}).')
            reasons[reason["code"]] = value
        elif name != "final_sale_tag":
            known = ", ".join([*CHOICES, "final_sale_tag", "return_reason.<code>"])
            raise StoreConfigError(f"There is no Shopify option {name!r}; there are {known}.")
    return Settings(
        refunds=options.get("refunds") == "allowed",
        case_tags=options.get("cases") == "tags",
        restock=options.get("restock", "true") == "true",
        notify_customer=options.get("notify_customer", "true") == "true",
        final_sale_tag=options.get("final_sale_tag", "final-sale"),
        return_reasons=reasons,
    )
