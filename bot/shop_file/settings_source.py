"""The shop's file as a source of settings: what is said in code or in the environment wins over it."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import Any

from pydantic import BaseSettings

from bot.shop_file.read import read_shop_file, shop_file

PREFIX = "RAMAH_"


def from_shop_file(said: Mapping[str, Any]) -> Callable[[BaseSettings], dict[str, Any]]:
    """``said``: the settings given in code. They are left out, since pydantic would mix two tables into one."""

    def source(_: BaseSettings) -> dict[str, Any]:
        path = shop_file(os.environ)
        if path is None:
            return {}
        found = read_shop_file(path, os.environ)
        named = {name.upper() for name in os.environ}
        return {name: value for name, value in found.items() if name not in said and PREFIX + name.upper() not in named}

    return source
