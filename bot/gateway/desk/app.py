"""The desk's operations, each behind the door."""

from __future__ import annotations

from typing import Any

from sanic.request import Request
from sanic.response import HTTPResponse

from bot.gateway.desk.address_api import AddressApi
from bot.gateway.desk.audit_api import AuditApi
from bot.gateway.desk.canned_api import CannedApi
from bot.gateway.desk.conversation_api import ConversationApi
from bot.gateway.desk.door import admit
from bot.gateway.desk.form_api import FormApi
from bot.gateway.desk.history_api import HistoryApi
from bot.gateway.desk.messages_api import MessagesApi
from bot.gateway.desk.notes_api import NotesApi
from bot.gateway.desk.order_jobs_api import OrderJobsApi
from bot.gateway.desk.orders_api import OrdersApi
from bot.gateway.desk.outbox_api import OutboxApi
from bot.gateway.desk.overview_api import OverviewApi
from bot.gateway.desk.pages import add_pages
from bot.gateway.desk.people_api import PeopleApi
from bot.gateway.desk.queue_api import QueueApi
from bot.gateway.desk.queue_list_api import QueueListApi
from bot.gateway.desk.route import PREFIX, DeskRoute
from bot.gateway.desk.search_api import SearchApi
from bot.gateway.desk.session_api import SessionApi
from bot.gateway.desk.stream import add_stream
from bot.gateway.desk.transcript_api import TranscriptApi
from bot.gateway.parts import Parts

_PARTS: tuple[Any, ...] = (
    QueueListApi,
    QueueApi,
    OverviewApi,
    SessionApi,
    PeopleApi,
    AuditApi,
    OutboxApi,
    TranscriptApi,
    ConversationApi,
    FormApi,
    AddressApi,
    MessagesApi,
    OrdersApi,
    OrderJobsApi,
    HistoryApi,
    CannedApi,
    NotesApi,
    SearchApi,
)


def desk_routes(parts: Parts) -> list[DeskRoute]:
    return [route for part in _PARTS for route in part(parts).routes()]


def add_desk(app: Any, parts: Parts) -> None:
    for number, route in enumerate(desk_routes(parts)):
        handler = _behind_the_door(parts, route)
        app.add_route(handler, PREFIX + route.path, [route.method], name=f"desk_{number}", stream=True)
    add_stream(app, parts)
    add_pages(app)


def _behind_the_door(parts: Parts, route: DeskRoute) -> Any:
    async def handle(request: Request, **places: str) -> HTTPResponse:
        agent = await admit(parts, request, route)
        if agent is None:
            return await route.handler(request, **places)
        return await route.handler(request, agent, **places)

    told: Any = handle
    told.may = route.may  # so that the routes of an app tell who may
    return told
