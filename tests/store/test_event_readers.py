"""Every platform that Ramah brings can be heard, and the demo store's signature is what it says."""

from __future__ import annotations

import pytest

from bot.store.demo_webhook import read_event, signed_headers
from bot.store.event_readers import event_reader
from bot.store.events import BadSignature, StoreEvent
from bot.store.platforms import PLATFORMS


@pytest.mark.parametrize("name", sorted(PLATFORMS))
def test_a_platform_of_ours_has_a_reader_that_refuses_who_does_not_sign(name: str) -> None:
    reader = event_reader(name)
    assert reader is not None
    with pytest.raises(BadSignature):
        reader({}, b"{}", ["a-secret-of-the-shop"])


def test_an_adapter_of_the_shops_own_may_bring_one_or_none() -> None:
    assert event_reader("bot.store.demo_webhook:open_it") is read_event
    assert event_reader("bot.store.demo:DemoStore") is None
    assert event_reader("no_such_package:open_it") is None


def test_while_a_secret_is_replaced_both_are_heard() -> None:
    body = b'{"id": "1", "topic": "order.updated", "order_id": "ord_1"}'
    for secret in ("old", "new"):
        event = read_event(signed_headers(secret, body), body, ["new", "old"])
        assert event == StoreEvent(order_id="ord_1", topic="order.updated")
