"""The small bot in a folder of the test's own."""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest

from bot.checks.finding import Finding
from bot.engine import without_tensorflow
from bot.project.project import Project
from tests.checks import small_bot

Check = Callable[[str], list[Finding]]


@pytest.fixture(scope="session", autouse=True)
def _rasa_without_tensorflow() -> None:
    """Rasa must not be imported while tests are collected: others prepare it first."""
    if not set(without_tensorflow.COMPONENTS) <= set(sys.modules):
        without_tensorflow.put_stand_ins()


@pytest.fixture
def bot(tmp_path: Path) -> Path:
    return small_bot.build(tmp_path)


@pytest.fixture
def run_check(bot: Path) -> Check:
    """Run one check, by its name, on the bot as it is now."""

    def run(name: str) -> list[Finding]:
        return list(import_module(f"bot.checks.{name}").check(Project(bot)))

    return run
