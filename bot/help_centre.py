"""The shop's articles, with the shop's own rules filled in: the same for the chat and for the pages."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.knowledge.articles import Articles
from bot.orders.policy import Policy
from bot.orders.policy_facts import policy_facts
from bot.settings import Settings


def open_help_centre(settings: Settings, policy: Policy) -> Articles:
    """The articles in ``settings.articles_dir``; nothing is read before the first question."""

    def facts_of(language: str) -> dict[str, str]:
        return {"shop_name": settings.shop_name, **policy_facts(policy, language)}

    def today() -> date:
        return datetime.now(ZoneInfo(settings.shop_time_zone)).date()

    return Articles(settings.articles_dir, facts_of, today)
