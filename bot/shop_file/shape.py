"""Which tables and keys the shop's file may have, and of what kind each value is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.shop_file.looks_secret import SECRET_NAMES, looks_secret
from bot.shop_file.mistakes import Mistakes, nearest
from bot.shop_file.opening_hours import DAYS

Tables = dict[str, dict[str, Any]]

TEXT, TEXTS, TABLE = "text", "list of texts", "table"
_FORMS = {TEXT: 'a text in quotation marks, like "…"', TEXTS: 'a list of texts, like ["…", "…"]', TABLE: "a table"}

SHAPE: Mapping[str, Mapping[str, str]] = {
    "shop": {"name": TEXT, "languages": TEXTS, "time_zone": TEXT, "policy": TEXT},
    "store": {"platform": TEXT, "url": TEXT, "key_env": TEXT, "webhook_secret_env": TEXT, "options": TABLE},
    "hours": {**dict.fromkeys(DAYS, TEXTS), "holidays": TEXTS},
    "gateway": {"public_url": TEXT, "allowed_origins": TEXTS},
    "mail": {"from": TEXT, "smtp_env": TEXT},
}


def well_shaped(content: Mapping[str, Any], mistakes: Mistakes) -> Tables:
    """The tables with what is known and of the right kind; the rest is in ``mistakes``."""
    tables: Tables = {}
    for table, values in content.items():
        if table not in SHAPE:
            mistakes.add(f"there is no table [{table}]; {nearest(table, list(SHAPE))}", table)
        elif not isinstance(values, dict):
            mistakes.add(f"{table} must be a table: [{table}], and its lines below.", "", table)
        else:
            tables[table] = {key: value for key, value in values.items() if _is_right(table, key, value, mistakes)}
    return tables


def _is_right(table: str, key: str, value: Any, mistakes: Mistakes) -> bool:
    kind = SHAPE[table].get(key)
    if kind is None and key.lower() in SECRET_NAMES:
        env = "smtp_env" if table == "mail" else "webhook_secret_env" if "webhook" in key.lower() else "key_env"
        mistakes.add(
            f"[{table}] holds '{key}': keys never stand in this file. Put it into an environment variable, "
            f'and the variable\'s name here: {env} = "NAME_OF_THE_VARIABLE".',
            table,
            key,
        )
        return False
    if kind is None:
        mistakes.add(f"[{table}] has no '{key}'; {nearest(key, list(SHAPE[table]))}", table, key)
        return False
    if not _is(kind, value):
        mistakes.add(f"[{table}] {key} must be {_FORMS[kind]}.", table, key)
        return False
    if kind == TEXT and not key.endswith("_env") and looks_secret(value):
        mistakes.add(f"[{table}] {key} looks like a key or a password: keys never stand in this file.", table, key)
        return False
    return True


def _is(kind: str, value: Any) -> bool:
    if kind == TEXTS:
        return isinstance(value, list) and all(isinstance(each, str) for each in value)
    return isinstance(value, str if kind == TEXT else dict)
