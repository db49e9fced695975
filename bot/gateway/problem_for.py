"""Which problem an error is: what the log refuses, what Sanic refuses, what is broken."""

from __future__ import annotations

import structlog
from sanic.exceptions import MethodNotSupported, SanicException, ServiceUnavailable
from sanic.request import Request

from bot.conversations import errors
from bot.gateway.problems import Problem

_LOG_PROBLEMS: dict[type[errors.LogError], str] = {
    errors.NoConversation: "not_found",
    errors.ClientIdReused: "client_id_reused",
    errors.UnknownChoice: "unknown_choice",
    errors.ChoiceReplaced: "choice_replaced",
    errors.UnknownPhoto: "unknown_photo",
    errors.InvalidContact: "invalid_email",
    errors.AlreadyRated: "already_rated",
}
_SANIC_PROBLEMS = {404: "not_found", 413: "too_large"}

log = structlog.get_logger(__name__)


def problem_for(request: Request, error: Exception) -> Problem:
    """What is broken is logged here, with its traceback; the shopper hears one sentence."""
    if isinstance(error, Problem):
        return error
    if isinstance(error, errors.LogError) and type(error) in _LOG_PROBLEMS:
        return Problem(_LOG_PROBLEMS[type(error)])
    if isinstance(error, errors.InvalidRating):
        return Problem("invalid", field=error.field)
    if isinstance(error, SanicException) and (refused := _refused(request, error)) is not None:
        return refused
    log.error("request.broken", path=request.uri_template, exc_info=error)
    return Problem("server_error")


def _refused(request: Request, error: SanicException) -> Problem | None:
    if isinstance(error, MethodNotSupported):
        return Problem("method_not_allowed", headers=dict(error.headers))
    if isinstance(error, ServiceUnavailable):
        return Problem("unavailable", headers={"Retry-After": "2"})  # this gateway is being stopped
    if error.status_code < 500:
        return Problem(_SANIC_PROBLEMS.get(error.status_code, "bad_request"))
    if request.path.endswith("/stream"):
        return Problem("bad_request")  # a handshake that is none
    return None
