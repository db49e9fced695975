"""What the store accepts at its door: sizes, shapes and headers are checked here and nowhere later."""

from __future__ import annotations

import hmac
import re
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from sanic.request import Request

from bot.demo_store.api.problems import BadRequest
from bot.store.models import ItemChange, Proof

LARGEST_BODY = 100_000
KEY_FORM = re.compile(r"[\x21-\x7e]{1,200}")
MOST_ORDERS, MOST_PRODUCTS, LARGEST_PAGE, LAST_OFFSET = 50, 20, 200, 99_999

Body = TypeVar("Body", bound=BaseModel)


class FindOrder(BaseModel):
    number: str  # whatever a shopper typed: one that cannot be a number is simply not found
    proof: Proof


class CancelOrder(BaseModel):
    reason: str


class ChangeItems(BaseModel):
    changes: list[ItemChange]
    payment_method_id: str | None = None


def body_of(request: Request, model: type[Body]) -> Body:
    """The request's JSON as ``model``.

    Raises:
        BadRequest: it is no JSON, not of that shape, too long, or holds text that is no Unicode.
    """
    try:
        body = model.parse_raw(request.body, content_type="application/json")
        if len(body.json(ensure_ascii=False).encode()) > LARGEST_BODY:
            raise BadRequest("The request is too long.")
    except ValidationError as problem:
        first = problem.errors()[0]
        place = ".".join(str(part) for part in first["loc"] if part != "__root__")
        raise BadRequest(f"{place or 'body'}: {first['msg']}.") from problem
    except (UnicodeError, RecursionError) as problem:
        raise BadRequest("The body is not proper JSON text.") from problem
    return body


def key_of(request: Request) -> str:
    """The write's ``Idempotency-Key``; raises ``BadRequest`` without a proper one."""
    key = str(request.headers.get("idempotency-key", ""))
    if not KEY_FORM.fullmatch(key):
        raise BadRequest("A write needs the header Idempotency-Key: 1 to 200 visible ASCII characters.")
    return key


def limit_of(request: Request, default: int, most: int) -> int:
    return _number(request, "limit", default, 1, most)


def offset_of(request: Request) -> int:
    return _number(request, "offset", 0, 0, LAST_OFFSET)


def _number(request: Request, name: str, default: int, least: int, most: int) -> int:
    text = str(request.args.get(name, default))
    if not re.fullmatch(r"[0-9]{1,5}", text) or not least <= int(text) <= most:
        raise BadRequest(f"{name}: a whole number from {least} to {most}.")
    return int(text)


def is_authorised(request: Request, key: str) -> bool:
    """Whether the caller holds the store's key; compared in constant time."""
    given = str(request.headers.get("authorization", "")).encode("utf-8", "surrogateescape")
    return bool(key) & hmac.compare_digest(given, f"Bearer {key}".encode())
