"""The demo shop's articles as shipped, and folders of articles that a test writes itself."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.help_centre import library_of
from bot.knowledge.articles import Articles
from bot.knowledge.library import Library
from bot.orders.policy_file import load_policy
from bot.settings import Settings

ROOT = Path(__file__).parents[2]
Write = Callable[..., Path]


@pytest.fixture(scope="session")
def shipped() -> Library:
    settings = Settings(articles_dir=ROOT / "data/articles")
    return library_of(settings, load_policy(ROOT / "data/policy.yml", settings.shop_time_zone))


@pytest.fixture(scope="session")
def shipped_articles(shipped: Library) -> Articles:
    return Articles(shipped)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "articles"


@pytest.fixture
def write(folder: Path) -> Write:
    """Writes ``<language>/<slug>.md``; ``about``: more lines of front matter."""

    def to_file(name: str, title: str, text: str, *questions: str, about: str = "") -> Path:
        file = folder / f"{name}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        listed = "".join(f"\n- {question}" for question in questions or (title,))
        front = f"title: {title}\nlanguage: {file.parent.name}\n{about}questions:{listed}"
        file.write_text(f"---\n{front}\n---\n{text}\n", "utf-8")
        return file

    return to_file
