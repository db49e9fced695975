"""The small bot in a folder of the test's own."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest

from bot.checks.finding import Finding
from bot.project.project import Project
from tests.checks import small_bot
from tests.checks.rasa_here import import_rasa

Check = Callable[[str], list[Finding]]


@pytest.fixture(scope="session", autouse=True)
def _rasa() -> None:
    import_rasa()


@pytest.fixture
def bot(tmp_path: Path) -> Path:
    return small_bot.build(tmp_path)


@pytest.fixture
def run_check(bot: Path) -> Check:
    """Run one check, by its name, on the bot as it is now."""

    def run(name: str) -> list[Finding]:
        return list(import_module(f"bot.checks.{name}").check(Project(bot)))

    return run


def only(findings: list[Finding]) -> Finding:
    """The one thing that was found; it says what to do."""
    assert len(findings) == 1, [finding.wrong for finding in findings]
    assert findings[0].do.strip()
    return findings[0]
