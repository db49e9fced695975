"""Parameters, bodies and pages of the local Ecwid shop, and its refusals.

Pages: https://docs.ecwid.com/api-reference/rest-api/orders/search-orders
Refusals: https://docs.ecwid.com/api-reference/rest-api/rest-api-error-codes
"""

from __future__ import annotations

import json

from aiohttp import web

from tests.store.ecwid.shop_data import Json

MOST = 100


class Refused(Exception):
    def __init__(self, status: int, code: str) -> None:
        super().__init__(code)
        self.status, self.code = status, code


def page(request: web.Request, found: list[Json]) -> web.Response:
    offset, limit = number(request.query.get("offset", "0")), number(request.query.get("limit", str(MOST)))
    if not 1 <= limit <= MOST:
        raise Refused(400, "WRONG_PARAMETER")
    items = found[offset : offset + limit]
    return web.json_response(
        {"total": len(found), "count": len(items), "offset": offset, "limit": limit, "items": items}
    )


def only(request: web.Request, *known: str) -> None:
    if not set(request.query) <= set(known):
        raise Refused(400, "WRONG_PARAMETER")


def number(text: str) -> int:
    if not (text.isascii() and text.isdecimal()):
        raise Refused(400, "WRONG_PARAMETER")
    return int(text)


def flag(request: web.Request, name: str) -> bool | None:
    text = request.query.get(name)
    if text not in {None, "true", "false"}:
        raise Refused(400, "WRONG_PARAMETER")
    return None if text is None else text == "true"


async def body(request: web.Request) -> Json:
    if request.content_type not in {"application/json", "text/json"}:
        raise Refused(415, "WRONG_PARAMETER")
    try:
        sent = json.loads(await request.read())
    except ValueError as broken:
        raise Refused(400, "WRONG_PARAMETER") from broken
    if not isinstance(sent, dict):
        raise Refused(400, "WRONG_PARAMETER")
    return sent
