"""The environment variables that the shop's file names: keys stand there and nowhere else."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.shop_file.mistakes import Mistakes

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,63}")


def named(table: str, key: str, values: Mapping[str, Any], environment: Mapping[str, str], mistakes: Mistakes) -> str:
    """What stands in the variable that ``values[key]`` names; empty, and a mistake, if it is not set."""
    name = values.get(key)
    if name is None:
        return ""
    if not _NAME.fullmatch(name) or (name not in environment and name != name.upper()):
        # Not quoted: it is most likely the key itself.
        mistakes.add(
            f'[{table}] {key} must be the name of an environment variable, like "STORE_KEY", never the key itself.',
            table,
            key,
        )
        return ""
    if not environment.get(name, "").strip():
        mistakes.add(f"[{table}] {key}: the environment variable {name} is not set.", table, key)
    return environment.get(name, "").strip()
