"""From the demo store's HTTP answers to models and typed errors."""

from __future__ import annotations

import json
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime
from typing import TypeVar

import httpx
from pydantic import BaseModel, ValidationError

from bot.store.errors import Conflict, Invalid, NotAllowed, NotFound, NotSupported, RateLimited, Unavailable

Answer = TypeVar("Answer", bound=BaseModel)

DEFAULT_RETRY_AFTER = 5.0  # seconds, when a 429 does not say


class Passing(Unavailable):
    """Nothing was done and it may well work in a moment."""


class Misunderstood(Unavailable):
    """Our request was not what the API asks for: nothing was done, and the store is well."""


class Nonsense(Exception):
    """The answer is not one this API gives; after a write, the write may have happened all the same."""


def model_of(response: httpx.Response, model: type[Answer]) -> Answer:
    """The body of a successful answer.

    Raises:
        Nonsense: it is no JSON or lacks fields.
    """
    try:
        return model.parse_raw(response.content, content_type="application/json")
    except ValidationError as problem:
        raise Nonsense(f"{model.__name__}: {len(problem.errors())} problems") from problem


def check(response: httpx.Response) -> None:
    """Raise what the answer's status stands for; return for a success.

    Raises:
        Nonsense: the status, or a refusal's body, is not one of this API.
        Unavailable: 503, 400 or 401 (our key is not accepted): in all three cases the store did nothing.
    """
    if response.status_code == httpx.codes.OK:
        return
    if response.status_code == httpx.codes.TOO_MANY_REQUESTS:
        raise RateLimited(retry_after(response))
    if response.status_code == httpx.codes.SERVICE_UNAVAILABLE:
        raise Passing("the store says it is not available")
    if response.status_code == httpx.codes.UNAUTHORIZED:
        raise Unavailable("the store does not accept our key")
    refusal = _refusal(response)
    code = refusal.get("code")
    if code == "not_found":
        raise NotFound
    if code == "not_allowed" and refusal.get("reason"):
        raise NotAllowed(str(refusal["reason"]))
    if code == "invalid" and refusal.get("field"):
        raise Invalid(str(refusal["field"]))
    if code == "not_supported":
        raise NotSupported
    if code == "conflict":
        raise Conflict(str(refusal.get("detail", "")))
    if code == "bad_request":  # the store read it and refused: our mistake, nothing was written
        raise Misunderstood(f"the store does not understand us: {refusal.get('detail', '')}")
    raise Nonsense(f"status {response.status_code}")


def _refusal(response: httpx.Response) -> dict[str, object]:
    try:
        body = json.loads(response.content)
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}


def retry_after(response: httpx.Response) -> float:
    """Seconds; the header may hold a number or a date."""
    text = response.headers.get("retry-after", "")
    if text.isdecimal():
        return float(text)
    try:
        at = parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return DEFAULT_RETRY_AFTER
    return max(0.0, (at - datetime.now(timezone.utc)).total_seconds())
