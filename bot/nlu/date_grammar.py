"""How days are said in words: each word becomes a letter for its kind, and dates are found in these letters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from spacy.language import Language
from spacy.tokens import Doc

from bot.nlu.numerals import Numeral
from bot.nlu.patterns import DateWords, Words
from bot.nlu.phrases import Phrase, PhraseBook, longest

MOST = 99  # units back or ahead
YEARS = range(2000, 2100)
CODES = {
    "yesterday_or_last": "K",
    "ago": "A",
    "last_before": "P",
    "last_after": "L",
    "past_after": "z",
    "next_before": "X",
    "next_after": "x",
    "this_before": "t",
    "this_after": "T",
    "within_before": "I",
    "within_after": "l",
    "day_before": "d",
    "ordinal_before": "e",
    "day_after": "h",
    "ordinal": "O",
    "coming": "B",
    "filler": "o",
}
RELATIVE, WEEKDAY, MONTH, ONE_UNIT, ARTICLE, NUMBER, YEAR, OTHER = *"RWMuaNY", " "
UNITS = {"day": "D", "week": "U", "month": "V", "year": "U"}
WEAK = {WEEKDAY: "w", MONTH: "m"}
TELLING = frozenset("RKWwMmuDUVdhe")  # without one of these there is no date
SIGNS = {",": ",", ".": "."}
GRAMMAR = re.compile(
    r"""(?P<day_of_year>   [Bx]?[oe]?(?:D?[Ww],?)?d?\.?NO?V?o?[Mm]\.?(?:,?(?:Y|[LxK]|U[LK]|PU))? )   # tgl 12 Mei 2026
      | (?P<month_and_day> B?[Mm]\.?o?NO?(?:,?Y)?(?![DUV]) )               # May 12, 2026
      | (?P<day_in_month>  B?Nh[NMm]?(?:,?Y)?[LxK]? | B?d\.?NO?VN )         # 5 haribulan 6, tanggal 5 bulan 6
      | (?P<day_in_unit>   d\.?NO?(?:V[LxTK]|[PXt]V) | (?:V[LxTK]|[PXt]V),?d\.?NO? )   # tgl 20 bulan lalu
      | (?P<day_of_month>  [Bx]?d\.?NO?[LxK]? | eNO )                       # tgl 12, on the 12th
      | (?P<day_in_week>   D?W(?:U[LxTK]|[PXt]U) | (?:U[LxTK]|[PXt]U),?D?W )  # senin minggu lalu, monday last week
      | (?P<weekday>       [PXtBx]?D?W[LxKT]? | [PXtBoxD]w | w[LxKT] )      # hari Isnin, last fri
      | (?P<month>         [PXtBoI]?V?[Mm](?:o?Y|U[LK]|PU) | V?[Mm][LxKT] | [PXtBoIV][Mm] | M
                         | (?<!N)VNY?(?![DUVO]) )                           # in May, bulan Jun, Mei lalu, bulan 5
      | (?P<up_to_today>   PN[DUV] | N[DUV][Tz] | uT )                      # last 3 days, 2 minggu ni
      | (?P<ago>           [Na][DUV][AL] | u[AL] )                          # 3 hari lepas, a week ago
      | (?P<ahead>         I(?:[Na][DUV]|u)(?!T) | (?:N[DUV]|u)l )          # in 3 days, 2 hari lagi
      | (?P<unit>          [PXt][UV] | tD | [UV][LxTK] | D[TK] )            # last week, bulan depan, hari ini
      | (?P<relative>      [RK] )                                           # yesterday, kemarin
    """,
    re.VERBOSE,
)
Meaning = tuple[str, object]


@dataclass(frozen=True)
class Part:
    """A word or phrase of a text; ``start`` and ``end`` count tokens."""

    code: str
    value: object
    start: int
    end: int


class Said:
    """What a date says, piece by piece."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self.start, self.end = parts[0].start, parts[-1].end
        self._parts = parts
        self.codes = "".join(part.code for part in parts)

    @property
    def which(self) -> str:
        """ "last", "next", "this" or nothing of it."""
        for which, codes in (("last", "LPK"), ("next", "xXB"), ("this", "tT")):
            if any(code in self.codes for code in codes):
                return which
        return ""

    @property
    def distance(self) -> int:
        """Units from now: -1, 0 or 1."""
        return {"last": -1, "next": 1}.get(self.which, 0)

    def number(self, codes: str) -> int | None:
        """The value of the first word of these kinds."""
        value = next((part.value for part in self._parts if part.code in codes), None)
        return value if isinstance(value, int) else None

    def numbers(self) -> list[int]:
        """All numbers that are no year."""
        return [part.value for part in self._parts if part.code in NUMBER + ARTICLE and isinstance(part.value, int)]

    def year(self, today: date) -> int | None:
        """In digits, or "tahun lepas"; None where the text says nothing of the kind."""
        if "U" in self.codes and self.unit() == "year":
            return today.year + self.distance
        return self.number(YEAR)

    def unit(self) -> str:
        """The longest one: "hari senin minggu lalu" is of a week."""
        units = [part.value for part in self._parts if isinstance(part.value, str)]
        return max(units, key=list(UNITS).index)

    def count(self) -> int:
        """How many units; one where no number is said."""
        return min(MOST, next(iter(self.numbers()), 1))


class DateGrammar:
    """Finds what may be a date, with the words of some languages."""

    def __init__(self, nlp: Language, languages: Mapping[str, Words]) -> None:
        self._books = {
            first: PhraseBook(nlp, [entry for words in _own_first(first, languages) for entry in _entries(words)])
            for first in languages
        }
        self._default = next(iter(languages))
        self._places = {word for words in languages.values() for word in words.context.get("address", ())}

    def find(self, doc: Doc, numerals: Sequence[Numeral], language: str) -> Iterator[tuple[str, Said]]:
        """Which rule of the grammar it is, and what is said; ``language``: whose words go first."""
        phrases = longest(self._books.get(language, self._books[self._default]).find(doc))
        if TELLING.isdisjoint(phrase.meaning[0] for phrase in phrases):
            return
        parts = _parts(doc, phrases, numerals)
        for match in GRAMMAR.finditer("".join(part.code for part in parts)):
            said = Said(parts[match.start() : match.end()])
            on_a_floor = said.end < len(doc) and doc[said.end].lower_ in self._places  # "on the 10th floor"
            if not on_a_floor:
                yield str(match.lastgroup), said


def _own_first(language: str, languages: Mapping[str, Words]) -> list[Words]:
    return [languages[language], *(words for other, words in languages.items() if other != language)]


def _entries(words: Words) -> Iterator[tuple[str, Meaning]]:
    dates: DateWords = words.dates
    for kind, code in CODES.items():
        yield from ((phrase, (code, 0)) for phrase in getattr(dates, kind))
    yield from ((phrase, (RELATIVE, value)) for phrase, value in dates.days.items())
    for code, named in ((WEEKDAY, dates.weekdays), (MONTH, dates.months)):
        for phrase, value in named.items():
            yield phrase, (WEAK[code] if phrase in dates.weak else code, value)
    yield from ((phrase, (UNITS[unit], unit)) for phrase, unit in dates.units.items())
    yield from ((phrase, (ONE_UNIT, unit)) for phrase, unit in dates.one_unit.items())
    yield from ((phrase, (ARTICLE, value)) for phrase, value in words.quantity.articles.items())


def _parts(doc: Doc, phrases: Sequence[Phrase[Meaning]], numerals: Sequence[Numeral]) -> list[Part]:
    """The whole text, word by word or phrase by phrase."""
    at = {phrase.start: Part(phrase.meaning[0], phrase.meaning[1], phrase.start, phrase.end) for phrase in phrases}
    taken = {token for phrase in phrases for token in range(phrase.start, phrase.end)}
    for numeral in numerals:
        if taken.isdisjoint(range(numeral.start, numeral.end)):
            code = YEAR if numeral.digits == 4 and numeral.value in YEARS else NUMBER
            at[numeral.start] = Part(code, numeral.value, numeral.start, numeral.end)
    parts: list[Part] = []
    while not parts or parts[-1].end < len(doc):
        start = parts[-1].end if parts else 0
        parts.append(at.get(start) or Part(SIGNS.get(doc[start].text, OTHER), 0, start, start + 1))
    return parts
