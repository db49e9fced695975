"""The shop's rules and its articles: each mistake is found, on its line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.project.project import Project
from tests.checks.conftest import Check, only
from tests.checks.small_bot import change, write


def test_a_rule_of_the_shop_that_is_wrong_is_found(bot: Path, run_check: Check) -> None:
    write(bot, "data/policy.yml", "returns: 3\n")
    assert run_check("shop_rules")
    assert all(finding.error for finding in run_check("shop_rules"))
    assert run_check("articles") == []  # they quote the rules: nothing is said about them before


@pytest.mark.parametrize(
    ("old", "new", "wrong"),
    [
        ("title: Ongkir", "titel: Ongkir", "title: field required"),
        ("[delivery_cost]", "[delivery_price]", "It is for the intent delivery_price"),
        ("Ongkir: 8.", "Ongkir: {fee}.", "{fee} stands for nothing"),
    ],
)
def test_a_broken_article_is_found(bot: Path, run_check: Check, old: str, new: str, wrong: str) -> None:
    change(bot, "data/articles/id/delivery-cost.md", old, new)
    found = only(run_check("articles"))
    assert wrong in found.wrong
    assert (found.file.parent.name, found.error) == ("id", True)


def test_an_article_that_a_language_lacks_is_found(bot: Path, run_check: Check) -> None:
    (bot / "data/articles/ms/delivery-cost.md").unlink()
    found = only(run_check("articles"))
    assert found.wrong.startswith("This article is missing in ms")
    assert found.at(bot) == "data/articles/en/delivery-cost.md"


def test_an_article_that_is_over_is_found(bot: Path) -> None:
    from bot.checks.articles import check  # noqa: PLC0415

    change(bot, "data/articles/en/delivery-cost.md", "language: en", "language: en\nvalid_until: 2020-05-01")
    assert list(check(Project(bot), date(2020, 5, 1))) == []
    found = only(list(check(Project(bot), date(2020, 5, 2))))
    assert "valid until 2020-05-01" in found.wrong
    assert found.line == 4
