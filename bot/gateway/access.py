"""Who may speak in a conversation: the bearer of its token. Refusals never tell what exists."""

from __future__ import annotations

from sanic.request import Request

from bot.gateway.parts import Parts
from bot.gateway.problems import Problem
from bot.gateway.rate_limit import REFUSED_BY_ADDRESS, Limit


def address_of(request: Request) -> str:
    """The shopper's network address; behind ``proxies_count`` proxies, what they forward."""
    return str(request.remote_addr or request.ip)


def bearer(request: Request) -> str:
    scheme, _, token = str(request.headers.get("authorization", "")).partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


async def admit(parts: Parts, request: Request, conversation_id: str, limit: Limit) -> None:
    """Raises ``rate_limited``, ``not_signed_in``, or ``not_found`` for any conversation but the token's own."""
    token = bearer(request)
    if token:
        parts.limits.take(limit, token)
    opened = await parts.tokens.conversation(token)
    if opened is None:
        parts.limits.take(REFUSED_BY_ADDRESS, parts.limits.reference(address_of(request)))
        raise Problem("not_signed_in")
    if opened != conversation_id:
        raise Problem("not_found")
