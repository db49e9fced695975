"""The small bot, trained once; and `ramah` as a trainer calls it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.installation import with_files_in
from bot.settings import Settings
from bot.training import train_if_changed
from tests.checks import small_bot
from tests.checks.rasa_here import import_rasa, without_its_warnings

if TYPE_CHECKING:
    from bot.engine.understanding import Understanding

Ramah = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def trained_bot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    bot = small_bot.build(tmp_path_factory.mktemp("small_bot"))
    train_if_changed(bot, bot / "training.log", lambda _: None)
    return bot


@pytest.fixture(scope="session")
def settings(trained_bot: Path) -> Settings:
    return with_files_in(trained_bot, Settings())


@pytest.fixture(scope="session")
def understanding(trained_bot: Path, settings: Settings) -> Understanding:
    """The small bot's model, loaded once in this process."""
    import_rasa()
    from bot.engine.understanding import Understanding  # noqa: PLC0415

    with without_its_warnings():
        return Understanding(next(trained_bot.glob("models/*.tar.gz")), settings)


@pytest.fixture
def ramah(tmp_path: Path) -> Ramah:
    """Run the command line in a folder of the test's own."""

    def run(*words: str | Path) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "RAMAH_STATE_DIR": str(tmp_path / "state"), "COLUMNS": "80"}
        command = [sys.executable, "-m", "bot.cli", *(str(word) for word in words)]
        return subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)

    return run
