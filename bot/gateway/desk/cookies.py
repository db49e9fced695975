"""The cookie that keeps an agent signed in: out of scripts' reach, sent to the desk's own pages only."""

from __future__ import annotations

from sanic.request import Request
from sanic.response import HTTPResponse

from bot.desk.people.sessions import LIFE

NAME = "ramah_desk"
_PATH = "/desk"


def token_in(request: Request) -> str:
    """The session's token; empty if there is none, or nothing that could be one."""
    token = str(request.cookies.get(NAME) or "")
    return token if len(token) <= 200 else ""


def give_cookie(request: Request, response: HTTPResponse, token: str) -> None:
    _set(request, response, token, int(LIFE.total_seconds()))


def take_cookie(request: Request, response: HTTPResponse) -> None:
    _set(request, response, "", 0)


def _set(request: Request, response: HTTPResponse, token: str, seconds: int) -> None:
    response.cookies[NAME] = token
    cookie = response.cookies[NAME]
    cookie["path"] = _PATH
    cookie["max-age"] = seconds
    cookie["httponly"] = True
    cookie["samesite"] = "Strict"
    if request.scheme in ("https", "wss"):
        cookie["secure"] = True
