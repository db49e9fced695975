"""`ramah agent`: who may work at the desk. Works on the log's database, whether the gateway runs or not."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from typing import TypeVar

import typer
from rich.table import Table
from sqlalchemy.engine import Connection

from bot.commands.progress import console
from bot.conversations.database import ConversationLog
from bot.conversations.errors import InvalidContact
from bot.conversations.migrate import migrate
from bot.conversations.times import utc_now
from bot.desk.config import DeskConfig, DeskConfigError, load_desk_config
from bot.desk.people import audit
from bot.desk.people.agent import Role
from bot.desk.people.agents import (
    MAX_NAME,
    EmailTaken,
    account_by_email,
    add_agent,
    agent_email,
    colleagues,
    update_agent,
)
from bot.desk.people.passwords import SHORTEST, WeakPassword, check_password, hash_password
from bot.desk.people.sessions import end_sessions_of
from bot.installation import PROJECT, with_files_in
from bot.processes.trouble import Trouble
from bot.settings import Settings

T = TypeVar("T")


def add(settings: Settings, email: str, name: str, role: Role, languages: str) -> None:
    """Raises ``Trouble``."""
    settings = with_files_in(PROJECT, settings)
    email, name = _email(email), _name(name)
    spoken = settings.offered_languages
    wanted = [each.strip().lower() for each in languages.split(",") if each.strip()] or list(spoken)
    capacity = _config(settings).capacity
    password_hash = _new_password(name, email)

    def work(connection: Connection) -> None:
        added = add_agent(
            connection,
            name=name,
            email=email,
            password_hash=password_hash,
            role=role,
            languages=wanted,
            capacity=capacity,
            now=utc_now(),
        )
        data = {"agent_id": added.id, "role": role, "by": "command line"}
        audit.record(connection, None, "agent_added", None, data, utc_now())

    try:
        on_database(settings, work)
    except EmailTaken as error:
        raise Trouble(
            f"{email} works at the desk already; `ramah agent password {email}` changes the password."
        ) from error
    console.print(f"{name} ({role}) can sign in at the desk.", highlight=False, markup=False)


def password(settings: Settings, email: str) -> None:
    """Raises ``Trouble``."""
    email = _email(email)
    account = on_database(settings, lambda connection: account_by_email(connection, email))
    if account is None:
        raise Trouble(f"Nobody at the desk has the address {email}.")
    agent = account.agent
    password_hash = _new_password(agent.name, email)

    def work(connection: Connection) -> None:
        update_agent(connection, agent.id, {"password_hash": password_hash})
        end_sessions_of(connection, agent.id)
        data = {"agent_id": agent.id, "by": "command line"}
        audit.record(connection, None, "password_changed", None, data, utc_now())

    on_database(settings, work)
    # A gateway that runs looks every two seconds whose session still holds (bot.gateway.desk.open_sessions).
    console.print(
        f"{agent.name} has a new password and is signed out everywhere within three seconds.",
        highlight=False,
        markup=False,
        soft_wrap=True,
    )


def list_(settings: Settings) -> None:
    settings = with_files_in(PROJECT, settings)
    absent_after = _config(settings).absent_after
    table = Table("Name", "Email", "Role", "Languages", "State")
    for each in on_database(settings, lambda connection: colleagues(connection, utc_now(), absent_after)):
        agent = each.agent
        state = each.presence if agent.active else "inactive"
        table.add_row(agent.name, agent.email, agent.role, " ".join(agent.languages), state)
    console.print(table)


def on_database(settings: Settings, work: Callable[[Connection], T]) -> T:
    """``work`` in one transaction on the log's database, brought up to date before."""

    async def run() -> T:
        settings.state_dir.mkdir(parents=True, exist_ok=True)
        log = ConversationLog(settings.conversations_url)
        try:
            await migrate(log)
            return await log.write(work)
        finally:
            await log.close()

    return asyncio.run(run())


def _email(given: str) -> str:
    try:
        return agent_email(given)
    except InvalidContact as error:
        raise Trouble(f"{given} is not an email address.") from error


def _name(given: str) -> str:
    name = given.strip()
    if not 1 <= len(name) <= MAX_NAME or not name.isprintable():
        raise Trouble(f"A name has 1 to {MAX_NAME} letters.")
    return name


def _new_password(name: str, email: str) -> str:
    """Its hash. Asked for twice and not shown; piped in, it is the first line."""
    if sys.stdin.isatty():
        given = typer.prompt("Password", hide_input=True, confirmation_prompt=True)
    else:
        given = sys.stdin.readline().rstrip("\r\n")
    try:
        check_password(given, name=name, email=email)
    except WeakPassword as error:
        raise Trouble(f"A password has at least {SHORTEST} characters and is not easy to guess.") from error
    return hash_password(given)


def _config(settings: Settings) -> DeskConfig:
    try:
        return load_desk_config(settings)
    except DeskConfigError as error:
        raise Trouble(str(error)) from error
