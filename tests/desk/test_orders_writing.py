"""Agents do order jobs: previewed, confirmed, written at the real store once and told in the conversation once."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import update

from bot.conversations.database import ConversationLog
from bot.conversations.errors import NotOwner
from bot.conversations.tables import conversations
from bot.desk.orders.job_previews import UnknownPreview
from bot.desk.orders.jobs.all_jobs import JOBS
from bot.desk.orders.order_tried import writes_of
from bot.desk.tables import order_writes
from bot.orders.keys import write_key
from bot.store.api import OrderApi
from bot.store.demo import DemoStore
from bot.store.models import Order, OrderState
from tests.demo_store.process import RunningStore
from tests.desk.order_bench import AINI, BUDI, WORDING, OrderBench
from tests.desk.order_fixtures import Take, api, faulty, log, moved, paid, stock, take
from tests.orders.conftest import Faulty
from tests.store.fault_proxy import ANSWER_LOST, REQUEST_LOST, Fault

__all__ = ["api", "faulty", "log", "stock", "take"]

ENGLISH = WORDING.agent("en", "Asia/Kuala_Lumpur")


async def test_agent_changes_the_address_and_the_shopper_reads_it(
    log: ConversationLog, api: OrderApi, take: Take
) -> None:
    order = take(paid)
    bench = await OrderBench.with_order(log, api, order)
    preview_id = await bench.previews("change_address", order, **moved(order))
    shown = JOBS["change_address"].shown((await bench.write(preview_id)).data, ENGLISH)
    assert [column["label"] for column in shown.columns] == ["Now", "New"]
    assert "99 New Street" in "\n".join(shown.columns[1]["lines"])
    assert shown.next_steps
    assert (await api.get_order(order.id)).shipping_address == order.shipping_address

    confirmed = await bench.confirms(preview_id)
    assert confirmed.state == "done"
    assert (await api.get_order(order.id)).shipping_address.line1 == "99 New Street"
    told = (await bench.told())[-1]
    assert told.seq == confirmed.result["seq"]
    assert told.text.startswith(f"Done: order #{order.number} now goes to the new address.")
    assert told.author == AINI.author


async def test_confirming_again_gives_the_same_result_and_writes_nothing(
    log: ConversationLog, api: OrderApi, take: Take
) -> None:
    order = take(paid)
    bench = await OrderBench.with_order(log, api, order)
    preview_id = await bench.previews("cancel", order, reason="no_longer_needed")
    first = await bench.confirms(preview_id)
    again = await bench.confirms(preview_id)
    assert (again.state, again.result, again.messages) == ("done", first.result, [])
    assert len(await bench.told()) == 1
    assert len((await api.get_order(order.id)).payments) == 2  # paid, and paid back once


async def test_two_tabs_confirm_at_once(log: ConversationLog, api: OrderApi, take: Take) -> None:
    order = take(paid)
    bench = await OrderBench.with_order(log, api, order)
    preview_id = await bench.previews("cancel", order, reason="ordered_twice")
    both = await asyncio.gather(bench.confirms(preview_id), bench.confirms(preview_id), bench.confirms(preview_id))
    assert {each.state for each in both} == {"done"}
    assert len({each.result["seq"] for each in both}) == 1
    assert len(await bench.told()) == 1
    assert len((await api.get_order(order.id)).payments) == 2


@pytest.mark.parametrize("written", [True, False])
async def test_gateway_died_while_it_wrote_and_confirming_again_settles_it(
    log: ConversationLog, api: OrderApi, take: Take, written: bool
) -> None:
    order = take(paid)
    bench = await OrderBench.with_order(log, api, order)
    preview_id = await bench.previews("cancel", order, reason="other")
    if written:
        await api.cancel(order.id, "other", key=write_key(bench.id, preview_id, "cancel_order"))
    await log.write(
        lambda connection: connection.execute(
            update(order_writes).where(order_writes.c.id == preview_id).values(state="writing")
        )
    )
    confirmed = await bench.confirms(preview_id)
    assert confirmed.state == "done"
    assert (await api.get_order(order.id)).state is OrderState.cancelled
    assert len((await api.get_order(order.id)).payments) == 2
    assert len(await bench.told()) == 1


async def test_whoever_has_the_conversation_next_settles_what_a_crash_left(
    log: ConversationLog, api: OrderApi, take: Take
) -> None:
    order = take(paid)
    bench = await OrderBench.with_order(log, api, order)
    preview_id = await bench.previews("cancel", order, reason="other")
    await log.write(
        lambda connection: connection.execute(
            update(order_writes).where(order_writes.c.id == preview_id).values(state="writing")
        )
    )
    await bench.is_taken_by(BUDI)
    assert (await bench.confirms(preview_id, by=BUDI)).state == "done"


async def test_only_the_owner_confirms_and_only_what_they_saw(log: ConversationLog, api: OrderApi, take: Take) -> None:
    order = take(paid)
    bench = await OrderBench.with_order(log, api, order)
    preview_id = await bench.previews("cancel", order, reason="other")
    with pytest.raises(NotOwner) as taken:
        await bench.confirms(preview_id, by=BUDI)
    assert taken.value.owner == AINI.owner
    await bench.is_taken_by(BUDI)
    with pytest.raises(NotOwner):
        await bench.confirms(preview_id)
    with pytest.raises(UnknownPreview):
        await bench.confirms(preview_id, by=BUDI)
    with pytest.raises(UnknownPreview):
        await bench.confirms("w_none", by=BUDI)
    assert (await api.get_order(order.id)).state is OrderState.paid


async def test_order_changed_while_the_agent_read(log: ConversationLog, api: OrderApi, take: Take) -> None:
    order = take(paid)
    bench = await OrderBench.with_order(log, api, order)
    preview_id = await bench.previews("change_address", order, **moved(order, "1 Ours"))
    await api.change_address(order.id, order.shipping_address.copy(update={"line1": "2 Theirs"}), key=order.id)
    confirmed = await bench.confirms(preview_id)
    assert (confirmed.state, confirmed.reason) == ("refused", "changed_meanwhile")
    assert confirmed.changed is not None
    assert confirmed.changed.shipping_address.line1 == "2 Theirs"
    assert await bench.told() == []
    assert (await bench.confirms(preview_id)).reason == "changed_meanwhile"


async def test_store_is_down_and_the_same_preview_works_later(
    log: ConversationLog, api: OrderApi, faulty: Faulty, take: Take
) -> None:
    order = take(paid)
    bench = await OrderBench.with_order(log, api, order)
    preview_id = await bench.previews("cancel", order, reason="other")
    faulty.proxy.then(*[REQUEST_LOST] * 3)
    failed = await bench.confirms(preview_id, api=faulty.api)
    assert (failed.state, failed.reason) == ("failed", "store_down")
    assert (await bench.confirms(preview_id)).state == "done"


async def test_no_answer_of_the_store_is_unknown_until_it_is_asked_again(
    log: ConversationLog, api: OrderApi, faulty: Faulty, take: Take
) -> None:
    order = take(paid)
    bench = await OrderBench.with_order(log, api, order)
    preview_id = await bench.previews("cancel", order, reason="other")
    faulty.proxy.then(Fault(), *[ANSWER_LOST] * 4)  # read, and the write four times
    assert (await bench.confirms(preview_id, api=faulty.api)).state == "unknown"
    faulty.proxy.then(*[REQUEST_LOST] * 3)
    assert (await bench.confirms(preview_id, api=faulty.api)).state == "unknown"  # down says nothing of before
    assert (await bench.confirms(preview_id)).state == "done"
    assert len((await api.get_order(order.id)).payments) == 2
    assert len(await bench.told()) == 1


class Held(DemoStore):
    """Answers about an order only when it is let."""

    def __init__(self, store: RunningStore) -> None:
        super().__init__(store.url, store.key)
        self.asked, self.may_answer = asyncio.Event(), asyncio.Event()

    async def get_order(self, order_id: str) -> Order:
        self.asked.set()
        await self.may_answer.wait()
        return await super().get_order(order_id)


async def test_agent_lost_the_conversation_while_the_store_wrote(
    log: ConversationLog, api: OrderApi, store: RunningStore, take: Take
) -> None:
    """What is done is told, and not as the word of somebody who no longer has the conversation."""
    order = take(paid)
    bench = await OrderBench.with_order(log, api, order)
    preview_id = await bench.previews("cancel", order, reason="other")
    held = Held(store)
    confirming = asyncio.create_task(bench.confirms(preview_id, api=held))
    await held.asked.wait()
    await bench.is_taken_by(BUDI)
    held.may_answer.set()
    assert (await confirming).state == "done"
    await held.close()
    last = (await bench.play.messages())[-1]
    assert last.author.kind == "system"
    assert f"order #{order.number} is cancelled" in last.text


async def test_what_was_tried_and_the_audit_hold_no_personal_data(
    log: ConversationLog, api: OrderApi, take: Take
) -> None:
    order = take(paid)
    bench = await OrderBench.with_order(log, api, order)
    preview_id = await bench.previews("change_address", order, **moved(order, "99 Hidden Street"))
    assert await log.read(lambda connection: writes_of(connection, bench.id)) == []
    await bench.confirms(preview_id)
    (tried,) = await log.read(lambda connection: writes_of(connection, bench.id))
    assert (tried["job"], tried["outcome"], tried["by"]["name"]) == ("change_address", "done", "Aini")
    (entry,) = await bench.audited()
    assert entry.what == "order_written"
    kept = [str(tried), str(entry.data), str((await bench.write(preview_id)).data)]
    assert not any(word in text for text in kept for word in ("Hidden", order.shipping_address.name))


async def test_shopper_reads_what_was_done_in_their_own_language(
    log: ConversationLog, api: OrderApi, take: Take
) -> None:
    order = take(paid)
    bench = await OrderBench.with_order(log, api, order)
    await log.write(
        lambda connection: connection.execute(
            update(conversations).where(conversations.c.id == bench.id).values(language="id")
        )
    )
    await bench.confirms(await bench.previews("cancel", order, reason="other"))
    told = (await bench.told())[-1]
    assert told.text.startswith(f"Beres, Kak: pesanan #{order.number} sudah dibatalkan.")
    assert told.language == "id"
