"""Opens the cases that Shopify has no place for, where the shop's staff watch the tags."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timezone

from bot.store.case_check import check_items, check_refund_method
from bot.store.connection import already_begun
from bot.store.errors import Conflict, Invalid, NotAllowed, OutcomeUnknown
from bot.store.models import Case, CaseKind, CaseRequest, CaseState
from bot.store.shopify.case_records import ALL, TAGS, Record, new_record, read_records, record_case, write_records
from bot.store.shopify.documents import order_writes
from bot.store.shopify.door import Door
from bot.store.shopify.marks import key_mark
from bot.store.shopify.order_reading import OrderReading
from bot.store.shopify.orders import Read
from bot.store.shopify.refusals import refuse
from bot.store.shopify.shapes import Shape, UserError
from bot.store.shopify.what_is_possible import was_sent

TRIES = 3  # when another app writes the same metafield in between
LONGEST_NOTE = 2000


class _Payload(Shape):
    user_errors: list[UserError]


class _Tagged(Shape):
    tags_add: _Payload


class _Set(Shape):
    metafields_set: _Payload


def _now() -> datetime:
    return datetime.now(timezone.utc)


class Recording:
    def __init__(self, door: Door, reading: OrderReading, now: Callable[[], datetime] = _now) -> None:
        self._door = door
        self._reading = reading
        self._now = now

    async def look(self, order_id: str, key: str) -> Case | None:
        read = await self._reading.read(order_id)
        mine = [each for each in read_records(read.order.metafield) if each.key == key_mark(key)]
        return record_case(mine[0], read.order.tags) if mine else None

    async def write(self, order_id: str, request: CaseRequest, key: str) -> Case:
        read = await self._reading.read(order_id)
        self._check(read, request)
        record = new_record(read.order.id, read.order.name, request, key, self._now())
        # The tag first: a tag without a record only makes staff look; a record without its tag would look done.
        asked: dict[str, object] = {"id": read.order.id, "tags": [ALL, TAGS[request.kind]]}
        await self._door.tell(
            order_writes.ADD_TAGS, asked, _Tagged, lambda answer: refuse(answer.tags_add.user_errors), key=key
        )
        with already_begun(key):
            for _ in range(TRIES):
                try:
                    await self._put(read, record, key)
                    break
                except Conflict:
                    read = await self._reading.read(order_id)
            else:
                raise OutcomeUnknown(key)
            case = await self.look(order_id, key)
        if case is None:
            raise OutcomeUnknown(key)
        return case

    def _check(self, read: Read, request: CaseRequest) -> None:
        order = self._reading.in_words(read)
        was_sent(order)
        check_refund_method(order, request)
        if len(request.note) > LONGEST_NOTE:
            raise Invalid("note")
        if request.kind is not CaseKind.lost_parcel:
            check_items(order, request.items)
            return
        if request.items:
            raise Invalid("items")
        if any(case.kind is request.kind and case.state is CaseState.requested for case in order.cases):
            raise NotAllowed("already_requested")

    async def _put(self, read: Read, record: Record, key: str) -> None:
        field = read.order.metafield
        written = {
            "ownerId": read.order.id,
            "namespace": "ramah",
            "key": "cases",
            "type": "json",
            "value": write_records([*read_records(field), record]),
            "compareDigest": field.compare_digest if field else None,  # written only if nobody else wrote meanwhile
        }
        await self._door.tell(
            order_writes.SET_METAFIELD,
            {"metafields": [written]},
            _Set,
            lambda answer: refuse(answer.metafields_set.user_errors),
            key=key,
        )
