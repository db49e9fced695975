"""Finds ``ramah.toml``, reads it, and gives what it says as values of ``bot.settings.Settings``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import tomli

from bot.shop_file.mistakes import Mistakes, ShopFileError
from bot.shop_file.other_tables import gateway_settings, hours_settings, mail_settings
from bot.shop_file.shape import well_shaped
from bot.shop_file.shop_table import PROJECT, shop_settings
from bot.shop_file.store_table import store_settings

NAME = "ramah.toml"
PLACE = "RAMAH_CONFIG"  # the environment variable that names another file


def shop_file(environment: Mapping[str, str]) -> Path | None:
    """``RAMAH_CONFIG``, else ``ramah.toml`` in the current folder, else the one beside Ramah itself."""
    if environment.get(PLACE):
        return Path(environment[PLACE])
    return next((path for path in (Path(NAME), PROJECT / NAME) if path.is_file()), None)


def read_shop_file(path: Path, environment: Mapping[str, str]) -> dict[str, Any]:
    """Names of settings and their values.

    Raises:
        ShopFileError: with a sentence for each mistake in it.
    """
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is no UTF-8 text"
        raise ShopFileError([f"{path} cannot be read: {why}."]) from error
    try:
        content = tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        raise ShopFileError([f"{path}: this is not valid TOML: {error}."]) from error
    mistakes = Mistakes(path, text)
    tables = well_shaped(content, mistakes)
    folder = path.resolve().parent
    words_dir = Path(environment.get("RAMAH_WORDS_DIR") or _words_beside(folder))
    settings: dict[str, Any] = {}
    if "shop" in tables:
        settings |= shop_settings(tables["shop"], folder, words_dir, mistakes)
    if "store" in tables:
        settings |= store_settings(tables["store"], environment, mistakes)
    if "hours" in tables:
        settings |= hours_settings(tables["hours"], mistakes)
    if "gateway" in tables:
        settings |= gateway_settings(tables["gateway"], mistakes)
    if "mail" in tables:
        settings |= mail_settings(tables["mail"], environment, mistakes)
    if mistakes.sentences:
        raise ShopFileError(mistakes.sentences)
    return settings


def _words_beside(folder: Path) -> Path:
    """The words of the bot beside the file; else of this one."""
    own = folder / "data/words"
    return own if own.is_dir() else PROJECT / "data/words"
