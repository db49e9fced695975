"""Request bodies, read no further than they may be long, and checked before anything looks at them."""

from __future__ import annotations

import json
from typing import Any, NoReturn, TypeVar

from pydantic import BaseModel, ValidationError
from sanic.request import Request

from bot.gateway.problems import Problem

JSON_LIMIT = 64 * 1024
PHOTO_LIMIT = 8 * 1024 * 1024
DRAIN_LIMIT = 4 * PHOTO_LIMIT

M = TypeVar("M", bound=BaseModel)


async def read_body(request: Request, limit: int) -> bytes:
    """The body, at most ``limit`` bytes of it: more raises ``too_large`` without reading on."""
    length = request.headers.get("content-length", "")
    if length.isdigit() and int(length) > limit:
        raise Problem("too_large")
    chunks: list[bytes] = []
    size = 0
    while True:
        chunk = await request.stream.read()
        if chunk is None:
            return b"".join(chunks)
        size += len(chunk)
        if size > limit:
            raise Problem("too_large")
        chunks.append(chunk)


async def drain(request: Request) -> None:
    """Take what is left of a body, up to a bound, and forget it: a browser hears no answer before it has sent all."""
    left = DRAIN_LIMIT
    while left > 0 and request.stream is not None and request.stream.request_body:
        chunk = await request.stream.read()
        if chunk is None:
            return
        left -= len(chunk)


async def read_json(request: Request, model: type[M]) -> M:
    media_type = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if media_type != "application/json":
        raise Problem("json_expected")
    return parse(await read_body(request, JSON_LIMIT), model)


def parse(raw: bytes | str, model: type[M]) -> M:
    """JSON as ``model``. Refused: NaN, text that is not Unicode, anything that nests too deeply."""
    try:
        content: Any = json.loads(raw, parse_constant=_no_constants)
        json.dumps(content, ensure_ascii=False).encode("utf-8")
    except (ValueError, RecursionError) as error:
        raise Problem("bad_request") from error
    if not isinstance(content, dict):
        raise Problem("bad_request")
    try:
        return model.parse_obj(content)
    except ValidationError as error:
        path = [str(part) for part in error.errors()[0]["loc"] if part != "__root__"]
        raise Problem("invalid", field=".".join(path) or "message") from error


def _no_constants(name: str) -> NoReturn:
    raise ValueError(name)
