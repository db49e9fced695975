"""How many: "2 of the mugs", "dua helai", "sepasang", "both", "semua", or a small number that is the whole message."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from spacy.language import Language
from spacy.tokens import Doc

from bot.nlu.found import Found
from bot.nlu.numerals import Numeral
from bot.nlu.patterns import Words
from bot.nlu.phrases import Phrase, PhraseBook, longest

SMALLEST, LARGEST = 1, 99
LARGEST_BARE = 20  # a larger number beside a verb or "only", with no unit, is a size or a price: "tukar 42", "70 je"
MOST_DIGITS = 2
WHOLE = {"both", "all"}
KINDS = ("after", "only_after", "before", "of", "both", "all", "none", "polite", "not_behind")
Meaning = tuple[str, int]


class QuantityFinder:
    """Finds quantities with the words of some languages."""

    def __init__(self, nlp: Language, languages: Mapping[str, Words]) -> None:
        phrases: dict[str, list[tuple[str, Meaning]]] = {kind: [] for kind in (*KINDS, "counted", "packs", "measure")}
        for words in languages.values():
            for kind in KINDS:
                phrases[kind] += [(phrase, (kind, 0)) for phrase in getattr(words.quantity, kind)]
            phrases["counted"] += [(phrase, ("counted", value)) for phrase, value in words.quantity.counted.items()]
            phrases["packs"] += [(phrase, ("packs", value)) for phrase, value in words.quantity.packs.items()]
            phrases["measure"] += [(phrase, ("measure", 0)) for phrase in words.context.get("measure", ())]
        # One word may be of several kinds ("unit 5", "5 unit"): each kind is looked for by itself.
        whole = ("none", "both", "all", "counted")
        self._whole = PhraseBook(nlp, [entry for kind in whole for entry in phrases.pop(kind)])
        self._around = {kind: PhraseBook(nlp, entries) for kind, entries in phrases.items()}

    def find(self, doc: Doc, numerals: Sequence[Numeral], taken: Collection[int]) -> Iterator[Found]:
        """The value is a number in digits, ``both`` or ``all``.

        Args:
            doc: the text.
            numerals: the numbers in it.
            taken: tokens that belong to something else, a date or a street.
        """
        used = set(taken)
        for phrase in longest(self._whole.find(doc)):
            kind, value = phrase.meaning
            if kind != "none" and used.isdisjoint(range(phrase.start, phrase.end)):
                yield _found(doc, phrase.start, phrase.end, kind if kind in WHOLE else str(value))
            used.update(range(phrase.start, phrase.end))
        small = [
            numeral
            for numeral in numerals
            if numeral.digits <= MOST_DIGITS
            and SMALLEST <= numeral.value <= LARGEST
            and used.isdisjoint(range(numeral.start, numeral.end))
        ]
        if small:
            yield from self._counts(doc, small, numerals)

    def _counts(self, doc: Doc, small: Sequence[Numeral], numerals: Sequence[Numeral]) -> Iterator[Found]:
        around = {kind: book.find(doc) for kind, book in self._around.items()}
        behind = {kind: {_past_sign(doc, each.end) for each in around[kind]} for kind in ("before", "not_behind")}
        ahead = {kind: {each.start: each.end for each in around[kind]} for kind in ("after", "only_after", "measure")}
        packs = {each.start: (each.end, each.meaning[1]) for each in around["packs"]}
        first_of_two, second_of_two = _pairs(around["of"], numerals)
        polite = {token for phrase in around["polite"] for token in range(phrase.start, phrase.end)}
        for numeral in small:
            start, end, value = numeral.start, numeral.end, numeral.value
            if start in behind["not_behind"] or start in second_of_two or _marks_doubling(doc, start, behind["before"]):
                continue
            if end in packs:
                end, dozens = packs[end]
                value *= dozens
            elif end in ahead["measure"] and end not in ahead["after"]:
                continue
            elif _goes_on(doc, end) and end not in ahead["after"] and end not in ahead["only_after"]:
                continue  # "3XL"
            bare = (start in behind["before"] or end in ahead["only_after"]) and value <= LARGEST_BARE
            counted = bare or end in ahead["after"] or start in first_of_two or end > numeral.end
            if counted or _alone(doc, start, end, polite) or _times(doc, end):
                glued = end in ahead["after"] and not doc[end - 1].whitespace_
                yield _found(doc, _from_sign(doc, start), ahead["after"][end] if glued else end, str(value))


def _pairs(of: Sequence[Phrase[Meaning]], numerals: Sequence[Numeral]) -> tuple[set[int], set[int]]:
    """Starts of the first and of the second numbers in "two out of four"."""
    begun, ended = {numeral.start for numeral in numerals}, {numeral.end: numeral.start for numeral in numerals}
    joints = [phrase for phrase in of if phrase.end in begun and phrase.start in ended]
    return {ended[phrase.start] for phrase in joints}, {phrase.end for phrase in joints}


def _marks_doubling(doc: Doc, start: int, counted: Collection[int]) -> bool:
    """ "barang2" is the plural, "x2" a number."""
    before = doc[start - 1] if start else None
    return before is not None and before.is_alpha and not before.whitespace_ and start not in counted


def _past_sign(doc: Doc, i: int) -> int:
    return i + 1 if i < len(doc) and doc[i].text in {":", "=", "-", "."} else i


def _from_sign(doc: Doc, start: int) -> int:
    """ "x2" is one word."""
    return start - 1 if start and doc[start - 1].lower_ == "x" and not doc[start - 1].whitespace_ else start


def _times(doc: Doc, end: int) -> bool:
    """ "2x", unlike "2 x 500 ml"."""
    return end < len(doc) and doc[end].lower_ == "x" and not doc[end - 1].whitespace_


def _goes_on(doc: Doc, end: int) -> bool:
    """Whether letters other than "x" are glued to the number."""
    return end < len(doc) and not doc[end - 1].whitespace_ and doc[end].is_alpha and doc[end].lower_ != "x"


def _alone(doc: Doc, start: int, end: int, polite: Collection[int]) -> bool:
    """Whether the message says nothing else, courtesies apart."""
    rest = (token for token in doc if not start <= token.i < end)
    return all(token.i in polite or not token.text.isalnum() for token in rest)


def _found(doc: Doc, start: int, end: int, value: str) -> Found:
    span = doc[start:end]
    return Found("quantity", value, span.start_char, span.end_char)
