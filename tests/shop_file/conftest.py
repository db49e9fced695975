"""A shop's folder with a `ramah.toml` of its own, in a process's environment without settings."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.settings import Settings
from bot.shop_file.mistakes import ShopFileError

Shop = Callable[[str], Settings]


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shop:
    """Write the file and read the settings as every process does."""
    for name in [name for name in os.environ if name.startswith("RAMAH_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)

    def write(text: str) -> Settings:
        (tmp_path / "ramah.toml").write_text(text, "utf-8")
        return Settings()

    return write


@pytest.fixture
def mistakes(shop: Shop) -> Callable[[str], list[str]]:
    """The sentences about a file."""

    def told(text: str) -> list[str]:
        with pytest.raises(ShopFileError) as refused:
            shop(text)
        return refused.value.mistakes

    return told
