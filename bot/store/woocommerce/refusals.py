"""From WooCommerce's HTTP answers to documents and typed errors.

WooCommerce refuses with ``{"code", "message", "data": {"status"}}``; WordPress, its plugins, the web server and the
host's firewall in front of it answer with pages of their own.
"""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import TypeVar

import httpx
from pydantic import BaseModel

from bot.store.answers import Misunderstood, Nonsense, Passing, model_of, retry_after
from bot.store.connection import Parse
from bot.store.errors import Invalid, NotAllowed, NotFound, RateLimited, Unavailable

Answer = TypeVar("Answer", bound=BaseModel)

MAINTENANCE = b"scheduled maintenance"  # WordPress says it before it does anything at all
REFUND_REFUSED = "woocommerce_rest_cannot_create_order_refund"


class RefundRefused(NotAllowed):
    """The payment gateway, or WooCommerce's own sums, refused the refund."""

    def __init__(self) -> None:
        super().__init__("refund_refused")


def answered(model: type[Answer]) -> Parse[Answer]:
    """How an answer that should hold a ``model`` is read."""

    def parse(response: httpx.Response) -> Answer:
        check(response)
        return model_of(response, model)

    return parse


def check(response: httpx.Response) -> None:
    """Raise what the answer's status stands for; return for a success.

    Raises:
        NotFound: no such order or product. Invalid: a country that WooCommerce does not know.
        Unavailable: our key may not (401, 403); ``Misunderstood``: our request or the address is wrong; nothing was
            done. ``Passing``: WordPress is being updated.
        Nonsense: all else, 5xx above all: after a write it may have happened all the same.
    """
    status = response.status_code
    if status in {HTTPStatus.OK, HTTPStatus.CREATED}:
        return
    code = code_of(response)
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        raise RateLimited(retry_after(response))
    if status == HTTPStatus.UNAUTHORIZED:
        raise Unavailable(f"the store does not accept our key ({code or 'no reason given'})")
    if status == HTTPStatus.FORBIDDEN:
        raise Unavailable(f"the store or a firewall before it refuses us ({code or 'no reason given'})")
    if response.is_redirect:
        raise Misunderstood("the shop's address leads to another one: give that one")
    if status == HTTPStatus.SERVICE_UNAVAILABLE and MAINTENANCE in response.content:
        raise Passing("the store is being updated")
    if code.endswith("_invalid_id"):
        raise NotFound
    if code == "woocommerce_rest_data_invalid_location":
        raise Invalid("country")
    if code == "rest_no_route":
        raise Misunderstood("there is no WooCommerce REST API v3 at this address")
    if status == HTTPStatus.BAD_REQUEST and code:
        raise Misunderstood(f"the store does not understand us: {code} {', '.join(_params(response))}")
    raise Nonsense(f"status {status} {code}")


def refunded(response: httpx.Response) -> None:
    """Like ``check``; a refund that was refused comes as a 500, but with a code of its own."""
    if response.status_code == HTTPStatus.INTERNAL_SERVER_ERROR and code_of(response) == REFUND_REFUSED:
        raise RefundRefused
    check(response)


def code_of(response: httpx.Response) -> str:
    return str(_refusal(response).get("code") or "")


def _params(response: httpx.Response) -> list[str]:
    """The names of the parameters that were refused; never their values."""
    data = _refusal(response).get("data")
    params = data.get("params") if isinstance(data, dict) else None
    return sorted(params) if isinstance(params, dict) else []


def _refusal(response: httpx.Response) -> dict[str, object]:
    try:
        body = json.loads(response.content)
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}
