"""Order numbers as people type them: "#1047", "order 1047", "no. 1047", "w2378156", and codes: "XJ12H"."""

from __future__ import annotations

import re

from bot.orders.policy import Policy

_NUMBER = re.compile(r"(?<![A-Za-z0-9])([A-Za-z]{0,4}-?\d{3,}(?:-[A-Za-z0-9]{1,6})*)(?![A-Za-z0-9])|(\d{3,})")
# Letters among or behind the digits, as Ecwid's are.
_CODE = re.compile(
    r"(?<![A-Za-z0-9-])(?=[0-9-]*[A-Za-z])(?=[A-Za-z-]*\d)(?=[A-Za-z0-9-]{5})"
    r"[A-Za-z0-9]{1,20}(?:-[A-Za-z0-9]{1,20}){0,3}(?![A-Za-z0-9-])"
)
_LETTERS_FIRST = re.compile(r"[A-Z]*-?(?=\d+(?:-|$))")  # what may be left out before a number, and never of a code
LONGEST = 40


def number_candidates(text: str, policy: Policy) -> list[str]:
    """Ways a store may write the number in ``text``; empty when there is none.

    The list's length depends on what was typed only, never on what exists.
    """
    typed = _typed(text)
    forms = dict.fromkeys(form for form in (typed, number_core(text)) if form)
    return list(dict.fromkeys(prefix + form for form in forms for prefix in policy.order_numbers.prefixes))


def number_core(text: str) -> str:
    """The number from its first digit on: "#w2378156", "W2378156" and "2378156" are one number to be counted.

    A code is its own core: "XJ12H" and "AB12H" are two orders.
    """
    typed = _typed(text)
    return typed[match.end() :] if (match := _LETTERS_FIRST.match(typed)) else typed


def _typed(text: str) -> str:
    shown = text[:2000]
    match = _NUMBER.search(shown)
    if match and match[1]:
        number = match[1]
    elif code := _CODE.search(shown):
        number = code[0]
    else:
        number = match[2] if match else ""
    return number.upper() if len(number) <= LONGEST else ""
