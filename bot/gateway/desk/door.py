"""The desk's door: who comes in, whether their own page sent them, and whether their role lets them on."""

from __future__ import annotations

import hmac
from urllib.parse import urlsplit

from sanic.request import Request

from bot.desk.people.agent import Agent
from bot.desk.people.sessions import Session
from bot.gateway.access import address_of
from bot.gateway.desk.cookies import token_in
from bot.gateway.desk.route import DeskRoute
from bot.gateway.parts import Parts
from bot.gateway.problems import Problem
from bot.gateway.rate_limit import REFUSED_BY_ADDRESS

CSRF_HEADER = "x-csrf-token"


async def admit(parts: Parts, request: Request, route: DeskRoute) -> Agent | None:
    """The agent of a request; None on a route that is open to anybody.

    Raises ``csrf``, ``not_signed_in``, ``forbidden``.
    """
    if request.method != "GET":
        _from_own_page(request)
    if route.may is None:
        return None
    session = await session_in(parts, request)
    if session is None:
        raise Problem("not_signed_in")
    if request.method != "GET" and not _same(session.csrf, str(request.headers.get(CSRF_HEADER, ""))):
        raise Problem("csrf")
    if not session.agent.may(route.may):
        raise Problem("forbidden")
    return session.agent


async def agent_of(parts: Parts, request: Request, csrf: str) -> Agent | None:
    """For a socket, whose handshake carries no header of ours: ``csrf`` comes in its first frame.

    None: not signed in, a page of another site, or a wrong ``csrf``.
    """
    try:
        _from_own_page(request)
        session = await session_in(parts, request)
    except Problem:
        return None
    return session.agent if session is not None and _same(session.csrf, csrf) else None


async def session_in(parts: Parts, request: Request) -> Session | None:
    """Raises ``rate_limited`` for an address that tries many cookies."""
    token = token_in(request)
    if not token:
        return None
    session = await parts.sessions.session(token)
    if session is None:
        parts.limits.take(REFUSED_BY_ADDRESS, parts.limits.reference(address_of(request)))
    return session


def _from_own_page(request: Request) -> None:
    """Browsers tell the site a request comes from; what tells none is no browser. Raises ``csrf``."""
    origin = request.headers.get("origin")
    if origin is not None and urlsplit(str(origin)).netloc.lower() != str(request.host).lower():
        raise Problem("csrf")


def _same(kept: str, given: str) -> bool:
    return hmac.compare_digest(kept.encode(), given.encode("utf-8", "surrogatepass"))
