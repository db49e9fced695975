"""From Ecwid's answers to results and typed errors (https://docs.ecwid.com/api-reference/rest-api/rest-api-error-codes).

A refusal is a status and, "optionally", ``{"errorMessage": …, "errorCode": …}``.
"""

from __future__ import annotations

import json

import httpx

from bot.store import answers
from bot.store.answers import Misunderstood, Nonsense
from bot.store.errors import NotFound, Unavailable

NOT_OURS = {"STORE_NOT_FOUND", "PROFILE_NOT_FOUND"}  # not the order or product that was asked for
NOTHING_DONE = {400, 405, 409, 413, 415, 422}  # Ecwid read the request and refused it


class KeyRefused(Unavailable):
    """The token is not valid, or not any more: who goes on sending it is blocked."""


def check(response: httpx.Response) -> None:
    """Raise what the answer's status stands for; return for a success.

    Raises:
        Nonsense: a status of which nobody knows what was done (408, 5xx), or a page that is not Ecwid's.
        RateLimited: 429 with its Retry-After.
        KeyRefused: the token is not valid.
        Unavailable: the token lacks a scope, or the shop is not served at all: nothing was done.
    """
    status = response.status_code
    if status in {httpx.codes.OK, httpx.codes.CREATED}:
        return
    if status == httpx.codes.TOO_MANY_REQUESTS:
        answers.check(response)
    code = _code(response)
    if status == httpx.codes.UNAUTHORIZED or (status == httpx.codes.FORBIDDEN and code == "INVALID_API_TOKEN"):
        raise KeyRefused(f"Ecwid does not accept the token ({code or status})")
    if status == httpx.codes.FORBIDDEN:
        raise Unavailable(f"the token may not do this in Ecwid: a scope is missing ({code or status})")
    if status == httpx.codes.PAYMENT_REQUIRED:
        raise Unavailable(f"Ecwid does not serve this shop ({code or status})")
    if status == httpx.codes.NOT_FOUND and code is not None:
        if code in NOT_OURS:
            raise Unavailable(f"Ecwid does not know the shop ({code})")
        raise NotFound
    if status in NOTHING_DONE:
        raise Misunderstood(f"Ecwid does not understand us ({code or status})")
    raise Nonsense(f"status {status}")


def _code(response: httpx.Response) -> str | None:
    """The error code; empty when there is no body, None when the body is not one of Ecwid's."""
    if not response.content.strip():
        return ""
    try:
        body = json.loads(response.content)
    except ValueError:
        return None
    if not isinstance(body, dict):
        return None
    # Never the message itself: it may quote what a person typed.
    return str(body.get("errorCode") or "")
