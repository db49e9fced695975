"""What the store's answers stand for: a model, or one of Ramah's store errors."""

from __future__ import annotations

import json

import httpx
from pydantic import BaseModel, ValidationError, parse_raw_as

from bot.store.answers import Answer, Nonsense, model_of, retry_after
from bot.store.connection import Parse
from bot.store.errors import Invalid, NotAllowed, NotFound, RateLimited, StoreError, Unavailable

REFUSALS: dict[str, StoreError] = {
    "sent": NotAllowed("already_shipped"),
    "arrived": NotAllowed("already_shipped"),
    "cancelled": NotAllowed("already_cancelled"),
    "not_sent": NotAllowed("not_shipped"),
    "pieces": NotAllowed("over_quantity"),
    "line": Invalid("items"),
}


def one(model: type[Answer]) -> Parse[Answer]:
    def parse(response: httpx.Response) -> Answer:
        check(response)
        return model_of(response, model)

    return parse


def many(model: type[Answer]) -> Parse[list[Answer]]:
    def parse(response: httpx.Response) -> list[Answer]:
        check(response)
        try:
            return parse_raw_as(list[model], response.content)  # type: ignore[valid-type]
        except ValidationError as problem:
            raise Nonsense(f"{len(problem.errors())} problems") from problem

    return parse


def check(response: httpx.Response) -> None:
    """Raise what a refusal stands for. Whatever this store never says is ``Nonsense``: then nobody knows."""
    if response.status_code == httpx.codes.OK:
        return
    if response.status_code == httpx.codes.TOO_MANY_REQUESTS:
        raise RateLimited(retry_after(response))
    if response.status_code == httpx.codes.UNAUTHORIZED:
        raise Unavailable("the store does not accept our token")
    error = _error_of(response)
    if response.status_code == httpx.codes.NOT_FOUND and error == "unknown":
        raise NotFound
    if response.status_code == httpx.codes.CONFLICT and error in REFUSALS:
        raise REFUSALS[error]
    raise Nonsense(f"status {response.status_code}")


class _Error(BaseModel):
    error: str


def _error_of(response: httpx.Response) -> str:
    try:
        return _Error.parse_obj(json.loads(response.content)).error
    except ValueError:
        return ""
