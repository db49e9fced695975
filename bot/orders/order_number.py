"""Order numbers as people type them: "#1047", "order 1047", "no. 1047", "w2378156"."""

from __future__ import annotations

import re

from bot.orders.policy import Policy

_NUMBER = re.compile(r"(?<![A-Za-z0-9])([A-Za-z]{0,4}-?\d{3,}(?:-[A-Za-z0-9]{1,6})*)(?![A-Za-z0-9])|(\d{3,})")
LONGEST = 40


def number_candidates(text: str, policy: Policy) -> list[str]:
    """Ways a store may write the number in ``text``; empty when there is none.

    The list's length depends on what was typed only, never on what exists.
    """
    typed = _typed(text)
    forms = dict.fromkeys(form for form in (typed, number_core(text)) if form)
    return list(dict.fromkeys(prefix + form for form in forms for prefix in policy.order_numbers.prefixes))


def number_core(text: str) -> str:
    """The number from its first digit on: "#w2378156", "W2378156" and "2378156" are one number to be counted."""
    return _typed(text).lstrip("-ABCDEFGHIJKLMNOPQRSTUVWXYZ")


def _typed(text: str) -> str:
    match = _NUMBER.search(text[:2000])
    number = (match[1] or match[2]).upper() if match else ""
    return number if len(number) <= LONGEST else ""
