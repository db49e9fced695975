"""Amounts of money: "RM 120", "Rp150.000", "150rb", "lima puluh ringgit", "1,5 juta", "$20"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from spacy.tokens import Doc

from bot.nlu.found import Found, overlaps
from bot.nlu.numerals import Numeral
from bot.nlu.patterns import Currencies, Words

CENT = Decimal("0.01")
_DIGITS = r"(?:\d{1,3}(?:[.,]\d{3})+(?:[.,]\d{1,2})?|\d{1,12}(?:[.,]\d{1,2})?)"
_CENTS = re.compile(r"[.,](\d{1,2})$")


class MoneyFinder:
    """Finds amounts with the words of some languages."""

    def __init__(self, currencies: Currencies, languages: Mapping[str, Words]) -> None:
        self._before = {symbol.lower(): code for symbol, code in currencies.before.items()}
        self._after = {name.lower(): code for name, code in currencies.after.items()}
        self._multipliers = {
            word: value for words in languages.values() for word, value in words.money.multipliers.items()
        }
        self._bare = {
            first: _first_said(languages[each].money.bare for each in (first, *languages)) for first in languages
        }
        self._default = next(iter(languages))
        times = rf"(?:\s?(?P<times>{_either(self._multipliers)})(?!\w))?"
        amount = rf"(?P<amount>{_DIGITS})(?:,-)?{times}"
        self._named_first = re.compile(
            rf"(?<!\w)(?P<symbol>{_either(self._before)})\s?{amount}(?![\w/]|[.,]\d)", re.IGNORECASE
        )
        self._amount_first = re.compile(
            rf"(?<![\w/#-])(?<!\d[.,]){amount}(?:\s?(?P<name>{_either(self._after)})(?!\w))?", re.IGNORECASE
        )
        self._name = re.compile(rf"\s?({_either(self._after)})(?!\w)", re.IGNORECASE)

    def find(self, doc: Doc, numerals: Sequence[Numeral], language: str) -> list[Found]:
        """Values are a currency and an amount with two decimals: "MYR 120.00".

        Args:
            doc: the text.
            numerals: the numbers in it, for those in words.
            language: two letters; "50 ribu" is rupiah in one and ringgit in another.
        """
        found: list[Found] = []
        text = doc.text
        if any(letter.isdigit() for letter in text):
            found += self._named(text)
            found += [each for each in self._counted(text, language) if not overlaps(each, found)]
        found += [each for each in self._in_words(doc, numerals, language) if not overlaps(each, found)]
        return found

    def _named(self, text: str) -> Iterator[Found]:
        for match in self._named_first.finditer(text):
            yield self._found(match, self._before[match["symbol"].lower()])

    def _counted(self, text: str, language: str) -> Iterator[Found]:
        for match in self._amount_first.finditer(text):
            if match["name"]:
                yield self._found(match, self._after[match["name"].lower()])
            elif match["times"]:
                currency = self._currency_of(match["times"].lower(), language)
                if currency:
                    yield self._found(match, currency)

    def _in_words(self, doc: Doc, numerals: Sequence[Numeral], language: str) -> Iterator[Found]:
        """ "Lima puluh ringgit"; without a currency only what ends in a word for thousands: "seratus ribu"."""
        for numeral in numerals:
            span = doc[numeral.start : numeral.end]
            name = self._name.match(doc.text, span.end_char)
            currency = self._after[name[1].lower()] if name else ""
            if not currency and not numeral.digits:
                currency = self._currency_of(span[-1].lower_, language)
            if currency:
                end = name.end() if name else span.end_char
                yield Found("money", _value(currency, Decimal(numeral.value)), span.start_char, end)

    def _currency_of(self, times: str, language: str) -> str:
        return self._bare.get(language, self._bare[self._default]).get(times, "")

    def _found(self, match: re.Match[str], currency: str) -> Found:
        times = self._multipliers[match["times"].lower()] if match["times"] else 1
        return Found("money", _value(currency, _number(match["amount"]) * times), match.start(), match.end())


def _number(typed: str) -> Decimal:
    """ "1.250.000", "1,250.50" and "1,5": the last sign parts off cents where one or two digits follow it."""
    cents = _CENTS.search(typed)
    whole = re.sub(r"\D", "", typed[: cents.start()] if cents else typed)
    return Decimal(f"{whole}.{cents[1] if cents else 0}")


def _value(currency: str, amount: Decimal) -> str:
    return f"{currency} {amount.quantize(CENT)}"


def _first_said(several: Iterable[Mapping[str, str]]) -> dict[str, str]:
    together: dict[str, str] = {}
    for each in several:
        together = {**each, **together}
    return together


def _either(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
