"""What is recommended, to whom, and what never."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.orders.habits import Habits, habits_of, last_size
from bot.orders.recommend import Suggestion, Wish, read_wish, recommend
from bot.store.models import Order, OrderState, Product
from tests.orders.made_up import days_ago, money, order
from tests.orders.shelf import bought, catalogue, product, rules, words


def suggested(
    wish: Wish, habits: Habits | None = None, products: tuple[Product, ...] | None = None, cheapest_first: bool = False
) -> list[Suggestion]:
    shelf = catalogue() if products is None else products
    return recommend(shelf, wish, habits or Habits(), rules(), words(), cheapest_first=cheapest_first)


def bought_orders(*orders: Order) -> Habits:
    return habits_of(list(orders), words(), rules().sized)


@pytest.mark.parametrize(
    ("text", "person", "taste"),
    [
        ("gift idea for mum", "mum", None),
        ("kado buat ibu apa ya", "mum", None),
        ("hadiah utk mak apa ye", "mum", None),
        ("my husband's birthday", "man", None),
        ("hadiah buat anak umur 6", "child", None),
        ("pacar aku suka ngopi", "man", "coffee"),
        ("buat kado nikahan bagusnya apa", "couple", None),
        ("recommend me something", None, None),
    ],
)
def test_for_whom_and_what_taste(text: str, person: str | None, taste: str | None) -> None:
    wish = read_wish(text, rules(), words())
    assert (wish.person, wish.taste) == (person, taste)


def test_three_different_things_for_a_person_each_with_the_reason() -> None:
    found = suggested(Wish(person="mum"))
    assert len({each.product.title.split()[-1] for each in found}) == 3
    assert all(each.reasons[0] == ("people", "mum") for each in found)


def test_a_kind_of_thing_is_kept_to() -> None:
    found = suggested(read_wish("which shoes do you recommend", rules(), words()))
    assert {each.product.category for each in found} == {"shoes"}


def test_nothing_out_of_stock_and_nothing_bought_already() -> None:
    sold_out = tuple(
        each.copy(update={"variants": [v.copy(update={"available": False, "stock": 0}) for v in each.variants]})
        if each.id == "runner_shoes"
        else each
        for each in catalogue()
    )
    mine = Habits(bought=frozenset({"canvas_sneakers"}))
    wish = Wish(things=("shoes",))
    ids = [each.product.id for each in suggested(wish, mine, sold_out)]
    assert ids == ["leather_sandals", "rain_boots", "loafers"]


def test_what_is_used_up_may_be_bought_again() -> None:
    mine = bought_orders(order(lines=[bought("kopi_beans", "250 g")]))
    [coffee] = suggested(Wish(things=("coffee",)), mine)
    assert (coffee.product.id, coffee.reasons) == ("kopi_beans", (("again", ""),))


def test_only_what_is_there_in_the_shoppers_own_size() -> None:
    mine = bought_orders(order(lines=[bought("runner_shoes", "black", "43")]))
    found = suggested(Wish(things=("shoes",)), mine)
    assert [each.product.id for each in found] == ["loafers"]  # the only others that come in 43
    assert found[0].reasons == (("size", "43"),)
    assert {variant.options["size"] for variant in found[0].variants} == {"43"}


def test_own_size_does_not_matter_in_a_gift() -> None:
    mine = bought_orders(order(lines=[bought("runner_shoes", "black", "43")]))
    found = suggested(Wish(person="woman", things=("shoes",)), mine)
    assert "leather_sandals" in [each.product.id for each in found]


def test_price_limit_is_kept_and_said() -> None:
    found = suggested(Wish(person="mum", limit=money("50")))
    assert found
    assert all(variant.price.amount <= 50 for each in found for variant in each.variants)
    assert all(("limit", "") in each.reasons for each in found)


def test_limit_that_nothing_keeps_finds_nothing_and_without_it_the_cheapest() -> None:
    wish = Wish(things=("shoes",), limit=money("10"))
    assert suggested(wish) == []
    prices = [each.variants[0].price.amount for each in suggested(replace(wish, limit=None), cheapest_first=True)]
    assert prices == sorted(prices)


def test_limit_in_another_currency_hides_nothing_and_promises_nothing() -> None:
    found = suggested(Wish(things=("shoes",), limit=money("100000", "IDR")))
    assert len(found) == 3
    assert all(("limit", "") not in each.reasons for each in found)


def test_something_similar_but_cheaper() -> None:
    found = suggested(Wish(like=product("loafers"), cheaper=True))
    assert found
    assert all(each.product.category == "shoes" and each.product.id != "loafers" for each in found)
    assert all(variant.price.amount < 229 for each in found for variant in each.variants)


def test_who_says_nothing_gets_what_sells_best_of_what_they_buy() -> None:
    mine = bought_orders(order(lines=[bought("wok", "30 cm")]))
    assert suggested(Wish(), mine)[0].product.category == "home"
    assert [each.product.id for each in suggested(Wish())] == [each.id for each in catalogue()[:3]]
    assert suggested(Wish())[0].reasons == (("best_seller", ""),)


def test_size_taken_last_is_of_the_same_product_else_of_its_category() -> None:
    newer = order(lines=[bought("loafers", "navy", "41")], placed_at=days_ago(2))
    older = order(id="o_2", lines=[bought("runner_shoes", "black", "42")], placed_at=days_ago(20))
    runners = last_size([newer, older], product("runner_shoes"), words())
    assert runners is not None
    assert runners.size == "42"
    other = last_size([newer, older], product("canvas_sneakers"), words())
    assert other is not None
    assert other.size == "41"
    assert last_size([newer, older], product("linen_kurta"), words()) is None


def test_what_went_back_or_was_cancelled_tells_no_size() -> None:
    back = order(lines=[bought("loafers", "navy", "41", returned=1)])
    cancelled = order(OrderState.cancelled, [bought("runner_shoes", "black", "42")])
    assert last_size([back, cancelled], product("runner_shoes"), words()) is None
    assert bought_orders(back, cancelled).sizes == {}
