"""Numbers in digits or in words: "12", "dua belas", "lima puluh ribu", "twenty five"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc

from bot.nlu.patterns import NumberWords
from bot.nlu.phrases import Phrase, PhraseBook

MOST_DIGITS = 4  # of a number that counts something or belongs to a date
_PART_OF_MORE = re.compile(r"\d[.,/:#-]$")
_GOES_ON = re.compile(r"[.,/:-]\d")
_THOUSAND = 1000


@dataclass(frozen=True)
class Numeral:
    """``start`` and ``end`` count tokens; ``digits`` is how many it was written with, none for words."""

    start: int
    end: int
    value: int
    digits: int = 0


class Numerals:
    """Reads the numbers of some languages."""

    def __init__(self, nlp: Language, languages: Iterable[NumberWords]) -> None:
        entries: list[tuple[str, tuple[str, int]]] = []
        for words in languages:
            entries += [(word, ("word", value)) for word, value in words.words.items()]
            entries += [(word, ("plus", 10)) for word in words.plus_ten]
            entries += [(word, ("times", value)) for word, value in words.times.items()]
        self._book = PhraseBook(nlp, entries)

    def find(self, doc: Doc) -> list[Numeral]:
        """In the order of the text; digits that are part of a longer number or code ("1.50", "5-2") are none."""
        found = [] if not any(letter.isdigit() for letter in doc.text) else _in_digits(doc)
        run: list[Phrase[tuple[str, int]]] = []
        for phrase in self._book.find(doc):
            if run and (phrase.start != run[-1].end or _begins_anew(run[-1].meaning, phrase.meaning)):
                found += _read(run)
                run = []
            run.append(phrase)
        found += _read(run)
        return sorted(found, key=lambda numeral: numeral.start)


def _in_digits(doc: Doc) -> list[Numeral]:
    found = []
    for token in doc:
        text = token.text
        if text.isdecimal() and len(text) <= MOST_DIGITS:
            start, end = token.idx, token.idx + len(text)
            whole = doc.text
            if not _PART_OF_MORE.search(whole[max(0, start - 2) : start]) and not _GOES_ON.match(whole[end : end + 2]):
                found.append(Numeral(token.i, token.i + 1, int(text), len(text)))
    return found


def _begins_anew(last: tuple[str, int], new: tuple[str, int]) -> bool:
    """ "satu dua tiga" are three numbers, "twenty five" and "seratus lima" one each."""
    return last[0] == new[0] == "word" and not (last[1] >= 100 or (last[1] >= 20 and new[1] < 10))


def _read(run: Sequence[Phrase[tuple[str, int]]]) -> list[Numeral]:
    """ "lima puluh dua ribu": groups below a thousand, each closed by a word for thousands."""
    if not any(phrase.meaning[0] == "word" for phrase in run):
        return []
    total = group = last = 0
    for phrase in run:
        kind, value = phrase.meaning
        if kind == "word":
            group, last = group + last, value
        elif kind == "plus":
            last += value
        elif value < _THOUSAND:
            last = (last or 1) * value
        else:
            total, group, last = total + (group + last or 1) * value, 0, 0
    return [Numeral(run[0].start, run[-1].end, total + group + last)]
