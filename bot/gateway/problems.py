"""Errors as ``application/problem+json``: a code for programs, one sentence for a person."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from sanic.request import Request
from sanic.response import HTTPResponse, json

from bot.gateway.words import Words

_STATUS = {
    "bad_request": 400,
    "json_expected": 415,
    "invalid": 422,
    "invalid_email": 422,
    "not_signed_in": 401,
    "customer_token": 401,
    "bad_signature": 401,
    "not_found": 404,
    "method_not_allowed": 405,
    "rate_limited": 429,
    "client_id_reused": 409,
    "choice_replaced": 409,
    "unknown_choice": 422,
    "unknown_photo": 422,
    "too_large": 413,
    "photo_type": 415,
    "photo_unreadable": 422,
    "photo_pixels": 422,
    "upgrade_required": 426,
    "wrong_login": 401,
    "forbidden": 403,
    "csrf": 403,
    "not_owner": 409,
    "already_taken": 409,
    "job_refused": 409,
    "changed_meanwhile": 409,
    "wrong_field": 422,
    "not_verified": 409,
    "already_rated": 409,
    "mail_off": 409,
    "store_down": 503,
    "weak_password": 422,
    "email_taken": 409,
    "not_present": 409,
    "nobody_to_whisper_to": 409,
    "server_error": 500,
    "unavailable": 503,
}


class Problem(Exception):
    """``code`` is a key of the words file's ``problems``; ``field`` names what was wrong; ``about``: more members."""

    def __init__(
        self,
        code: str,
        *,
        field: str = "",
        headers: Mapping[str, str] | None = None,
        about: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(code)
        self.code = code
        self.field = field
        self.headers = dict(headers or {})
        self.about = dict(about or {})


def problem_response(words: Words, request: Request | None, problem: Problem) -> HTTPResponse:
    status = _STATUS[problem.code]
    sentence = words.text(f"problems.{problem.code}", _language(request)).replace("{field}", problem.field)
    body = {
        **problem.about,
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "code": problem.code,
    }
    headers = {"Cache-Control": "no-store", **problem.headers}
    if status == 401 and not (request is not None and request.path.startswith("/desk/")):  # a cookie opens the desk
        headers["WWW-Authenticate"] = "Bearer"
    return json({**body, "detail": sentence}, status, headers, content_type="application/problem+json")


def _language(request: Request | None) -> str:
    header = request.headers.get("accept-language", "") if request is not None else ""
    return str(header).split(",")[0].split(";")[0].strip() or "en"
