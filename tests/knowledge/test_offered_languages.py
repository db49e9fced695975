"""A shop that leaves a language out shows no articles in it."""

from __future__ import annotations

from pathlib import Path

from bot.help_centre import library_of
from bot.orders.policy_file import load_policy
from bot.settings import Settings

DATA = Path(__file__).parents[2] / "data"


def test_articles_are_shown_in_the_shop_s_languages_only() -> None:
    policy = load_policy(DATA / "policy.yml")
    library = library_of(Settings(articles_dir=DATA / "articles", languages=["ms", "en"]), policy)
    assert library.languages() == ["en", "ms"]
    assert library.articles("ms")
    assert library.articles("id") == {}
