"""The shop's rules as words and numbers that texts may quote, so that no text can disagree with a rule."""

from __future__ import annotations

from collections.abc import Mapping

from babel import Locale, UnknownLocaleError
from babel.lists import format_list
from babel.numbers import format_decimal

from bot.orders.policy import Policy
from bot.orders.policy_values import Amounts, DayRange

_ENGLISH = "en_001"  # Babel's plain "en" is American


def policy_facts(policy: Policy, language: str) -> dict[str, str]:
    """Name -> text in a language; docs/articles.md lists the names.

    Days are whole numbers; a range has ``_from`` and ``_to``. Amounts carry no currency sign.
    """
    locale = _locale(language)
    days = {
        "return_days": policy.return_window_days(""),
        **{f"return_days_{_name(each)}": each_days for each, each_days in policy.returns.window_days.items()},
        **{f"return_days_for_{reason}": policy.return_window_days("", reason) for reason in policy.returns.reasons},
        "lost_silent_days": policy.lost_parcel.silent_days,
        "lost_overdue_days": policy.lost_parcel.overdue_days,
        "lost_claim_days": policy.lost_parcel.claim_within_days,
        "delivered_wait_days": policy.lost_parcel.delivered_wait_days,
    }
    ranges = {
        **dict(policy.next_steps),
        "refund": policy.refunds.default,
        **{f"refund_{method.name}": method.days for method in policy.refunds.methods},
    }
    return {
        **{name: str(number) for name, number in days.items()},
        **{f"{name}_{end}": str(number) for name, each in ranges.items() for end, number in _ends(each)},
        **_amounts("replaced_up_to", policy.returns.replaced_up_to, locale),
        **_amounts("return_approved_up_to", policy.returns.automatic_up_to, locale),
        "countries": format_list(
            [locale.territories.get(code, code) for code in policy.shop.delivers_to], locale=locale
        ),
    }


def _ends(days: DayRange) -> tuple[tuple[str, int], tuple[str, int]]:
    return ("from", days.earliest), ("to", days.latest)


def _amounts(name: str, amounts: Amounts, locale: Locale) -> Mapping[str, str]:
    return {
        f"{name}_{currency.lower()}": str(format_decimal(amount, locale=locale)) for currency, amount in amounts.items()
    }


def _name(category: str) -> str:
    return "_".join(category.lower().split())


def _locale(language: str) -> Locale:
    try:
        return Locale.parse(_ENGLISH if language == "en" else language)
    except (UnknownLocaleError, ValueError):
        return Locale.parse(_ENGLISH)
