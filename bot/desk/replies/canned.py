"""Canned replies as agents find them: the conversation's language first, by words that may be half or mistyped."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import structlog
from rapidfuzz import fuzz

from bot.desk.replies.canned_file import Canned, CannedReply, canned_faults, canned_files, read_canned
from bot.desk.replies.live_files import LiveFiles
from bot.languages import ENGLISH

_WORD = re.compile(r"\w+")
_TITLE, _TAG, _TEXT = 1.0, 0.9, 0.7  # what a hit there counts
_ALIKE = 75  # of 100: less alike is another word
_SHORT = 3  # letters: a shorter word has to begin one, no letter may differ
LONGEST_SEARCH = 100

log = structlog.get_logger(__name__)


def open_canned(folder: Path, languages: Sequence[str]) -> LiveFiles[Canned]:
    """Raises ``bot.desk.replies.file_fault.DeskFileError``; what only lacks a translation is told in the log.

    Args:
        languages: those that the bot speaks.
    """
    live = LiveFiles(lambda: canned_files(folder), lambda: read_canned(folder))
    for fault in canned_faults(folder, languages):
        log.warning("desk.canned", fault=str(fault))
    return live


def find_replies(canned: Canned, language: str, search: str = "") -> list[CannedReply]:
    """All that fit, those in ``language`` first, then English, then the others; within one the best fit first.

    Without words to search by, all of them as the files have them.
    """
    words = _words(search[:LONGEST_SEARCH])
    found: list[tuple[int, float, CannedReply]] = []
    for spoken in sorted(canned.replies, key=lambda each: _nearness(each, language)):
        for reply in canned.replies[spoken].values():
            score = _score(words, reply)
            if score > 0:
                found.append((_nearness(spoken, language), -score, reply))
    return [reply for _, _, reply in sorted(found, key=lambda each: each[:2])]


def _nearness(spoken: str, language: str) -> int:
    return 0 if spoken == language else 1 if spoken == ENGLISH else 2


def _score(words: Sequence[str], reply: CannedReply) -> float:
    """How well all the words fit: 0 to 100; 0 if one of them fits nothing."""
    if not words:
        return 1.0
    best = [max((_likeness(word, other) * weight for other, weight in _words_of(reply)), default=0.0) for word in words]
    return sum(best) / len(best) if all(best) else 0.0


def _words_of(reply: CannedReply) -> Iterator[tuple[str, float]]:
    for text, weight in ((reply.title, _TITLE), (" ".join((reply.id, *reply.tags)), _TAG), (reply.text, _TEXT)):
        yield from ((word, weight) for word in _words(text.replace("_", " ")))


def _likeness(word: str, other: str) -> float:
    if other.startswith(word):
        return 100.0 if word == other else 95.0
    if len(word) <= _SHORT:
        return 0.0
    # A mistyped beginning is found as well: "refnud" in "refunded".
    alike = max(fuzz.ratio(word, other), fuzz.ratio(word, other[: len(word)]))
    return alike if alike >= _ALIKE else 0.0


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())
