"""The pages on configuration and stores say what is so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import tomli

from bot.settings import Settings
from bot.shop_file.mistakes import Mistakes
from bot.shop_file.opening_hours import DAYS
from bot.shop_file.shape import SHAPE, well_shaped
from bot.store.platforms import PLATFORMS

ROOT = Path(__file__).parents[2]
CONFIGURATION = (ROOT / "docs/configuration.md").read_text("utf-8")
ADAPTER = (ROOT / "docs/stores/write-an-adapter.md").read_text("utf-8")
STORES = (ROOT / "docs/stores/README.md").read_text("utf-8")


def blocks(page: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", page, re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize("block", blocks(ADAPTER, "python"))
def test_code_on_the_page_is_the_example_s_own(block: str) -> None:
    place, _, code = block.partition("\n")
    assert code in (ROOT / place.removeprefix("# ")).read_text("utf-8")


@pytest.mark.parametrize("block", [*blocks(CONFIGURATION, "toml"), *blocks(ADAPTER, "toml")])
def test_tables_on_the_pages_have_no_mistakes(block: str) -> None:
    mistakes = Mistakes(Path("page"), block)
    well_shaped(tomli.loads(block), mistakes)
    assert mistakes.sentences == []


@pytest.mark.parametrize("table", SHAPE)
def test_every_key_is_explained(table: str) -> None:
    section = CONFIGURATION.split(f"### [{table}]")[1].split("\n#")[0]
    shortened = {*DAYS[1:-1], "options"}  # "monday … sunday"; options have a paragraph of their own
    assert [key for key in SHAPE[table] if f"`{key}`" not in section and key not in shortened] == []


def test_variables_on_the_page_are_settings() -> None:
    named = {name.lower() for name in re.findall(r"`RAMAH_([A-Z_]+)`", CONFIGURATION)} - {"config"}
    assert named <= set(Settings.__fields__)


def test_every_platform_has_its_column() -> None:
    assert [name for name in PLATFORMS if f"`{name}`" not in STORES] == []


def test_the_page_s_command_runs_the_contract() -> None:
    command = next(line for line in ADAPTER.splitlines() if line.startswith("python -m pytest"))
    assert command.endswith("tests/store/contract --platform tests.store.own_adapter.platform:start")
