"""From the API's answers to shapes and typed errors. Most refusals come with status 200.

https://shopify.dev/docs/api/usage/response-codes
https://shopify.dev/docs/api/admin-graphql/2026-01#status-and-error-codes
"""

from __future__ import annotations

import json
from typing import Any

import httpx
from pydantic import ValidationError

from bot.store.answers import Answer, Misunderstood, Nonsense, retry_after
from bot.store.errors import RateLimited, Unavailable
from bot.store.shopify.throttle import pause_until_affordable

# What a status alone says; in none of these cases anything was done.
REFUSED = {
    401: "Shopify does not accept the access token",
    402: "the Shopify shop is frozen: its plan is not paid",
    403: "Shopify refuses the access token for this (a permission is missing, or the shop is suspended)",
    423: "the Shopify shop is locked",
}
TOO_MANY = {429, 430}  # 430: Shopify's own, for what looks like an attack
CODES = {
    "ACCESS_DENIED": "Shopify does not permit it: a scope, or access to protected customer data, is missing",
    "SHOP_INACTIVE": "the Shopify shop is not active",
}


def data_of(response: httpx.Response, model: type[Answer]) -> Answer:
    """The answer's ``data``.

    Raises:
        RateLimited: the points are used up; when enough of them are back.
        Unavailable: the token, the scopes or the shop itself; nothing was done.
        Misunderstood: a question that this version of the API does not take.
        Nonsense: not an answer of this API.
    """
    if response.status_code in TOO_MANY:
        raise RateLimited(retry_after(response))
    if response.status_code in REFUSED:
        raise Unavailable(REFUSED[response.status_code])
    if response.status_code == httpx.codes.BAD_REQUEST:
        raise Misunderstood("Shopify does not understand the request")
    if response.status_code != httpx.codes.OK:
        raise Nonsense(f"status {response.status_code}")
    body = _body(response)
    _raise_errors(body)
    try:
        return model.parse_obj(body.get("data"))
    except ValidationError as problem:
        raise Nonsense(f"{model.__name__}: {len(problem.errors())} problems") from problem


def _body(response: httpx.Response) -> dict[str, Any]:
    try:
        body = json.loads(response.content)
    except ValueError as problem:
        raise Nonsense("no JSON") from problem
    if not isinstance(body, dict):
        raise Nonsense("no JSON object")
    return body


def _raise_errors(body: dict[str, Any]) -> None:
    errors = body.get("errors")
    if not errors:
        return
    if not isinstance(errors, list):  # a string for some refusals before GraphQL is reached
        raise Misunderstood("Shopify refuses the request")
    codes = [_code(error) for error in errors]
    if "THROTTLED" in codes:
        raise RateLimited(pause_until_affordable(body))
    for code, sentence in CODES.items():
        if code in codes:
            raise Unavailable(sentence)
    if "INTERNAL_SERVER_ERROR" in codes or "TIMEOUT" in codes:
        raise Nonsense("an error inside Shopify")
    raise Misunderstood(f"Shopify does not understand us: {', '.join(filter(None, codes)) or 'no code'}")


def _code(error: object) -> str:
    extensions = error.get("extensions") if isinstance(error, dict) else None
    return str(extensions.get("code") or "") if isinstance(extensions, dict) else ""
