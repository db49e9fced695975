"""The desk's gateway as a real process, with hours that never end, before the engine stand-in and a demo store."""

from __future__ import annotations

import asyncio
import json
import secrets
import sys
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import yaml
from sqlalchemy.engine import Connection

from bot.conversations.database import ConversationLog
from bot.conversations.times import as_text, utc_now
from bot.desk.people.agent import Agent, Role
from bot.desk.people.agents import add_agent
from bot.desk.people.passwords import hash_password
from bot.orders.snapshot import snapshot_of
from bot.store.demo import DemoStore
from bot.store.models import Order, Proof, ProofKind
from tests.demo_store.process import RunningStore
from tests.gateway.processes import ENGINE_KEY, ROOT, Engine, Gateway
from tests.store.platform import PATIENT

T = TypeVar("T")

PASSWORD = "a long walk to the river"
ORDER_NUMBER = "1060"
ALL_DAY = ["00:00-23:59:59.999999"]
WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class DeskEngine(Engine):
    """``record``: what goes with a conversation when the shopper says "person with form"."""

    def __init__(self, folder: Path, record: dict[str, Any]) -> None:
        super().__init__(folder)
        self.command = [
            sys.executable,
            "-m",
            "tests.desk.engine_stand_in",
            str(self.port),
            str(self.folder),
            ENGINE_KEY,
        ]
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / "record.json").write_text(json.dumps(record), "utf-8")


class Desk(Gateway):
    """``desk``: what is changed in desk.yml, hours and holidays; here the hours never end and agents claim."""

    def __init__(
        self, folder: Path, engine_url: str, store: RunningStore, desk: dict[str, Any] | None = None, **settings: str
    ) -> None:
        own = {
            "store_url": store.url,
            "store_key": store.key,
            **_desk_settings(folder, desk or {}),
            "policy_file": str(_policy_without_holidays(folder)),
        }
        super().__init__(folder, engine_url, **{**own, **settings})

    def write(self, work: Callable[[Connection], T]) -> T:
        """``work`` in one transaction on the gateway's database, past the gateway."""

        async def run() -> T:
            log = ConversationLog(f"sqlite:///{self.database}")
            try:
                return await log.write(work)
            finally:
                await log.close()

        return _finished(run())

    def add_agent(self, name: str, role: Role = "agent", **more: Any) -> Agent:
        """Their password is ``PASSWORD``; the address is made up, so that names may be the same."""
        row = {
            "name": name,
            "email": f"{name.split(maxsplit=1)[0].lower()}-{secrets.token_hex(4)}@example.com",
            "password_hash": _hash_of_the_password(),
            "role": role,
            "languages": ["en", "id", "ms"],
            "capacity": 100,
            "now": utc_now(),
            **more,
        }
        return self.write(lambda connection: add_agent(connection, **row))


@lru_cache(maxsize=1)
def _hash_of_the_password() -> str:
    return hash_password(PASSWORD)


def _desk_settings(folder: Path, changes: dict[str, Any]) -> dict[str, str]:
    """data/desk with links to the files that do not change."""
    own = folder / "desk"
    own.mkdir(parents=True, exist_ok=True)
    for path in (ROOT / "data/desk").iterdir():
        if path.name != "desk.yml" and not (own / path.name).exists():
            (own / path.name).symlink_to(path)
    shipped = yaml.safe_load((ROOT / "data/desk/desk.yml").read_text("utf-8"))
    changed = {"assignment": "claim", "hours": {day: ALL_DAY for day in WEEK}, "holidays": [], **changes}
    hours, holidays = json.dumps(changed.pop("hours")), json.dumps(changed.pop("holidays"))
    (own / "desk.yml").write_text(yaml.safe_dump({**shipped, **changed}), "utf-8")
    return {"desk_dir": str(own), "opening_hours": hours, "holidays": holidays}


def _policy_without_holidays(folder: Path) -> Path:
    policy = yaml.safe_load((ROOT / "data/policy.yml").read_text("utf-8"))
    policy["business_days"]["holidays"] = {}
    path = folder / "policy.yml"
    path.write_text(yaml.safe_dump(policy), "utf-8")
    return path


def order_of(store: RunningStore, number: str = ORDER_NUMBER) -> Order:
    """A demo order as the store has it now."""

    async def find() -> Order:
        api = DemoStore(store.url, store.key, PATIENT)
        try:
            return await api.find_order(
                number, Proof(kind=ProofKind.email, value=store.order(number)["customer"]["email"])
            )
        finally:
            await api.close()

    return _finished(find())


def record_with_form(order: Order, now: datetime) -> dict[str, Any]:
    """As the bot hands over in the middle of changing an address: the order is proved, the new address is asked."""
    snapshot = snapshot_of(order, now)
    failed = {"at": as_text(now), "job": "change_address", "outcome": "failed", "reason": "store_unreachable"}
    tried = [{**failed, "data": {"order_number": order.number, "postcode": "43000"}}]
    slots = {
        "order_id": order.id,
        "order_number": order.number,
        "proof": "given",
        "proved_orders": [order.id],
        "order_snapshot": snapshot,
        "job": "change_address",
        "language": "en",
        "tried": tried,
    }
    return {
        "language": "en",
        "identity": {"customer": None, "proved_orders": [order.id]},
        "order_snapshot": snapshot,
        "slots": slots,
        "form": {"name": "address_form", "asks": "new_address"},
        "tried": tried,
    }


def _finished(work: Any) -> Any:
    """Fixtures and tests call this from beside a running loop as well as without one."""
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()
