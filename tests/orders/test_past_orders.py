"""Which earlier order is meant. Today is Wednesday, 18 March 2026."""

from __future__ import annotations

import pytest

from bot.orders.past_orders import Days, PastOrder, kept_orders, orders_meant
from bot.store.models import Order, OrderState
from tests.orders.made_up import NOW, POLICY, days_ago, delivered_order, order
from tests.orders.shelf import bought, words

SNEAKERS = delivered_order([bought("canvas_sneakers", "white", "38")], id="o_sneakers", days=25, placed_at=days_ago(30))
SANDALS = order(lines=[bought("leather_sandals", "38")], id="o_sandals", placed_at=days_ago(5))
HIJAB = order(
    lines=[bought("satin_hijab", "rose"), bought("kopi_beans", "250 g", line_id="l2")],
    id="o_hijab",
    placed_at=days_ago(1),
)
HIJAB_OLD = order(lines=[bought("satin_hijab", "grey")], id="o_hijab_old", placed_at=days_ago(60))
ALL = [HIJAB_OLD, SNEAKERS, SANDALS, HIJAB]


def meant(text: str, *days: str, orders: list[Order] | None = None, alone: bool = False) -> list[str]:
    return [each.order.id for each in found(text, *days, orders=orders, alone=alone)]


def found(text: str, *days: str, orders: list[Order] | None = None, alone: bool = False) -> list[PastOrder]:
    """``days``: the words of the text that are a day, with its ISO value: "yesterday=2026-03-17"."""
    spoken = []
    for each in days:
        said, _, value = each.partition("=")
        span = Days.parse(value, text.index(said), text.index(said) + len(said))
        assert span is not None
        spoken.append(span)
    return orders_meant(text, ALL if orders is None else orders, words(), POLICY, NOW, days=spoken, days_alone=alone)


@pytest.mark.parametrize(
    ("text", "order_id"),
    [
        ("where are my sneakers", "o_sneakers"),
        ("I want to return the canvas snekers", "o_sneakers"),
        ("sandalnya belum sampai kak", "o_sandals"),
        ("nak pulangkan selipar tu", "o_sandals"),
        ("kopi yang saya beli", "o_hijab"),
    ],
)
def test_shopper_names_the_thing(text: str, order_id: str) -> None:
    assert meant(text) == [order_id]


def test_what_is_named_is_known_as_item_too() -> None:
    [hijab, *_] = found("the hijab is torn")
    assert [line.title for line in hijab.lines] == ["Satin Square Hijab"]


def test_several_that_fit_come_newest_first() -> None:
    assert meant("tudung saya mana") == ["o_hijab", "o_hijab_old"]
    assert meant("the shoes I bought") == ["o_sandals", "o_sneakers"]


def test_a_day_tells_which_of_several() -> None:
    assert meant("the shoes I bought last month", "last month=2026-02-01/2026-02-28") == ["o_sneakers"]
    assert meant("tudung yang kemarin", "kemarin=2026-03-17") == ["o_hijab"]


def test_a_day_that_fits_nothing_leaves_the_thing() -> None:
    assert meant("the sandals from Monday", "Monday=2026-03-16") == ["o_sandals"]


def test_the_day_it_arrived_counts_too() -> None:
    assert meant("the order that came on 21 Feb", "21 Feb=2026-02-21") == ["o_sneakers"]
    assert meant("the parcel from 21 Feb", "21 Feb=2026-02-21", alone=True) == ["o_sneakers"]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("where is my order today", "today=2026-03-18"),
        ("is my order coming this week", "this week=2026-03-16/2026-03-22"),
        ("pesanan saya harusnya sampai kemarin", "kemarin=2026-03-17"),
        ("my order should have arrived yesterday", "yesterday=2026-03-17"),
    ],
)
def test_a_day_it_should_arrive_tells_no_order(text: str, day: str) -> None:
    assert meant(text, day) == []


def test_a_day_that_is_not_over_counts_beside_bought() -> None:
    today = order(lines=[bought("wok", "30 cm")], id="o_wok", placed_at=days_ago(0))
    assert meant("where is the order I placed today", "today=2026-03-18", orders=[*ALL, today]) == ["o_wok"]
    assert meant("order yang saya beli hari ini", "hari ini=2026-03-18", orders=[*ALL, today]) == ["o_wok"]


@pytest.mark.parametrize(
    "text", ["order kemarin", "pesanan saya yang kemarin", "what I bought kemarin", "dari kemarin"]
)
def test_a_day_beside_the_word_order_is_enough(text: str) -> None:
    assert meant(text, "kemarin=2026-03-17") == ["o_hijab"]


@pytest.mark.parametrize(
    "text", ["I moved yesterday, please change the address", "called you yesterday about my parcel order"]
)
def test_a_day_of_something_else_tells_no_order(text: str) -> None:
    assert meant(text, "yesterday=2026-03-17") == []


def test_a_day_alone_answers_the_question_which_order() -> None:
    assert meant("yesterday", "yesterday=2026-03-17", alone=True) == ["o_hijab"]
    assert meant("yesterday", "yesterday=2026-03-17") == []


@pytest.mark.parametrize("text", ["cancel my last order", "batalkan pesanan terakhir", "order terakhir saya mana"])
def test_last_order_is_the_newest(text: str) -> None:
    assert meant(text) == ["o_hijab"]


def test_a_day_to_come_tells_no_order() -> None:
    assert meant("I need my order by Friday", "Friday=2026-03-20") == []


@pytest.mark.parametrize(
    "text", ["where is my order", "I want to return something", "change the phone number", "mana pesanan saya", ""]
)
def test_a_message_that_names_nothing_means_no_order(text: str) -> None:
    assert meant(text) == []


def test_orders_without_dates_are_named_by_their_things() -> None:
    undated = [each.copy(update={"placed_at": None, "shipments": [], "delivered_at": None}) for each in ALL]
    assert meant("the sneakers from last week", "last week=2026-03-09/2026-03-15", orders=undated) == ["o_sneakers"]


def test_what_was_cancelled_or_went_back_was_not_kept() -> None:
    cancelled = SANDALS.copy(update={"state": OrderState.cancelled})
    assert kept_orders([HIJAB, cancelled]) == [HIJAB]


@pytest.mark.parametrize("value", ["yesterday", "2026-13-40", "2026-01-01/soon"])
def test_a_value_that_is_no_day_is_none(value: str) -> None:
    assert Days.parse(value) is None
