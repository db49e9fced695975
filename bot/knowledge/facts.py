"""What articles say by a name in braces ("{return_days}"), so that it stands in one place only."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import yaml
from babel import Locale, UnknownLocaleError
from babel.numbers import format_decimal

ENGLISH = "en"
FILE = "facts.yml"
_PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)\}")

FactsOf = Callable[[str], Mapping[str, str]]  # a language -> name -> text, ready to show


class BrokenFile(ValueError):
    """The file cannot be used; the message is the reason, as part of a sentence."""


def no_facts(_language: str) -> Mapping[str, str]:
    return {}


def read_facts(path: Path) -> dict[str, Any]:
    """``name: value`` or ``name: {en: …, id: …}``; nothing where there is no such file.

    Raises:
        BrokenFile: it is no YAML, or not of this form.
    """
    if not path.exists():
        return {}
    try:
        content = yaml.safe_load(path.read_text("utf-8")) or {}
    except (yaml.YAMLError, UnicodeDecodeError, OSError) as error:
        raise BrokenFile(f"it cannot be read as YAML ({_one_line(error)})") from error
    if not isinstance(content, dict):
        raise BrokenFile("it must hold lines like delivery_fee: 8")
    for name, value in content.items():
        if not _PLACEHOLDER.fullmatch(f"{{{name}}}"):
            raise BrokenFile(f'"{name}" must be a name of small letters, digits and underscores')
        texts = value if isinstance(value, dict) else {ENGLISH: value}
        if ENGLISH not in texts or any(not isinstance(text, str | int | float) for text in texts.values()):
            raise BrokenFile(f"{name} must be a text or a number, or one for each language with en among them")
    return content


def told_in(language: str, facts: Mapping[str, Any]) -> dict[str, str]:
    """The facts of a file in a language (English where it has none): numbers as that language writes them."""
    told = {}
    for name, value in facts.items():
        text = value[language if language in value else ENGLISH] if isinstance(value, dict) else value
        told[name] = text if isinstance(text, str) else number(text, language)
    return told


def number(value: float, language: str) -> str:
    """ "2.500.000" in Indonesian; with cents if it is no whole number."""
    try:
        locale = Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        locale = Locale.parse(ENGLISH)
    return str(format_decimal(value, format="#,##0" if value == int(value) else "#,##0.00", locale=locale))


def fill(text: str, facts: Mapping[str, str]) -> str:
    """``text`` with the facts in place of their names.

    Raises:
        BrokenFile: a name stands for nothing.
    """
    unknown = sorted({name for name in _PLACEHOLDER.findall(text) if name not in facts})
    if unknown:
        names = ", ".join(f"{{{name}}}" for name in unknown)
        raise BrokenFile(f"{names} stands for nothing; docs/articles.md lists what can be used")
    return _PLACEHOLDER.sub(lambda found: facts[found[1]], text)


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())
