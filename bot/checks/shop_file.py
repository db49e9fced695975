"""Mistakes in ``ramah.toml``, the shop's one file."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

from bot.checks.finding import Finding
from bot.project.project import Project
from bot.shop_file.mistakes import ShopFileError
from bot.shop_file.read import NAME, read_shop_file, shop_file

_PLACE = re.compile(r"(, line (?P<line>\d+))?: ")


def check(project: Project) -> Iterator[Finding]:
    """The project's own file, and the one that this process goes by if that is another."""
    own, used = project.root / NAME, shop_file(os.environ)
    files = [own] if own.is_file() else []
    if used is not None and not (files and used.resolve() == own.resolve()):
        files.append(used)
    for file in files:
        try:
            read_shop_file(file, os.environ)
        except ShopFileError as error:
            for sentence in error.mistakes:
                said = sentence.removeprefix(str(file))
                place = _PLACE.match(said)
                line = place["line"] if place else None
                wrong = said[place.end() :] if place else said
                yield Finding(
                    file, int(line) if line else None, wrong, "Correct it; docs/configuration.md explains.", error=True
                )
