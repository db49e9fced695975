"""In which language an agent, or a conversation's shopper, reads what the desk says of orders."""

from __future__ import annotations

import re

from sanic.request import Request

from bot.conversations.records import Conversation
from bot.gateway.parts import Parts
from bot.wording.tongue import Tongue, Wording

_TAG = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8}){0,3}")


def wording_of(parts: Parts) -> Wording:
    settings = parts.settings
    return Wording(
        words_dir=settings.words_dir,
        responses_dir=settings.words_dir.parent / "responses",
        desk_dir=settings.desk_dir,
        whole_amounts=tuple(parts.desk.policy.shop.whole_amounts),
    )


def agent_tongue(parts: Parts, request: Request) -> Tongue:
    """The page's language (``Accept-Language``); days as in the shop's time zone."""
    tag = str(request.headers.get("accept-language", "")).split(",")[0].split(";")[0].strip()
    locale = tag if _TAG.fullmatch(tag) else parts.settings.shop_locale
    return wording_of(parts).agent(locale, parts.settings.shop_time_zone)


def shopper_tongue(parts: Parts, held: Conversation) -> Tongue:
    return wording_of(parts).shopper(held.speaks, held.locale, held.time_zone)
