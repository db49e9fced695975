"""Medusa lets one change at a time be open on an order; one that is left open locks the order."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TypeVar

from bot.store.connection import Query, already_begun
from bot.store.errors import Conflict, NotFound, OutcomeUnknown, RateLimited, Unavailable
from bot.store.medusa import fields
from bot.store.medusa.answers import Refused
from bot.store.medusa.door import AdminApi, order_path, quoted
from bot.store.medusa.raw import Raw

OURS = "Ramah: "  # begins the internal note of each change that this adapter opens; the write's key follows
OPEN = ("pending", "requested")
LOCKED = "existing active order change"  # in Medusa's words

Result = TypeVar("Result")


class RawChange(Raw):
    id: str
    change_type: str | None = None
    status: str
    internal_note: str | None = None
    return_id: str | None = None
    claim_id: str | None = None
    exchange_id: str | None = None


class RawChanges(Raw):
    order_changes: list[RawChange]


def note_of(key: str) -> str:
    return f"{OURS}{key}"


async def begin(api: AdminApi, order_id: str, opening: Callable[[], Awaitable[Result]], key: str) -> Result:
    """What ``opening`` gives, after an open change that Ramah left behind has been removed.

    Ours is always left behind: the journal lets only one write at a time come to an order, and this is it.

    Raises:
        Conflict: somebody else is changing the order.
    """
    try:
        return await opening()
    except Refused as refusal:
        if LOCKED not in refusal.message:
            raise
    if not await remove_ours(api, order_id, key):
        raise Conflict("somebody is changing the order")
    with already_begun(key):
        return await opening()


@asynccontextmanager
async def undone_if_refused(api: AdminApi, path: str, key: str) -> AsyncIterator[None]:
    """Around the steps after the first: what Medusa refuses is taken back, so that the order is not locked."""
    try:
        yield
    except Refused:
        with already_begun(key):
            await api.delete(path, key=key)
        raise
    except (Unavailable, RateLimited) as failure:
        raise OutcomeUnknown(key) from failure


async def remove_ours(api: AdminApi, order_id: str, key: str) -> bool:
    """Whether an open change of ours was there; it is no longer."""
    for change in await _open_changes(api, order_id):
        if (change.internal_note or "").startswith(OURS):
            try:
                await api.delete(_path_of(change, order_id), key=key)
            except (NotFound, Refused):
                continue  # gone by itself
            return True
    return False


async def _open_changes(api: AdminApi, order_id: str) -> list[RawChange]:
    query: Query = {"fields": fields.CHANGE, "status[]": list(OPEN)}
    changes = await api.get(f"{order_path(order_id)}/changes", RawChanges, query)
    return [change for change in changes.order_changes if change.status in OPEN]


def _path_of(change: RawChange, order_id: str) -> str:
    if change.claim_id:
        return f"/admin/claims/{quoted(change.claim_id)}/request"
    if change.exchange_id:
        return f"/admin/exchanges/{quoted(change.exchange_id)}/request"
    if change.return_id:
        return f"/admin/returns/{quoted(change.return_id)}/request"
    return f"/admin/order-edits/{quoted(order_id)}"
