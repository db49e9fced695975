"""Agents come, go, say whether they are there, and change their passwords."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import StrictStr, validator
from sanic.request import Request
from sanic.response import HTTPResponse, empty, json
from sqlalchemy.engine import Connection

from bot.conversations.times import utc_now
from bot.conversations.waiting import clock
from bot.desk.people import audit
from bot.desk.people.agent import Agent
from bot.desk.people.agents import Account, account_by_email, account_of, update_agent
from bot.desk.people.passwords import LONGEST, WeakPassword, check_password, hash_password, is_outdated, verify
from bot.desk.people.sessions import NewSession, begin_session, end_session, end_sessions_of
from bot.gateway.access import address_of
from bot.gateway.announce import announce_presence
from bot.gateway.bodies import read_json
from bot.gateway.desk.agent_json import may_json, me_json
from bot.gateway.desk.cookies import give_cookie, take_cookie, token_in
from bot.gateway.desk.door import session_in
from bot.gateway.desk.password_threads import off_the_loop
from bot.gateway.desk.route import PRIVATE, DeskRoute
from bot.gateway.parts import Parts
from bot.gateway.problems import Problem
from bot.gateway.rate_limit import LOGIN_BY_ACCOUNT, LOGIN_BY_ADDRESS
from bot.gateway.shapes import Shape


class LoginRequest(Shape):
    email: StrictStr
    password: StrictStr

    @validator("email")
    def _is_short(cls, value: str) -> str:
        if not 1 <= len(value) <= 320 or "\0" in value:
            raise ValueError("length")
        return value

    @validator("password")
    def _is_bounded(cls, value: str) -> str:
        if len(value) > 4 * LONGEST:
            raise ValueError("length")
        return value


class PasswordRequest(Shape):
    old: StrictStr
    new: StrictStr


class PresenceRequest(Shape):
    presence: Literal["online", "away"]


class SessionApi:
    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def routes(self) -> list[DeskRoute]:
        return [
            DeskRoute("POST", "/login", None, self.log_in),
            DeskRoute("GET", "/session", "read", self.session),
            DeskRoute("POST", "/logout", "read", self.log_out),
            DeskRoute("POST", "/password", "read", self.change_password),
            DeskRoute("POST", "/presence", "read", self.change_presence),
        ]

    async def log_in(self, request: Request) -> HTTPResponse:
        limits = self._parts.limits
        limits.take(LOGIN_BY_ADDRESS, limits.reference(address_of(request)))
        wanted = await read_json(request, LoginRequest)
        email = wanted.email.strip().lower()
        limits.take(LOGIN_BY_ACCOUNT, email)
        account = await self._parts.log.read(lambda connection: account_by_email(connection, email))
        kept = account.password_hash if account else None
        right = await off_the_loop(lambda: verify(kept, wanted.password))
        begun = None
        if account is not None and right:
            begun = await self._begin(account, wanted.password)
        if account is None or begun is None:
            await self._note_failure(email)
            raise Problem("wrong_login")
        shown = {"agent": me_json(account.agent), "csrf": begun.csrf, "may": may_json(account.agent)}
        response = json(shown, 200, PRIVATE)
        give_cookie(request, response, begun.token)
        return response

    async def session(self, request: Request, agent: Agent) -> HTTPResponse:
        session = await session_in(self._parts, request)
        if session is None:
            raise Problem("not_signed_in")
        config = self._parts.desk.config
        shown = {
            "agent": me_json(agent),
            "csrf": session.csrf,
            "may": may_json(agent),
            "clock": await self._parts.log.read(clock),
            "desk": {
                "name": self._parts.settings.shop_name,
                "time_zone": self._parts.settings.shop_time_zone,
                "teams": config.teams,
                "labels": config.labels,
                "assignment": config.assignment,
                "languages": self._parts.words.languages(),
            },
        }
        return json(shown, 200, PRIVATE)

    async def log_out(self, request: Request, agent: Agent) -> HTTPResponse:
        token = token_in(request)

        def end(connection: Connection) -> None:
            end_session(connection, token)
            audit.record(connection, agent, "signed_out", None, {}, utc_now())

        await self._parts.log.write(end)
        self._parts.sessions.forget()
        await announce_presence(self._parts.delivery)
        response = empty(204, PRIVATE)
        take_cookie(request, response)
        return response

    async def change_password(self, request: Request, agent: Agent) -> HTTPResponse:
        wanted = await read_json(request, PasswordRequest)
        self._parts.limits.take(LOGIN_BY_ACCOUNT, agent.email)
        account = await self._parts.log.read(lambda connection: account_of(connection, agent.id))
        if not await off_the_loop(lambda: verify(account.password_hash, wanted.old)):
            raise Problem("wrong_login")
        new_hash = await hash_of(wanted.new, name=agent.name, email=agent.email)
        token = token_in(request)

        def change(connection: Connection) -> None:
            update_agent(connection, agent.id, {"password_hash": new_hash})
            end_sessions_of(connection, agent.id, but=token)
            audit.record(connection, agent, "password_changed", None, {"agent_id": agent.id}, utc_now())

        await self._parts.log.write(change)
        self._parts.sessions.forget()
        await announce_presence(self._parts.delivery)
        return empty(204, PRIVATE)

    async def change_presence(self, request: Request, agent: Agent) -> HTTPResponse:
        wanted = await read_json(request, PresenceRequest)
        after = await self._parts.log.write(
            lambda connection: update_agent(connection, agent.id, {"presence": wanted.presence})
        )
        self._parts.sessions.forget()
        await announce_presence(self._parts.delivery)
        return json({"agent": me_json(after)}, 200, PRIVATE)

    async def _begin(self, account: Account, password: str) -> NewSession | None:
        """None if they were changed while the password was looked at, or work here no more."""
        outdated = is_outdated(account.password_hash)
        new_hash = await off_the_loop(lambda: hash_password(password)) if outdated else account.password_hash

        def begin(connection: Connection) -> NewSession | None:
            now, at_hand = utc_now(), account_of(connection, account.agent.id)
            if not at_hand.agent.active or at_hand.password_hash != account.password_hash:
                return None
            if outdated:
                update_agent(connection, account.agent.id, {"password_hash": new_hash})
            audit.record(connection, at_hand.agent, "signed_in", None, {}, now)
            return begin_session(connection, account.agent.id, now)

        return await self._parts.log.write(begin)

    async def _note_failure(self, email: str) -> None:
        data: dict[str, Any] = {"email": email}
        await self._parts.log.write(
            lambda connection: audit.record(connection, None, "sign_in_failed", None, data, utc_now())
        )


async def hash_of(password: str, *, name: str, email: str) -> str:
    """Raises the ``weak_password`` problem."""

    def make() -> str:
        check_password(password, name=name, email=email)
        return hash_password(password)

    try:
        return await off_the_loop(make)
    except WeakPassword as error:
        raise Problem("weak_password") from error
