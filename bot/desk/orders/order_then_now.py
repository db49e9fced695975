"""The order as the shopper and the bot saw it, frozen at the handoff, beside the order as it is now."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.engine import Connection

from bot.conversations.tables import handoffs
from bot.desk.orders.jobs.job import why
from bot.desk.orders.order_parts import OTHER, PARTS, part_of
from bot.orders.snapshot import Difference, differences, snapshot_of
from bot.store.api import OrderApi
from bot.store.errors import NotFound, StoreError
from bot.store.models import Order
from bot.wording.tongue import Tongue


def order_then(connection: Connection, conversation_id: str) -> dict[str, Any] | None:
    """The snapshot of the latest handoff that has one."""
    records = connection.execute(
        select(handoffs.c.record).where(handoffs.c.conversation_id == conversation_id).order_by(handoffs.c.id.desc())
    )
    snapshots = (row.record.get("order_snapshot") for row in records)
    return next((dict(each) for each in snapshots if each and each.get("order")), None)


async def then_and_now(
    then: dict[str, Any] | None, api: OrderApi, tongue: Tongue, now: datetime, pepper: str
) -> dict[str, Any]:
    """``{then, now, differences, seen_at, rows, reason, sentence}``; a store that is down leaves ``now`` empty.

    Args:
        then: as ``order_then`` gave it; masked.
        pepper: with which it was taken: a change inside what is masked then shows.
    """
    if then is None:
        return _answer(None, None, [], [], "no_order", tongue)
    shown = {name: value for name, value in then.items() if name != "digests"}
    seen = _parsed(then)
    try:
        order = await api.get_order(str(then["order"]["id"]))
    except NotFound:
        return _answer(shown, None, [], _rows(seen, None, set(), tongue), "not_found", tongue)
    except StoreError:
        return _answer(shown, None, [], _rows(seen, None, set(), tongue), "store_down", tongue)
    told = differences(then, order, pepper=pepper)
    changed = {part_of(each.path) for each in told}
    rows = _rows(seen, order, changed, tongue)
    return _answer(shown, snapshot_of(order, now, masked=False), _differences(told, rows, tongue), rows, "", tongue)


def _parsed(then: dict[str, Any]) -> Order | None:
    """``None`` for a record of an older Ramah, whose order had other fields."""
    try:
        return Order.parse_obj(then["order"])
    except ValidationError:
        return None


def _rows(then: Order | None, now: Order | None, changed: set[str], tongue: Tongue) -> list[dict[str, Any]]:
    """Part by part, both moments; ``changed`` marks what is different."""

    def text(order: Order | None, key: str) -> str | None:
        return None if order is None else "\n".join(PARTS[key].text(order, tongue)) or tongue.words.text("nothing")

    return [
        {
            "key": key,
            "label": tongue.words.text(f"part.{key}"),
            "then": text(then, key),
            "now": text(now, key),
            "changed": key in changed,
        }
        for key in PARTS
    ]


def _differences(told: list[Difference], rows: list[dict[str, Any]], tongue: Tongue) -> list[dict[str, Any]]:
    """One entry a part of the order; ``paths``: what exactly."""
    by_key = {row["key"]: row for row in rows}
    shown: list[dict[str, Any]] = []
    for key in (*PARTS, OTHER):
        of_part = [each for each in told if part_of(each.path) == key]
        if not of_part:
            continue
        row = by_key.get(key, {})
        shown.append(
            {
                "path": of_part[0].path.split(".")[0],
                "paths": [each.path for each in of_part],
                "label_key": key,
                "label": tongue.words.text(f"part.{key}"),
                "then": row.get("then") or _plain([each.then for each in of_part]),
                "now": row.get("now") or _plain([each.now for each in of_part]),
            }
        )
    return shown


def _plain(values: list[Any]) -> str:
    return ", ".join(str(value) for value in values if isinstance(value, str | int | float))


def _answer(  # noqa: PLR0917 - the parts of one answer
    then: dict[str, Any] | None,
    now: dict[str, Any] | None,
    told: list[dict[str, Any]],
    rows: list[dict[str, Any]],
    reason: str,
    tongue: Tongue,
) -> dict[str, Any]:
    return {
        "then": then,
        "now": now,
        "differences": told,
        "rows": rows,
        "seen_at": then["seen_at"] if then else None,
        "reason": reason or None,
        "sentence": why(reason, tongue) if reason else None,
    }
