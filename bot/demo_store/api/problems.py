"""Refusals as ``application/problem+json``: one status and code an error, the same body for the same refusal."""

from __future__ import annotations

import json
from http import HTTPStatus

from bot.demo_store.idempotency import Answer
from bot.store.errors import Conflict, Invalid, NotAllowed, NotFound, NotSupported, StoreError

CONTENT_TYPE = "application/problem+json"


def problem(status: int, code: str, detail: str, **more: str) -> Answer:
    """``code`` is for programs, ``detail`` one sentence for the engineer who reads it."""
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "code": code, "detail": detail}
    return Answer(status, json.dumps({**body, **more}))


def refusal(error: StoreError) -> Answer:
    """A shop's refusal. What exists but is not proved and what does not exist are one and the same."""
    if isinstance(error, NotFound):
        return problem(404, "not_found", "There is nothing of that name, or the proof does not fit.")
    if isinstance(error, NotAllowed):
        return problem(403, "not_allowed", "The shop's rules do not allow this.", reason=error.reason)
    if isinstance(error, Invalid):
        return problem(422, "invalid", "The shop does not accept this value.", field=error.field)
    if isinstance(error, NotSupported):
        return problem(501, "not_supported", "This shop cannot do that at all.")
    if isinstance(error, Conflict):
        return problem(409, "conflict", "This idempotency key was used for another request.")
    raise error


class BadRequest(Exception):
    """The request is not what the API's document asks for; the text says what is wrong."""
