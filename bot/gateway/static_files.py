"""The widget and the demo shop page, as they lie in ``bot/web/``."""

from __future__ import annotations

import asyncio
import hashlib
import mimetypes
from pathlib import Path

from sanic.request import Request
from sanic.response import HTTPResponse, empty, raw

from bot.gateway.problems import Problem

WEB = Path(__file__).parent.parent / "web"
_TYPES = {".js": "text/javascript", ".mjs": "text/javascript", ".json": "application/json", ".webp": "image/webp"}


class StaticFiles:
    """One folder. Files outside it, hidden ones and folders do not exist."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()

    async def serve(self, request: Request, path: str) -> HTTPResponse:
        file = await asyncio.get_running_loop().run_in_executor(None, self._read, path)
        if file is None:
            raise Problem("not_found")
        content, suffix = file
        tag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
        # Always asked again, seldom sent again: a new widget is in use at once.
        headers = {"ETag": tag, "Cache-Control": "no-cache"}
        if tag in [given.strip() for given in request.headers.get("if-none-match", "").split(",")]:
            return empty(304, headers)
        return raw(content, 200, headers, content_type=_content_type(suffix))

    def _read(self, path: str) -> tuple[bytes, str] | None:
        if "\0" in path or any(part.startswith(".") for part in path.split("/")):
            return None
        found = (self._folder / path).resolve()
        if not found.is_relative_to(self._folder) or not found.is_file():
            return None
        return found.read_bytes(), found.suffix.lower()


def _content_type(suffix: str) -> str:
    kind = _TYPES.get(suffix) or mimetypes.types_map.get(suffix, "application/octet-stream")
    text = kind.startswith("text/") or kind in ("application/json", "image/svg+xml")
    return f"{kind}; charset=utf-8" if text else kind
