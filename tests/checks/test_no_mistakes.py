"""A bot without mistakes: no check finds any."""

from __future__ import annotations

import pytest

from bot.commands.check import BESIDE, FIRST, READABLE
from tests.checks.conftest import Check


@pytest.mark.parametrize("name", [READABLE, *(name for _, name in (*FIRST, *BESIDE))])
def test_nothing_is_found_in_a_bot_without_mistakes(name: str, run_check: Check) -> None:
    assert [finding.wrong for finding in run_check(name)] == []
