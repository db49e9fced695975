"""What every answer tells browsers: what a page may load, and which other sites may use the chat API."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sanic.request import Request
from sanic.response import HTTPResponse, empty

_HOST = re.compile(r"[A-Za-z0-9.\-\[\]:]{1,255}")
_METHODS = "GET, POST, OPTIONS"
_HEADERS = "Authorization, Content-Type"


class SecurityHeaders:
    """``allowed_origins``: shop pages on other hosts, as browsers name them in ``Origin``."""

    def __init__(self, allowed_origins: Sequence[str]) -> None:
        self._allowed = frozenset(allowed_origins)

    def preflight(self, request: Request) -> HTTPResponse | None:
        """The answer to a browser that asks whether it may ask; None for any other request."""
        if request.method != "OPTIONS" or not request.path.startswith("/chat/v1/"):
            return None
        return empty(204, {"Allow": _METHODS})

    def add(self, request: Request, response: HTTPResponse) -> None:
        headers = response.headers
        headers.setdefault("X-Content-Type-Options", "nosniff")
        headers.setdefault("Referrer-Policy", "no-referrer")
        desk = request.path == "/desk" or request.path.startswith("/desk/")
        headers.setdefault("X-Frame-Options", "DENY" if desk else "SAMEORIGIN")
        if desk:  # no other site shows the desk, opens a window on it or loads its files
            headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
            headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        html = str(response.content_type or "").startswith("text/html")
        if response.status != 304:  # its headers would replace those of the page the browser already has
            headers.setdefault("Content-Security-Policy", _page_policy(request, desk) if html else _DATA_POLICY)
        if request.path.startswith("/widget/"):
            # Public files, made to be loaded by shop pages anywhere.
            headers["Access-Control-Allow-Origin"] = "*"
            headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        elif request.path.startswith("/chat/v1/"):
            self._allow_origin(request, response)

    def _allow_origin(self, request: Request, response: HTTPResponse) -> None:
        response.headers["Vary"] = "Origin"
        origin = request.headers.get("origin")
        if origin in self._allowed:
            response.headers["Access-Control-Allow-Origin"] = origin
            response.headers["Access-Control-Expose-Headers"] = "Retry-After"
            if request.method == "OPTIONS":
                response.headers["Access-Control-Allow-Methods"] = _METHODS
                response.headers["Access-Control-Allow-Headers"] = _HEADERS
                response.headers["Access-Control-Max-Age"] = "600"


_DATA_POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox"


def _page_policy(request: Request, desk: bool) -> str:
    host = str(request.headers.get("host", ""))
    # Older browsers do not count a socket to the same host as 'self'.
    sockets = f" ws://{host} wss://{host}" if _HOST.fullmatch(host) else ""
    frames = "'none'" if desk else "'self'"
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; font-src 'self'; "
        f"manifest-src 'self'; connect-src 'self'{sockets}; base-uri 'none'; form-action 'none'; "
        f"frame-ancestors {frames}"
    )
