"""The people of the desk: everybody sees who is there, admins add and change them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from pydantic import StrictBool, StrictInt, StrictStr, validator
from sanic.request import Request
from sanic.response import HTTPResponse, json
from sqlalchemy.engine import Connection

from bot.conversations.times import utc_now
from bot.desk.people import audit
from bot.desk.people.agent import Agent, Role
from bot.desk.people.agents import (
    MAX_CAPACITY,
    MAX_NAME,
    EmailTaken,
    NoAdminLeft,
    NoAgent,
    add_agent,
    agent_email,
    get_agent,
    update_agent,
)
from bot.desk.people.sessions import end_sessions_of
from bot.gateway.announce import announce_presence
from bot.gateway.bodies import read_json
from bot.gateway.desk.agent_json import colleagues_json, me_json
from bot.gateway.desk.route import PRIVATE, DeskRoute
from bot.gateway.desk.session_api import hash_of
from bot.gateway.parts import Parts
from bot.gateway.problems import Problem
from bot.gateway.shapes import Shape

T = TypeVar("T")
_LANGUAGE = re.compile(r"[a-z]{2,3}")


class AgentRequest(Shape):
    """What is left out stays as it is; a new agent has name, email and password at least."""

    name: StrictStr | None = None
    email: StrictStr | None = None
    role: Role | None = None
    languages: list[StrictStr] | None = None
    teams: list[StrictStr] | None = None
    capacity: StrictInt | None = None
    password: StrictStr | None = None
    active: StrictBool | None = None

    @validator("name")
    def _is_name(cls, value: str | None) -> str | None:
        if value is None:
            return None
        if not 1 <= len(value.strip()) <= MAX_NAME or not value.isprintable():
            raise ValueError("length")
        return value.strip()

    @validator("email")
    def _is_short(cls, value: str | None) -> str | None:
        if value is not None and not 3 <= len(value) <= 320:
            raise ValueError("length")
        return value

    @validator("languages")
    def _are_languages(cls, value: list[str] | None) -> list[str] | None:
        if value is not None and (len(value) > 50 or not all(_LANGUAGE.fullmatch(each) for each in value)):
            raise ValueError("languages")
        return value if value is None else list(dict.fromkeys(value))

    @validator("capacity")
    def _is_possible(cls, value: int | None) -> int | None:
        if value is not None and not 0 <= value <= MAX_CAPACITY:
            raise ValueError("capacity")
        return value

    def changes(self) -> dict[str, Any]:
        return self.dict(exclude={"password"}, exclude_none=True)


class PeopleApi:
    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def routes(self) -> list[DeskRoute]:
        return [
            DeskRoute("GET", "/agents", "read", self.everybody),
            DeskRoute("POST", "/agents", "manage", self.add),
            DeskRoute("PUT", "/agents/<agent_id:str>", "manage", self.change),
        ]

    async def everybody(self, request: Request, agent: Agent) -> HTTPResponse:
        shown = await colleagues_json(self._parts, with_email=agent.may("manage"))
        return json({"agents": shown}, 200, PRIVATE)

    async def add(self, request: Request, agent: Agent) -> HTTPResponse:
        wanted = await read_json(request, AgentRequest)
        self._check_teams(wanted)
        for field in ("name", "email", "password"):
            if getattr(wanted, field) is None:
                raise Problem("invalid", field=field)
        name, email = str(wanted.name), agent_email(str(wanted.email))
        password_hash = await hash_of(str(wanted.password), name=name, email=email)
        capacity = self._parts.desk.config.capacity if wanted.capacity is None else wanted.capacity

        def add(connection: Connection) -> Agent:
            added = add_agent(
                connection,
                name=name,
                email=email,
                password_hash=password_hash,
                role=wanted.role or "agent",
                languages=wanted.languages or [],
                teams=wanted.teams or [],
                capacity=capacity,
                now=utc_now(),
            )
            data = {"agent_id": added.id, "role": added.role}
            audit.record(connection, agent, "agent_added", None, data, utc_now())
            return added

        added = await self._write(add)
        return json({"agent": {**me_json(added), "active": added.active}}, 201, PRIVATE)

    async def change(self, request: Request, agent: Agent, agent_id: str) -> HTTPResponse:
        wanted = await read_json(request, AgentRequest)
        self._check_teams(wanted)
        changes = wanted.changes()
        if wanted.password is not None:
            with _told_as_problems():
                before = await self._parts.log.read(lambda connection: get_agent(connection, agent_id))
            name, email = wanted.name or before.name, wanted.email or before.email
            changes["password_hash"] = await hash_of(wanted.password, name=name, email=email)

        def change(connection: Connection) -> Agent:
            was = get_agent(connection, agent_id)
            now_is = update_agent(connection, agent_id, changes)
            if was.role != now_is.role or not now_is.active or wanted.password is not None:
                end_sessions_of(connection, agent_id)
            data = {key: value for key, value in changes.items() if key != "password_hash"}
            data |= {"agent_id": agent_id, "password_changed": wanted.password is not None}
            audit.record(connection, agent, "agent_changed", None, data, utc_now())
            return now_is

        after = await self._write(change)
        return json({"agent": {**me_json(after), "active": after.active}}, 200, PRIVATE)

    async def _write(self, work: Callable[[Connection], T]) -> T:
        with _told_as_problems():
            done = await self._parts.log.write(work)
        self._parts.sessions.forget()
        await announce_presence(self._parts.delivery)
        return done

    def _check_teams(self, wanted: AgentRequest) -> None:
        if set(wanted.teams or []) - set(self._parts.desk.config.teams):
            raise Problem("invalid", field="teams")


@contextmanager
def _told_as_problems() -> Iterator[None]:
    try:
        yield
    except NoAgent as error:
        raise Problem("not_found") from error
    except EmailTaken as error:
        raise Problem("email_taken") from error
    except NoAdminLeft as error:
        raise Problem("invalid", field="role") from error
