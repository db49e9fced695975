"""From Medusa's HTTP answers to JSON, models and typed errors (its error handler: message and type in the body)."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any, TypeVar

import httpx
from pydantic import BaseModel, ValidationError

from bot.store.answers import Misunderstood, Nonsense, retry_after
from bot.store.connection import Parse
from bot.store.errors import NotFound, RateLimited, Unavailable

Answer = TypeVar("Answer", bound=BaseModel)

# A repeated or parallel change of the same rows (409) may have been done or undone: nobody says.
REFUSALS = (httpx.codes.BAD_REQUEST, httpx.codes.UNPROCESSABLE_ENTITY)


class Refused(Misunderstood):
    """Medusa read the request, refused and took back what it had begun. ``message`` is for people who develop."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def model_of(model: type[Answer]) -> Parse[Answer]:
    """A parser for answers that are the model."""
    return lambda response: _read(model, json_of(response))


def parsed(model: type[Answer], name: str) -> Parse[Answer]:
    """A parser for answers that hold the model under ``name``."""
    return lambda response: _read(model, json_of(response).get(name))


def json_of(response: httpx.Response) -> dict[str, Any]:
    """The body of a successful answer, its amounts exact.

    Raises:
        Nonsense: no answer of Medusa's, or one that leaves open whether anything was done.
        Refused: 400 and 422.
        Unavailable: 401, 403: our key is not accepted.
    """
    body = _body(response)
    status = response.status_code
    if status == httpx.codes.TOO_MANY_REQUESTS:
        raise RateLimited(retry_after(response))
    if status in (httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN):
        raise Unavailable("the store does not accept our key")
    if status == httpx.codes.NOT_FOUND and body is not None and body.get("type") == "not_found":
        raise NotFound
    if status in REFUSALS and body is not None and "message" in body:
        raise Refused(str(body["message"]))
    if status not in (httpx.codes.OK, httpx.codes.CREATED) or body is None:
        raise Nonsense(f"status {status}")
    return body


def _read(model: type[Answer], value: object) -> Answer:
    try:
        return model.parse_obj(value)
    except ValidationError as problem:
        raise Nonsense(f"{model.__name__}: {len(problem.errors())} problems") from problem


def _body(response: httpx.Response) -> dict[str, Any] | None:
    try:
        body = json.loads(response.content, parse_float=Decimal)
    except ValueError:
        return None
    return body if isinstance(body, dict) else None
