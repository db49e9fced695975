"""``[shop]``: who the shop is, where its days begin, what it speaks, and where its rules lie."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from bot.languages import ENGLISH, language_of, spoken_languages
from bot.shop_file.mistakes import Mistakes

PROJECT = Path(__file__).resolve().parents[2]


def shop_settings(values: Mapping[str, Any], folder: Path, words_dir: Path, mistakes: Mistakes) -> dict[str, Any]:
    """``folder``: the file's own; ``words_dir``: what the bot speaks."""
    settings: dict[str, Any] = {}
    if "name" in values:
        settings["shop_name"] = values["name"]
        if not values["name"].strip():
            mistakes.add("[shop] name is empty.", "shop", "name")
    if "time_zone" in values:
        settings["shop_time_zone"] = values["time_zone"]
        _check_zone(values["time_zone"], mistakes)
    if "languages" in values:
        settings["languages"] = list(dict.fromkeys(language_of(each) for each in values["languages"]))
        if values["languages"]:
            settings["shop_locale"] = values["languages"][0]
        _check_languages(values["languages"], words_dir, mistakes)
    if "policy" in values:
        # Beside Ramah itself it stays as it is: `ramah --folder` looks for the same name in another bot's folder.
        settings["policy_file"] = Path(values["policy"]) if folder == PROJECT else folder / values["policy"]
        _check_readable(folder / values["policy"], mistakes)
    return settings


def _check_zone(name: str, mistakes: Mistakes) -> None:
    try:
        ZoneInfo(name)
    except (KeyError, OSError, ValueError):  # unknown, a folder, or no name at all
        near = get_close_matches(name, available_timezones(), n=1, cutoff=0.6)
        hint = f"did you mean '{near[0]}'?" if near else "it is written like 'Asia/Kuala_Lumpur'."
        mistakes.add(f"[shop] time_zone: there is no time zone '{name}'; {hint}", "shop", "time_zone")


def _check_languages(languages: list[str], words_dir: Path, mistakes: Mistakes) -> None:
    spoken = spoken_languages(words_dir)
    if not (words_dir / f"{ENGLISH}.yml").is_file():
        return  # there are no words at all: who reads them says it
    if not languages:
        mistakes.add("[shop] languages is empty: name at least one.", "shop", "languages")
    for each in languages:
        if language_of(each) not in spoken:
            mistakes.add(
                f"[shop] languages: the bot does not speak '{each}' (there is no {words_dir}/{language_of(each)}.yml); "
                f"it speaks {', '.join(spoken)}. docs/nlu.md says how to add one.",
                "shop",
                "languages",
            )


def _check_readable(path: Path, mistakes: Mistakes) -> None:
    try:
        path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is no UTF-8 text"
        mistakes.add(f"[shop] policy: {path} cannot be read: {why}.", "shop", "policy")
