"""Search over all conversations; what shows personal data is written down."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

from sanic.request import Request
from sanic.response import HTTPResponse, json
from sqlalchemy.engine import Connection

from bot.conversations.times import utc_now
from bot.desk.conversation.search import MOST, Hit, Wanted, search
from bot.desk.people import audit
from bot.desk.people.agent import Agent
from bot.desk.queue.summary import summaries, without_personal_data
from bot.gateway.desk.route import PRIVATE, DeskRoute
from bot.gateway.parts import Parts
from bot.gateway.problems import Problem
from bot.orders.order_number import number_candidates

MAX_SEARCH = 200  # characters
_PLAIN = {"agent": "owner", "language": "language", "label": "label", "reason": "reason", "email": "email"}
_STATUS = frozenset({"", "open", "snoozed", "resolved"})
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class SearchApi:
    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def routes(self) -> list[DeskRoute]:
        return [DeskRoute("GET", "/search", "read", self.find)]

    async def find(self, request: Request, agent: Agent) -> HTTPResponse:
        wanted = self._wanted(request)
        masked = not agent.may("personal")
        if masked and wanted.email:
            raise Problem("forbidden")

        def look_up(connection: Connection) -> tuple[list[Hit], list[dict[str, Any]]]:
            hits = search(connection, wanted, masked=masked)
            return hits, summaries(connection, [hit.conversation_id for hit in hits])

        hits, found = await self._parts.log.read(look_up)
        if not masked:
            await self._write_down(agent, wanted, hits)
        by_id = {each["id"]: without_personal_data(each) if masked else each for each in found}
        results = [_result(hit, by_id[hit.conversation_id]) for hit in hits if hit.conversation_id in by_id]
        return json({"results": results}, 200, PRIVATE)

    def _wanted(self, request: Request) -> Wanted:
        def given(name: str) -> str:
            value = str(request.args.get(name) or "").replace("\0", " ").strip()
            if len(value) > MAX_SEARCH:
                raise Problem("invalid", field=name)
            return value

        said = given("q")
        if given("status") not in _STATUS:
            raise Problem("invalid", field="status")
        limit = given("limit") or str(MOST)
        if not re.fullmatch(r"[0-9]{1,3}", limit):
            raise Problem("invalid", field="limit")
        typed = said.lstrip("#").upper()
        return Wanted(
            text=said,
            numbers=[typed, f"#{typed}", *number_candidates(said, self._parts.desk.policy)] if typed else [],
            status=given("status"),
            begins=self._moment(given("from"), "from"),
            ends=self._moment(given("to"), "to", whole_day=True),
            limit=max(1, min(int(limit), MOST)),
            **{field: given(name) for name, field in _PLAIN.items()},
        )

    def _moment(self, typed: str, name: str, *, whole_day: bool = False) -> datetime | None:
        """A day in the shop's time zone ("2026-11-22"), or a moment in ISO 8601."""
        if not typed:
            return None
        try:
            if not _DAY.fullmatch(typed):
                moment = datetime.fromisoformat(typed.replace("Z", "+00:00"))
                return moment if moment.tzinfo is not None else moment.replace(tzinfo=timezone.utc)
            day = date.fromisoformat(typed) + timedelta(days=1 if whole_day else 0)
        except (ValueError, OverflowError) as error:
            raise Problem("invalid", field=name) from error
        return datetime.combine(day, time(), ZoneInfo(self._parts.settings.shop_time_zone))

    async def _write_down(self, agent: Agent, wanted: Wanted, hits: list[Hit]) -> None:
        data = {
            "q": wanted.text,
            "email": wanted.email,
            "status": wanted.status,
            "owner": wanted.owner,
            "conversations": [hit.conversation_id for hit in hits],
        }
        kept = {name: value for name, value in data.items() if value}
        await self._parts.log.write(
            lambda connection: audit.record(connection, agent, "searched", None, kept, utc_now())
        )


def _result(hit: Hit, summary: dict[str, Any]) -> dict[str, Any]:
    parts = [{"text": part.text, "hit": part.hit} for part in hit.snippet]
    return {"conversation": summary, "seq": hit.seq, "snippet": parts}
