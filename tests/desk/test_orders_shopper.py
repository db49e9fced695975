"""Who the shopper is, which address is surely theirs, and what else they wrote."""

from __future__ import annotations

import pytest

from bot.conversations.database import ConversationLog
from bot.conversations.errors import NotOwner
from bot.conversations.records import QUEUE, Customer, Reply
from bot.conversations.return_to_bot import return_to_bot
from bot.conversations.times import utc_now
from bot.desk.orders.order_known import orders_of_shopper
from bot.desk.shoppers.history import conversations_of
from bot.desk.shoppers.merge import NotVerified, merge, proved_customer
from bot.desk.shoppers.shopper import verified_email_of
from bot.store.api import OrderApi
from bot.store.models import Order
from tests.desk.order_bench import AINI, BUDI, SUPERVISOR, OrderBench
from tests.desk.order_fixtures import Take, api, log, stock, take

__all__ = ["api", "log", "stock", "take"]


def of_customer(order: Order) -> bool:
    return order.customer.id is not None


def of_guest(order: Order) -> bool:
    return order.customer.id is None


async def history_of(bench: OrderBench) -> list[str]:
    shopper = await bench.shopper()
    return await bench.log.read(lambda connection: conversations_of(connection, shopper))


async def test_signed_customers_address_is_verified(log: ConversationLog, api: OrderApi) -> None:
    bench = await OrderBench.with_order(log, api, customer=Customer("cus_siti", "Siti", "siti@example.com"))
    shopper = await bench.shopper()
    assert (shopper.kind, shopper.verified) == ("customer", True)
    assert await verified_email_of(api, shopper) == "siti@example.com"
    assert {order.customer.id for order in await orders_of_shopper(api, shopper)} == {"cus_siti"}


async def test_guests_address_is_that_of_the_order_they_proved(log: ConversationLog, api: OrderApi, take: Take) -> None:
    order = take(of_guest)
    shopper = await (await OrderBench.with_order(log, api, order)).shopper()
    assert (shopper.kind, shopper.proved_orders, shopper.verified) == ("guest", (order.id,), True)
    assert await verified_email_of(api, shopper) == order.customer.email


async def test_address_that_was_only_left_is_not_verified(log: ConversationLog, api: OrderApi) -> None:
    bench = await OrderBench.with_order(log, api)
    form = next(message for message in await bench.play.messages() if message.card)
    assert form.card is not None
    await bench.play.chooses(form.card["submit"], email="somebody@example.com")
    shopper = await bench.shopper()
    assert (shopper.contact_email, shopper.verified) == ("somebody@example.com", False)
    assert await verified_email_of(api, shopper) is None


async def test_order_that_an_agent_vouched_for_proves_nothing(log: ConversationLog, api: OrderApi, take: Take) -> None:
    order = take(of_customer)
    bench = await OrderBench.with_order(log, api)
    await log.write(
        lambda connection: return_to_bot(
            connection,
            bench.id,
            AINI.author,
            facts={"slots": {"order_id": order.id}, "job": None},
            sentence=lambda _: "Back.",
            now=utc_now(),
        )
    )
    turn = await bench.play.begun()
    await bench.play.answers(turn, Reply("Go on."), state={"slots": {"proved_orders": [order.id]}, "form": None})
    await bench.hands_over(order)
    await bench.moves(QUEUE, AINI.owner)
    shopper = await bench.shopper()
    assert (shopper.proved_orders, shopper.vouched_orders) == ((), (order.id,))
    assert await verified_email_of(api, shopper) is None
    with pytest.raises(NotVerified):
        await proved_customer(api, shopper)
    assert [each.id for each in await orders_of_shopper(api, shopper)] == [order.id]


async def test_guest_who_proves_to_be_a_customer_is_merged_with_their_history(
    log: ConversationLog, api: OrderApi, take: Take
) -> None:
    order = take(of_customer)
    customer_id = str(order.customer.id)
    earlier = await OrderBench.with_order(log, api, customer=Customer(customer_id, "Siti", "siti@example.com"))
    bench = await OrderBench.with_order(log, api, order)
    assert await history_of(bench) == []
    proved = await proved_customer(api, await bench.shopper())
    assert proved == customer_id
    now = utc_now()
    assert await log.write(lambda connection: merge(connection, bench.id, AINI, proved, now))
    assert not await log.write(lambda connection: merge(connection, bench.id, AINI, proved, now))
    assert await history_of(bench) == [earlier.id]
    assert await history_of(earlier) == [bench.id]
    assert [entry.what for entry in await bench.audited()] == ["merged"]
    assert len(await orders_of_shopper(api, await bench.shopper())) >= 1


async def test_merge_needs_a_proof_of_that_very_customer(log: ConversationLog, api: OrderApi, take: Take) -> None:
    guests = await (await OrderBench.with_order(log, api, take(of_guest))).shopper()
    with pytest.raises(NotVerified):
        await proved_customer(api, guests)
    theirs = await (await OrderBench.with_order(log, api, take(of_customer))).shopper()
    with pytest.raises(NotVerified):
        await proved_customer(api, theirs, "cus_somebody_else")


async def test_only_the_owner_or_a_supervisor_merges(log: ConversationLog, api: OrderApi, take: Take) -> None:
    bench = await OrderBench.with_order(log, api, take(of_customer))
    with pytest.raises(NotOwner):
        await log.write(lambda connection: merge(connection, bench.id, BUDI, "cus_x", utc_now()))
    assert await log.write(lambda connection: merge(connection, bench.id, SUPERVISOR, "cus_x", utc_now()))


async def test_guest_who_comes_back_with_the_same_order_has_a_history(
    log: ConversationLog, api: OrderApi, take: Take
) -> None:
    order = take(of_guest)
    first = await OrderBench.with_order(log, api, order)
    second = await OrderBench.with_order(log, api, order)
    await OrderBench.with_order(log, api, take(of_guest))
    assert await history_of(second) == [first.id]
