"""The shop's articles, with the shop's own rules filled in: the same for the chat and for the pages."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.knowledge.facts import FactsOf
from bot.knowledge.library import Library
from bot.orders.policy import Policy
from bot.orders.policy_facts import policy_facts
from bot.settings import Settings


def library_of(settings: Settings, policy: Policy) -> Library:
    """The articles in ``settings.articles_dir``; nothing is read before the first call."""

    def today() -> date:
        return datetime.now(ZoneInfo(settings.shop_time_zone)).date()

    return Library(settings.articles_dir, facts_of(policy, settings.shop_name), today, settings.languages)


def facts_of(policy: Policy, shop_name: str) -> FactsOf:
    """What articles may quote besides ``facts.yml``: the shop's name and rules."""
    return lambda language: {"shop_name": shop_name, **policy_facts(policy, language)}
