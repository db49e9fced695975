"""Shoppers' questions find the right article; what is no question about the shop finds none."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.knowledge.articles import Articles
from bot.knowledge.library import Library
from tests.knowledge.conftest import Write

HERE = Path(__file__).parent
LANGUAGES = ("en", "id", "ms")
TUNED_ON = yaml.safe_load((HERE / "questions.yml").read_text("utf-8"))
UNSEEN = yaml.safe_load((HERE / "unseen.yml").read_text("utf-8"))


def _wrong(articles: Articles, language: str, questions: list[dict[str, Any]]) -> list[str]:
    wrong = []
    for question in questions:
        found = articles.search(question["text"], language, question.get("intent"))
        if found is None or found.slug not in question["articles"]:
            wrong.append(f"{question['text']} -> {found.slug if found else None}")
    return wrong


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("questions", "most"), [(TUNED_ON, 0.07), (UNSEEN, 0.10)], ids=["tuned on", "unseen"])
def test_a_question_finds_the_article_that_answers_it(
    shipped_articles: Articles, language: str, questions: dict[str, Any], most: float
) -> None:
    wrong = _wrong(shipped_articles, language, questions[language])
    assert len(wrong) <= most * len(questions[language]), wrong


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_alone_find_the_right_article_or_rather_none(shipped_articles: Articles, language: str) -> None:
    found = {
        question["text"]: (answer.slug, question["articles"])
        for question in [*TUNED_ON[language], *UNSEEN[language]]
        if (answer := shipped_articles.search(question["text"], language))
    }
    wrong = {text: slugs for text, slugs in found.items() if slugs[0] not in slugs[1]}
    assert len(found) >= 70  # of about 109
    assert len(wrong) <= 16, wrong


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_no_article_is_about_finds_nothing(shipped_articles: Articles, language: str) -> None:
    texts = [*TUNED_ON["nothing"][language], *UNSEEN["nothing"][language]]
    found = {text: answer.slug for text in texts if (answer := shipped_articles.search(text, language))}
    assert len(found) <= 4, found
    strong = [text for text in texts if shipped_articles.search(text, language, strong=True)]
    assert strong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_strong_match_is_seldom_wrong(shipped_articles: Articles, language: str) -> None:
    questions = [*TUNED_ON[language], *UNSEEN[language]]
    found = [(each, shipped_articles.search(each["text"], language, strong=True)) for each in questions]
    right = [each for each, answer in found if answer and answer.slug in each["articles"]]
    wrong = [each["text"] for each, answer in found if answer and answer.slug not in each["articles"]]
    assert len(right) >= 25
    assert len(wrong) <= 3, wrong


def test_typing_errors_and_slang_are_seen_through(shipped_articles: Articles) -> None:
    for text, language, slug in (
        ("hw mch is delivry feee", "en", "delivery-cost"),
        ("brpa ongkirnyaaa kak", "id", "delivery-cost"),
        ("brape kos pnghantaran", "ms", "delivery-cost"),
    ):
        found = shipped_articles.search(text, language, "delivery_cost")
        assert found is not None
        assert found.slug == slug


def test_a_question_without_a_word_of_any_article_gets_the_main_article_of_its_intent(
    shipped_articles: Articles,
) -> None:
    for text in ("", "gimana tuh", "1047", "😀"):
        found = shipped_articles.search(text, "id", "delivery_cost")
        assert found is not None
        assert (found.slug, found.url) == ("delivery-cost", "/help/id/delivery-cost")


def test_the_next_best_is_another_article_on_the_same(shipped_articles: Articles) -> None:
    first = shipped_articles.search("my voucher doesn't work", "en", "voucher")
    assert first is not None
    second = shipped_articles.search("my voucher doesn't work", "en", "voucher", without=[first.slug])
    assert second is not None
    assert {first.slug, second.slug} == {"voucher", "voucher-not-working"}


def test_the_passage_is_the_part_that_answers(shipped_articles: Articles) -> None:
    for text, language, intent, words in (
        ("how long does delivery take", "en", "delivery_time", "business days to bring it to you"),
        ("what is your return policy", "en", "return_policy", "days after delivery"),
        ("do you deliver to brunei", "en", "delivery_area", "Brunei and Thailand"),
        ("please erase my personal data", "en", "privacy", "hello@kedairamah.example"),
        ("mau jadi reseller", "id", "wholesale", "reseller"),
        ("berapa kos pos ke sabah", "ms", "delivery_cost", "RM 8"),
    ):
        found = shipped_articles.search(text, language, intent)
        assert found is not None
        assert words in found.passage


def test_the_same_question_gets_the_same_answer(shipped: Library) -> None:
    texts = [question["text"] for question in TUNED_ON["ms"]]
    first, second = Articles(shipped), Articles(shipped)
    assert [first.search(text, "ms") for text in texts] == [second.search(text, "ms") for text in texts]


def test_english_answers_only_what_the_language_has_no_article_on(folder: Path, write: Write) -> None:
    for name in ("kites", "chairs", "lamps"):
        write(f"id/{name}", f"Tentang {name}", f"Halaman {name}.", f"Apa itu {name}?")
    write("en/kites", "Kites", "English kites.", "Do you sell kites?", about="intents: [kites]\n")
    write("en/drums", "Drums", "English drums.", "Do you sell drums?", about="intents: [drums]\n")
    articles = Articles(Library(folder))
    own, other = articles.search("ada kites?", "id", "kites"), articles.search("ada gendang?", "id", "drums")
    assert own is not None
    assert (own.language, own.passage) == ("id", "Halaman kites.")
    assert other is not None
    assert (other.language, other.url) == ("en", "/help/en/drums")


def test_signs_and_sql_in_a_question_are_only_words(shipped_articles: Articles) -> None:
    for text in ('"', "' OR 1=1 --", 'delivery" OR slug:"x', "NEAR(delivery cost)", "*", "-", "a" * 5000, "\x00"):
        shipped_articles.search(text, "en", "delivery_cost")
        assert isinstance(shipped_articles.matches(text, "en"), list)


def test_a_search_takes_a_few_milliseconds(shipped_articles: Articles) -> None:
    shipped_articles.warm_up()
    took = []
    for question in TUNED_ON["en"]:
        begun = time.process_time()
        shipped_articles.search(question["text"], "en", question.get("intent"))
        took.append(time.process_time() - begun)
    assert sorted(took)[len(took) // 2] < 0.02
