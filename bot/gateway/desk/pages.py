"""The agents' page, as it lies in ``bot/web/desk``. The page is everybody's; what it shows comes through the door."""

from __future__ import annotations

from typing import Any

from sanic.request import Request
from sanic.response import HTTPResponse

from bot.gateway.static_files import WEB, StaticFiles


def add_pages(app: Any) -> None:
    files = StaticFiles(WEB / "desk")

    async def page(request: Request) -> HTTPResponse:
        return await files.serve(request, "index.html")

    async def words(request: Request, file: str) -> HTTPResponse:
        return await files.serve(request, f"words/{file}")

    app.add_route(page, "/desk", ["GET"], name="desk_page")
    app.add_route(files.serve, "/desk/<path:str>", ["GET"], name="desk_file")
    app.add_route(words, "/desk/words/<file:str>", ["GET"], name="desk_words")
