"""The Sanic app: its routes, what happens to every request, and how it starts and stops."""

from __future__ import annotations

from functools import partial
from typing import Any

from sanic import Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, json

from bot.gateway.api_page import ApiPage
from bot.gateway.bodies import drain
from bot.gateway.chat import ChatApi
from bot.gateway.demo_shop import DemoShop
from bot.gateway.desk.app import add_desk
from bot.gateway.help_pages import HelpPages
from bot.gateway.order_watcher import OrderWatcher
from bot.gateway.parts import Parts
from bot.gateway.problem_for import problem_for
from bot.gateway.problems import Problem, problem_response
from bot.gateway.security_headers import SecurityHeaders
from bot.gateway.static_files import WEB, StaticFiles
from bot.gateway.store_events import StoreEvents
from bot.gateway.stream import Stream

EVENTS = "/store/v1/events"
_CONVERSATION = "/chat/v1/conversations/<conversation_id:str>"


def make_app(parts: Parts, watcher: OrderWatcher) -> Any:
    app = Sanic("ramah-gateway", configure_logging=False)
    app.config.update(
        {
            "ACCESS_LOG": False,
            "FALLBACK_ERROR_FORMAT": "json",
            "GRACEFUL_SHUTDOWN_TIMEOUT": 3.0,
            "KEEP_ALIVE_TIMEOUT": 75,  # seconds: people pause longer than the usual 5 between two messages
            "PROXIES_COUNT": parts.settings.proxies_count or None,
            "REQUEST_MAX_SIZE": 64 * 1024,
            "WEBSOCKET_MAX_SIZE": 8 * 1024,
            "WEBSOCKET_PING_INTERVAL": 20,
            "WEBSOCKET_PING_TIMEOUT": 20,
        }
    )
    _add_chat(app, parts)
    add_desk(app, parts)
    app.add_route(partial(StoreEvents(parts, watcher).receive), EVENTS, ["POST"], name="store_events", stream=True)
    _add_pages(app, parts)
    _add_every_request(app, parts)
    return app


def _add_chat(app: Any, parts: Parts) -> None:
    chat = ChatApi(parts)

    async def stream(request: Request, socket: Any, conversation_id: str) -> None:
        await Stream(parts, socket, conversation_id).run(request)

    # Bodies are read by the handlers ("stream"), so that a caller is checked before a large body is taken;
    # Sanic marks such a handler with an attribute, which a bound method cannot have and a partial can.
    app.add_route(partial(chat.start), "/chat/v1/conversations", ["POST"], name="start", stream=True)
    app.add_route(partial(chat.post), f"{_CONVERSATION}/messages", ["POST"], name="post", stream=True)
    app.add_route(chat.messages, f"{_CONVERSATION}/messages", ["GET"], name="messages")
    app.add_route(partial(chat.read), f"{_CONVERSATION}/read", ["POST"], name="read", stream=True)
    app.add_route(partial(chat.upload_photo), f"{_CONVERSATION}/photos", ["POST"], name="upload_photo", stream=True)
    app.add_route(chat.photo, f"{_CONVERSATION}/photos/<photo_id:str>", ["GET"], name="photo")
    app.add_websocket_route(stream, f"{_CONVERSATION}/stream", name="stream")


def _add_pages(app: Any, parts: Parts) -> None:
    widget, shop, api = StaticFiles(WEB / "widget"), StaticFiles(WEB / "shop"), ApiPage()

    async def shop_page(request: Request) -> HTTPResponse:
        return await shop.serve(request, "index.html")

    async def health(_request: Request) -> HTTPResponse:
        await parts.log.read(_ping)
        return json({"status": "ok"})

    app.add_route(health, "/health", ["GET"])
    app.add_route(api.document, "/chat/v1/openapi.json", ["GET"], name="openapi")
    app.add_route(api.page, "/api", ["GET"], name="api_page")
    app.add_route(api.style, "/api/style.css", ["GET"], name="api_style")
    app.add_route(shop_page, "/", ["GET"], name="shop_page")
    app.add_route(widget.serve, "/widget/<path:path>", ["GET"], name="widget")
    app.add_route(shop.serve, "/shop/<path:path>", ["GET"], name="shop")
    HelpPages(parts).add_to(app)
    if parts.settings.demo:
        DemoShop(parts.settings).add_to(app)


def _ping(connection: Any) -> None:
    connection.exec_driver_sql("SELECT 1")


def _add_every_request(app: Any, parts: Parts) -> None:
    security = SecurityHeaders(parts.settings.allowed_origins)

    async def on_request(request: Request) -> HTTPResponse | None:
        if request.path.endswith("/stream") and request.headers.get("upgrade", "").lower() != "websocket":
            raise Problem("upgrade_required", headers={"Upgrade": "websocket"})
        return None

    async def on_response(request: Request, response: HTTPResponse) -> None:
        security.add(request, response)

    async def on_error(request: Request, error: Exception) -> HTTPResponse:
        if isinstance(error, Problem):
            await drain(request)
        # No route takes OPTIONS, so a browser's preflight arrives here.
        preflight = security.preflight(request)
        return preflight or problem_response(parts.words, request, problem_for(request, error))

    app.register_middleware(on_request, "request")
    app.register_middleware(on_response, "response")
    app.error_handler.add(Exception, on_error)
