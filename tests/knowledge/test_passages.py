"""What a shopper reads in the chat bubble."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.library import Library
from bot.knowledge.passages import LONGEST, html_of, passages_of


def _texts(markdown: str) -> list[str]:
    return [passage.text for passage in passages_of(markdown)]


def test_markup_is_taken_off_and_line_breaks_are_kept() -> None:
    assert _texts("See **this** [page](/x)\nnow.\n\nOr `that`.") == ["See this page now.\n\nOr that."]


def test_a_passage_ends_where_its_section_does() -> None:
    passages = passages_of("First.\n\n## Later\n\nSecond.")
    assert [(passage.heading, passage.text) for passage in passages] == [("", "First."), ("Later", "Second.")]


def test_lists_keep_their_dots_and_numbers() -> None:
    assert _texts("Pay with:\n\n- card\n- cash\n\nThen:\n\n1. wait\n2. smile") == [
        "Pay with:\n• card\n• cash\n\nThen:\n1. wait\n2. smile"
    ]


def test_a_table_is_read_row_by_row() -> None:
    table = "| Size | Chest | Hip |\n|---|---|---|\n| M | 90 cm | 98 cm |\n| L | 96 cm | |"
    assert _texts(f"Measure:\n\n{table}") == ["Measure:\n• M: Chest 90 cm, Hip 98 cm\n• L: Chest 96 cm"]


def test_a_long_section_becomes_several_passages_cut_after_sentences() -> None:
    sentence = "This sentence has exactly this many words in it. "
    texts = _texts(sentence * 20)
    assert len(texts) > 1
    assert all(text.endswith(".") for text in texts)
    assert " ".join(texts) == (sentence * 20).strip()


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\x00"), max_size=3000))
def test_no_passage_is_too_long_or_empty(markdown: str) -> None:
    assert all(0 < len(text) <= LONGEST for text in _texts(markdown))


def test_html_in_an_article_stays_text_and_no_link_runs_script() -> None:
    page = html_of('<script>alert(1)</script>\n\n<b onclick="x">b</b>\n\n[x](javascript:alert(1))')
    assert "<script" not in page
    assert "<b" not in page
    assert 'href="javascript' not in page


def test_every_shipped_passage_fits_a_bubble_and_every_article_begins_with_an_answer(shipped: Library) -> None:
    for language in shipped.languages():
        for article in shipped.articles(language).values():
            assert all(len(passage.text) <= LONGEST for passage in article.passages), article.slug
            assert article.passages[0].heading == "", f"{language}/{article.slug} begins with a heading"
