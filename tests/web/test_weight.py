"""What a shop's visitors download for the chat."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from bot.gateway.static_files import WEB

WIDGET = WEB / "widget"
MOST = 15_000  # bytes, gzipped, in all


def test_everything_the_widget_serves_weighs_at_most_15_kilobytes_gzipped() -> None:
    files = [path for path in WIDGET.rglob("*") if path.is_file() and path.parent.name != "words"]
    heaviest_words = max((WIDGET / "words").iterdir(), key=lambda path: path.stat().st_size)
    weights = {path.name: len(gzip.compress(path.read_bytes(), 9)) for path in [*files, heaviest_words]}
    assert sum(weights.values()) <= MOST, weights


def test_the_widget_loads_nothing_but_its_own_files() -> None:
    for path in WIDGET.rglob("*.js"):
        imports = [line for line in path.read_text().splitlines() if line.startswith("import ")]
        assert all(" from './" in line for line in imports), path


@pytest.mark.parametrize(
    "path", [*WIDGET.rglob("*.js"), *WEB.joinpath("shop").rglob("*.js")], ids=lambda path: path.name
)
def test_no_script_makes_markup_from_text(path: Path) -> None:
    text = path.read_text()
    for way in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "setAttribute('style'"):
        assert way not in text
