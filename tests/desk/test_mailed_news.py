"""A shopper asked to be told when the parcel moves, left an address and went: the news is mailed there."""

from __future__ import annotations

from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import pytest_asyncio

from bot.conversations.order_watches import watch
from bot.conversations.receipts import mark_read
from bot.conversations.times import utc_now
from bot.gateway.order_news_told import Changed, OrderNow
from bot.orders.movement import known_of
from bot.store.models import Order, ShipmentState
from bot.wording.tongue import Wording
from tests.desk.mail_server import MailServer
from tests.desk.outward_play import DATA, OutwardPlay, outward, sending
from tests.orders.made_up import POLICY, shipped_order

WORDING = Wording(words_dir=DATA / "words", responses_dir=DATA / "responses", desk_dir=DATA / "desk", whole_amounts=())


@pytest_asyncio.fixture
async def gone(tmp_path: Path) -> AsyncIterator[OutwardPlay]:
    """A guest who left an address, asked to be told of a parcel on its way, and closed the page."""
    async with OutwardPlay.opened(tmp_path) as play:
        await play.asks_for_a_person()
        card = (await play.messages())[-1].card
        assert card is not None
        await play.chooses(card["submit"], email="guest@example.com")
        order = shipped_order()
        wish = partial(watch, conversation_id=play.id, order_id=order.id, number=order.number, known=known_of(order))
        await play.log.write(lambda connection: wish(connection, now=play.now))
        yield play


async def moves(play: OutwardPlay, order: Order, *, by_mail: bool = True) -> Changed:
    now = OrderNow(order, POLICY, WORDING, play.now, by_mail)
    return await play.log.write(lambda connection: now.tell(connection, play.id, lambda _: None))


async def test_the_news_is_mailed_once_to_who_left(gone: OutwardPlay, mails: MailServer) -> None:
    await moves(gone, shipped_order(ShipmentState.out_for_delivery))
    await moves(gone, shipped_order(ShipmentState.out_for_delivery))  # the store tells twice
    await gone.all_is_due()
    async with sending(gone, outward(smtp_url=mails.url)):
        await gone.until("sent")
    [mail] = mails.mails
    text = mail.get_content()
    assert mails.recipients == ["guest@example.com"]
    assert mail["Subject"] == "News of your order from Kedai Ramah"
    assert "you asked to be told when your parcel moves" in text
    assert "out for delivery" in text
    assert "has answered you" not in text


async def test_who_reads_the_news_on_the_page_gets_no_mail(gone: OutwardPlay, mails: MailServer) -> None:
    changed = await moves(gone, shipped_order(ShipmentState.out_for_delivery))
    [told] = changed.told
    await gone.log.write(lambda connection: mark_read(connection, gone.id, told.seq, utc_now()))
    await gone.all_is_due()
    async with sending(gone, outward(smtp_url=mails.url)):
        await gone.until()
    assert mails.mails == []


async def test_a_shop_without_a_mail_server_keeps_no_mail_for_later(gone: OutwardPlay) -> None:
    changed = await moves(gone, shipped_order(ShipmentState.out_for_delivery), by_mail=False)
    assert len(changed.told) == 1
    assert await gone.outbox() == []
