"""The demo shop's articles: complete in three languages, of a length one reads, true to the shop's rules."""

from __future__ import annotations

import re

import pytest
import yaml

from bot.knowledge.article import Article
from bot.knowledge.articles import Articles
from bot.knowledge.library import Library
from bot.orders.policy_facts import policy_facts
from bot.orders.policy_file import load_policy
from tests.knowledge.conftest import ROOT

LANGUAGES = ("en", "id", "ms")


def _all(library: Library) -> list[Article]:
    return [article for language in LANGUAGES for article in library.articles(language).values()]


def test_no_file_is_broken(shipped: Library) -> None:
    assert shipped.broken() == {}


def test_there_are_44_topics_each_in_every_language(shipped: Library) -> None:
    slugs = [set(shipped.articles(language)) for language in LANGUAGES]
    assert slugs[0] == slugs[1] == slugs[2]
    assert len(slugs[0]) >= 44


def test_the_same_article_answers_the_same_intents_in_every_language(shipped: Library) -> None:
    for slug, english in shipped.articles("en").items():
        for language in LANGUAGES:
            other = shipped.articles(language)[slug]
            assert (other.intents, other.valid_until) == (english.intents, english.valid_until), f"{language}/{slug}"


def test_articles_have_80_to_200_words_and_4_to_8_questions(shipped: Library) -> None:
    for article in _all(shipped):
        words = len(re.findall(r"[^\W_]+(?:[-'][^\W_]+)*", article.markdown))
        assert 75 <= words <= 230, f"{article.language}/{article.slug}: {words}"
        assert 4 <= len(article.questions) <= 8, f"{article.language}/{article.slug}"


def test_no_two_articles_of_a_language_list_the_same_question(shipped: Library) -> None:
    for language in LANGUAGES:
        asked = [question for article in shipped.articles(language).values() for question in article.questions]
        assert len(asked) == len(set(asked)), language


def test_every_question_that_an_article_lists_finds_that_article(shipped: Library, shipped_articles: Articles) -> None:
    lost = []
    for article in _all(shipped):
        for question in article.questions:
            found = shipped_articles.search(question, article.language)
            if found is None or found.slug != article.slug:
                lost.append(f"{article.language}/{article.slug}: {question} -> {found.slug if found else None}")
    assert len(lost) <= 12, lost  # of more than 1100


def test_every_intent_that_is_answered_from_articles_has_one_called_like_it(shipped: Library) -> None:
    stories = yaml.safe_load((ROOT / "data/stories/shop.yml").read_text("utf-8"))["rules"]
    intents = {
        option["intent"]
        for rule in stories
        if rule["steps"][-1].get("action") == "action_answer_question"
        for option in rule["steps"][0].get("or", [rule["steps"][0]])
    }
    assert len(intents) > 30
    for language in LANGUAGES:
        articles = shipped.articles(language)
        assert all(intent in articles[intent.replace("_", "-")].intents for intent in intents), language


def test_every_named_intent_exists(shipped: Library) -> None:
    known = set(yaml.safe_load((ROOT / "domain.yml").read_text("utf-8"))["intents"])
    assert {intent for article in _all(shipped) for intent in article.intents} <= known


def test_malay_says_awak_and_indonesian_kakak(shipped: Library) -> None:
    for language, wrong in (("ms", r"\b(anda|kamu|kau)\b"), ("id", r"\b(anda|kau|kamu|awak)\b")):
        for article in shipped.articles(language).values():
            assert not re.search(wrong, article.markdown, re.IGNORECASE), f"{language}/{article.slug}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_articles_quote_the_shops_rules(shipped: Library, language: str) -> None:
    policy = load_policy(ROOT / "data/policy.yml")
    text = shipped.articles(language)["return-policy"].markdown
    for reason in ("damaged", "faulty"):
        assert re.search(rf"\b{policy.return_window_days('', reason)}\b", text)
    for category in ("fashion", "electronics", ""):
        assert re.search(rf"\b{policy.return_window_days(category)}\b", text)


def test_facts_are_written_as_the_language_writes_them() -> None:
    policy = load_policy(ROOT / "data/policy.yml")
    assert policy_facts(policy, "id")["replaced_up_to_idr"] == "200.000"
    assert policy_facts(policy, "en")["replaced_up_to_idr"] == "200,000"
    assert policy_facts(policy, "ms")["countries"].endswith("Filipina dan Amerika Syarikat")
    assert policy_facts(policy, "en")["deliver_to"] == str(policy.next_steps.deliver.latest)
