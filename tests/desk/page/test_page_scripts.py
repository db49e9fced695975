"""What the agents' page is made of."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from bot.gateway.static_files import WEB

DESK = WEB / "desk"
SCRIPTS = sorted(DESK.rglob("*.js"))
WORDS = {path.stem: json.loads(path.read_text("utf-8")) for path in (DESK / "words").iterdir()}
LONGEST = 200  # lines of a script
_KEY = re.compile(r"""\bt\(\s*'([^'$]+)'""")
_GAP = re.compile(r"{(\w+)}")


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_no_script_makes_markup_or_style_from_text(path: Path) -> None:
    text = path.read_text("utf-8")
    ways = (
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        "setAttribute('style'",
        "new Function",
    )
    assert [way for way in ways if way in text] == []


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_every_script_is_short_and_loads_only_its_neighbours(path: Path) -> None:
    text = path.read_text("utf-8")
    assert len(text.splitlines()) <= LONGEST
    assert all(source.startswith("./") for source in re.findall(r"""(?:from|import) '([^']+)'""", text))


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_every_text_that_a_script_shows_is_in_the_words(path: Path) -> None:
    used = set(_KEY.findall(path.read_text("utf-8")))
    assert used - set(WORDS["en"]) == set()


def test_all_languages_have_the_same_words_with_the_same_gaps() -> None:
    for language, words in WORDS.items():
        assert set(words) == set(WORDS["en"]), language
        for key, text in words.items():
            assert set(_GAP.findall(text)) == set(_GAP.findall(WORDS["en"][key])), (language, key)


def test_the_page_holds_no_script_and_no_style_of_its_own() -> None:
    html = (DESK / "index.html").read_text("utf-8")
    assert re.findall(r"<script(?![^>]*\bsrc=)|<style|\bstyle=|\bon\w+=", html) == []
