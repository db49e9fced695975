"""One line a desk operation: where it is, who may, what it does. The door (``door.py``) stands before them all."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Literal

from sanic.response import HTTPResponse

from bot.desk.people.agent import Permission

PREFIX = "/desk/v1"
PRIVATE = {"Cache-Control": "no-store"}

# (request, agent, **the path's parameters)
Handler = Callable[..., Awaitable[HTTPResponse]]


@dataclass(frozen=True)
class DeskRoute:
    """``path`` begins after ``/desk/v1``; parameters as Sanic writes them: ``/conversations/<conversation_id:str>``.

    ``may``: the permission it takes; None lets anybody in without a session (logging in, and nothing else).
    """

    method: Literal["GET", "POST", "PUT", "DELETE"]
    path: str
    may: Permission | None
    handler: Handler
