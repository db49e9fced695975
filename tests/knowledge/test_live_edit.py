"""Trainers edit, break and delete articles while shoppers ask."""

from __future__ import annotations

import logging
import os
from datetime import date
from pathlib import Path

import pytest

from bot.knowledge.articles import Articles
from bot.knowledge.library import Library
from tests.knowledge.conftest import Write


@pytest.fixture(autouse=True)
def _some_articles(write: Write) -> None:
    write("en/tea", "Tea", "Our tea grows in the Cameron Highlands.", "Where does the tea come from?")
    write("en/bread", "Bread", "We bake at five in the morning.", "When do you bake the bread?")
    write("en/chairs", "Chairs", "The chairs are of rattan.", "What are the chairs made of?")


def _answer(articles: Articles, text: str, language: str = "en") -> str | None:
    found = articles.search(text, language)
    return found.passage if found else None


def test_an_edited_article_counts_from_the_next_question_on(folder: Path, write: Write) -> None:
    articles = Articles(Library(folder))
    assert _answer(articles, "where is the tea from") == "Our tea grows in the Cameron Highlands."
    write("en/tea", "Tea", "Our tea grows in Java now.", "Where does the tea come from?")
    assert _answer(articles, "where is the tea from") == "Our tea grows in Java now."


def test_an_edit_that_leaves_the_size_as_it_was_is_seen_too(folder: Path, write: Write) -> None:
    articles = Articles(Library(folder))
    file = write("en/tea", "Tea", "Our tea is green.", "Where does the tea come from?")
    assert _answer(articles, "where is the tea from") == "Our tea is green."
    at = file.stat().st_mtime_ns
    write("en/tea", "Tea", "Our tea is black.", "Where does the tea come from?")
    os.utime(file, ns=(at + 1, at + 1))
    assert _answer(articles, "where is the tea from") == "Our tea is black."


def test_a_new_article_is_found_and_a_deleted_one_is_not(folder: Path, write: Write) -> None:
    articles = Articles(Library(folder))
    assert _answer(articles, "do you sell kites") is None
    file = write("en/kites", "Kites", "Yes, from Kelantan.", "Do you sell kites?")
    assert _answer(articles, "do you sell kites") == "Yes, from Kelantan."
    file.unlink()
    assert _answer(articles, "do you sell kites") is None


def test_nothing_is_read_again_while_nothing_changes(folder: Path) -> None:
    library = Library(folder)
    assert library.articles("en") is library.articles("en")


def test_an_article_is_shown_on_its_last_day_and_not_after_it(folder: Path, write: Write) -> None:
    write("en/fair", "Fair", "The kite fair is in June.", "When is the kite fair?", about="valid_until: 2026-06-30\n")
    days = iter([date(2026, 6, 30), date(2026, 7, 1)])
    articles = Articles(Library(folder, today=lambda: next(days)))
    assert _answer(articles, "when is the kite fair") == "The kite fair is in June."
    assert _answer(articles, "when is the kite fair") is None


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("Just a text.", "it does not begin with front matter"),
        ("---\ntitle: Tea\n---\nText", "language: field required; questions: field required|questions: field required"),
        ("---\ntitle: [Tea\n---\nText", "its front matter is no YAML"),
        ("---\ntitle: Tea\nlanguage: en\nquestions: [Tea?]\ntags: x\n---\nText", "tags: extra fields not permitted"),
        (
            "---\ntitle: Tea\nlanguage: ms\nquestions: [Tea?]\n---\nText",
            'its language is "ms", but it lies in the folder en',
        ),
        ("---\ntitle: Tea\nlanguage: en\nquestions: [Tea?]\n---\n", "there is no text below the front matter"),
        ("---\ntitle: Tea\nlanguage: en\nquestions: [Tea?]\nvalid_until: soon\n---\nText", "valid_until: invalid date"),
        (
            "---\ntitle: Tea\nlanguage: en\nquestions: [Tea?]\n---\nTake {tea_days} days.",
            "{tea_days} stands for nothing",
        ),
    ],
)
def test_a_broken_file_is_told_and_the_others_go_on(
    folder: Path, caplog: pytest.LogCaptureFixture, content: str, reason: str
) -> None:
    articles = Articles(library := Library(folder))
    file = folder / "en" / "tea.md"
    file.write_text(content, "utf-8")
    with caplog.at_level(logging.WARNING):
        assert _answer(articles, "when do you bake bread") == "We bake at five in the morning."
        assert _answer(articles, "where is the tea from") is None
    assert [record.getMessage().split(" cannot be used: ")[0] for record in caplog.records] == [str(file)]
    assert any(each in caplog.text for each in reason.split("|"))
    assert list(library.broken()) == [file]


def test_a_broken_file_is_back_once_it_is_mended(folder: Path, write: Write) -> None:
    articles = Articles(library := Library(folder))
    (folder / "en" / "tea.md").write_bytes(b"\xff\xfe\x00")
    assert _answer(articles, "where is the tea from") is None
    write("en/tea", "Tea", "From Java.", "Where does the tea come from?")
    assert _answer(articles, "where is the tea from") == "From Java."
    assert library.broken() == {}


def test_a_file_with_a_name_that_is_no_address_is_told(folder: Path, write: Write) -> None:
    file = write("en/Our Tea", "Tea", "From Java.")
    library = Library(folder)
    assert "small letters" in library.broken()[file]


def test_a_link_to_nothing_is_told(folder: Path) -> None:
    link = folder / "en" / "gone.md"
    link.symlink_to(folder / "nowhere.md")
    assert "it cannot be read" in Library(folder).broken()[link]


def test_a_changed_fact_changes_every_article_that_quotes_it(folder: Path, write: Write) -> None:
    facts = folder / "facts.yml"
    facts.write_text("fee: 8\n", "utf-8")
    write("en/post", "Postage", "It costs RM {fee}.", "What is the postage?")
    write("id/post", "Ongkir", "Ongkirnya Rp {fee}.", "Berapa ongkirnya?")
    articles = Articles(Library(folder))
    assert _answer(articles, "what is the postage") == "It costs RM 8."
    facts.write_text("fee: 18000\n", "utf-8")
    assert _answer(articles, "what is the postage") == "It costs RM 18,000."
    assert _answer(articles, "ongkirnya berapa", "id") == "Ongkirnya Rp 18.000."


def test_facts_that_cannot_be_read_leave_the_old_ones_in_force(folder: Path, write: Write) -> None:
    facts = folder / "facts.yml"
    facts.write_text("fee: 8\n", "utf-8")
    write("en/post", "Postage", "It costs RM {fee}.", "What is the postage?")
    library = Library(folder)
    articles = Articles(library)
    assert _answer(articles, "what is the postage") == "It costs RM 8."
    facts.write_text("fee: [8\n", "utf-8")
    assert _answer(articles, "what is the postage") == "It costs RM 8."
    assert "it cannot be read as YAML" in library.broken()[facts]


def test_a_rule_of_the_shop_goes_before_a_fact_of_the_same_name(folder: Path, write: Write) -> None:
    (folder / "facts.yml").write_text("days: 3\n", "utf-8")
    write("en/back", "Returns", "Within {days} days.", "How long can I return?")
    articles = Articles(Library(folder, lambda _language: {"days": "14"}))
    assert _answer(articles, "how long can i return") == "Within 14 days."


def test_a_shop_without_articles_finds_nothing(tmp_path: Path) -> None:
    library = Library(tmp_path / "none")
    assert library.languages() == []
    assert Articles(library).search("how much is delivery", "en", "delivery_cost") is None
