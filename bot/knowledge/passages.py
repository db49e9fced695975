"""An article's text, as pages show it and as chat bubbles do: a few sentences at a time, without markup."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from markdown_it import MarkdownIt
from markdown_it.token import Token

LONGEST = 400  # characters of a passage
_BULLET = "• "
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")


@dataclass(frozen=True)
class Passage:
    """``heading``: of the section that it stands in, empty before the first."""

    heading: str
    text: str


@dataclass(frozen=True)
class _Block:
    """A paragraph, or an item of a list or table (``gap``: what stands before it)."""

    heading: str
    text: str
    gap: str = "\n\n"


def html_of(markdown: str) -> str:
    """Raw HTML in an article is shown as text, never as HTML."""
    return str(_MARKDOWN.render(markdown))


def passages_of(markdown: str) -> list[Passage]:
    """The passages in the order of the text; none goes on beyond its section."""
    blocks = _blocks(_MARKDOWN.parse(markdown))
    return [
        Passage(heading, text)
        for heading, section in groupby(blocks, lambda block: block.heading)
        for text in _passages(list(section))
    ]


def _passages(section: Sequence[_Block]) -> Iterator[str]:
    text = ""
    for block in _with_what_they_lead_to(section):
        for piece in _pieces(block.text):
            if text and len(text) + len(block.gap) + len(piece) > LONGEST:
                yield text
                text = ""
            text = f"{text}{block.gap}{piece}" if text else piece
    if text:
        yield text


def _with_what_they_lead_to(section: Sequence[_Block]) -> Iterator[_Block]:
    """ "You can pay with:" and the first of the list belong together."""
    lead = ""
    for block in section:
        text = f"{lead}\n{block.text}" if lead else block.text
        lead = text if text.endswith(":") else ""
        if not lead:
            yield _Block(block.heading, text, block.gap if "\n" not in text else "\n\n")
    if lead:
        yield _Block(section[-1].heading, lead)


def _pieces(text: str) -> Iterator[str]:
    """A text that no bubble holds, cut after sentences; a sentence that none holds, between words."""
    if len(text) <= LONGEST:
        yield text
        return
    piece = ""
    for sentence in _SENTENCE_END.split(text):
        for part in textwrap.wrap(sentence, LONGEST):
            if piece and len(piece) + 1 + len(part) > LONGEST:
                yield piece
                piece = ""
            piece = f"{piece} {part}" if piece else part
    yield piece


def _blocks(tokens: Sequence[Token]) -> Iterator[_Block]:
    heading, within, mark = "", [""], ""
    columns: list[str] = []
    cells: list[str] = []
    for token in tokens:
        text = _plain(token)
        if token.type == "tr_close" and within[-2] == "thead_open":
            columns, cells = cells, []
        elif token.type == "tr_close":
            yield _Block(heading, _row(columns, cells), "\n")
            cells = []
        elif text and within[-1] == "heading_open":
            heading = text
        elif within[-1] in ("th_open", "td_open") and token.type == "inline":
            cells.append(text)
        elif text and "list_item_open" in within:
            yield _Block(heading, mark + text, "\n")
        elif text:
            yield _Block(heading, text)
        elif token.type == "list_item_open":
            mark = f"{token.info}. " if token.info else _BULLET  # numbered, or not
        if token.nesting == 1:
            within.append(token.type)
        elif token.nesting == -1:
            within.pop()


def _row(columns: Sequence[str], cells: Sequence[str]) -> str:
    """ "M: chest 102 cm, length 72 cm": the first cell says what the row is about. All rows have the same cells."""
    values = [f"{column} {cell}".strip() for column, cell in zip(columns[1:], cells[1:], strict=True) if cell]
    return f"{_BULLET}{cells[0]}{': ' if values else ''}{', '.join(values)}"


def _plain(token: Token) -> str:
    if token.type in ("fence", "code_block"):
        return token.content.strip()
    if token.type != "inline":
        return ""
    breaks = {"softbreak": " ", "hardbreak": "\n"}
    return "".join(breaks.get(part.type, part.content) for part in token.children or ()).strip()
