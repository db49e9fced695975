"""Stock, prices and recommendations, against the real store."""

from __future__ import annotations

from typing import Any

import pytest

from actions.not_understood import NotUnderstood
from actions.open_question import AnswerOpenQuestion
from actions.product_question import ProductQuestion
from actions.recommend import Recommend
from actions.repair import StaleChoice
from actions.shop import Shop
from tests.actions.run import SITI, Result, proved, run


async def ask(text: str, intent: str = "stock", **about: Any) -> Result:
    return await run(ProductQuestion(), intent=intent, text=text, **about)


def product_of(result: Result) -> dict[str, Any]:
    [item] = result.messages[-1]["custom"]["items"]
    return dict(item)


async def test_price_of_a_product_with_its_page(shop: Shop) -> None:
    result = await ask("how much are the pineapple tarts", "product_price")
    assert result.said == ["utter_product_price"]
    assert result.messages[0]["price"] == "RM 42.00 to RM 44.10"
    assert product_of(result)["url"] == "/shop/product.html#pineapple_tarts"


async def test_price_of_one_size(shop: Shop) -> None:
    result = await ask("nastar isi 40 pieces berapa", "product_price")
    assert result.said == ["utter_variant_price"]
    assert (result.messages[0]["options"], result.messages[0]["price"]) == ("40 pieces", "RM 44.10")


async def test_sizes_and_colours_that_are_there(shop: Shop) -> None:
    result = await ask("is the Batik long sleeve shirt still available?")
    assert result.said == ["utter_product_options_in_stock"]
    what = result.messages[0]["what"].splitlines()
    assert what[0] == "indigo: S, M, L and XL"
    assert what[1] == "maroon: S, M and L"  # XL is gone


@pytest.mark.parametrize(
    ("text", "response"),
    [
        ("runner pantai size 42 black ada?", "utter_variant_in_stock"),
        ("kasut lari lime size 43 ada lagi tak", "utter_variant_out_of_stock"),
        ("running shoes in size 47?", "utter_variant_not_made"),
        ("running shoes in purple?", "utter_variant_not_made"),
    ],
)
async def test_the_very_size_and_colour(text: str, response: str, shop: Shop) -> None:
    result = await ask(text)
    assert result.said == [response]
    assert result.messages[0]["title"] == "Pantai Running Shoes"


async def test_a_kind_in_a_size_that_only_one_has_is_that_one(shop: Shop) -> None:
    result = await ask("kasut warna lime saiz 42 ada?")
    assert result.said == ["utter_variant_in_stock"]
    assert result.messages[0]["options"] == "lime, 42"


async def test_several_of_a_kind_are_offered_those_bought_before_first(shop: Shop) -> None:
    slots = proved("ord_1060", "1060")  # canvas sneakers
    result = await ask("do you have shoes in 38?", slots=slots)
    assert result.said == ["utter_ask_which_product"]
    titles = [button["title"] for button in result.messages[0]["buttons"]]
    assert titles[0].startswith("Canvas Sneakers, RM ")
    assert 2 <= len(titles) <= 4


async def test_tapped_product_is_answered_with_the_size_asked_for_before(shop: Shop) -> None:
    asked = await ask("do you have shoes in 38?")
    tapped = [{"entity": "product_id", "value": "rain_boots"}]
    result = await ask("", slots=asked.slots, entities=tapped)
    assert result.said == ["utter_variant_in_stock"]
    assert "38" in result.messages[0]["options"]
    assert result.slots["product_asked"] is None


async def test_none_named_is_asked_and_the_name_alone_answers(shop: Shop) -> None:
    asked = await ask("berapa harganya kak", "product_price")
    assert asked.said == ["utter_ask_product"]
    goes_on = await run(NotUnderstood(), intent="nlu_fallback", text="rice water toner", slots=asked.slots)
    said = goes_on.events[-1]
    assert said["parse_data"]["intent"]["name"] == "product_price"
    assert said["text"] == "rice water toner"


async def test_unknown_a_second_time_is_said_and_a_person_offered(shop: Shop) -> None:
    asked = await ask("stroller ada?")
    assert asked.said == ["utter_ask_product"]
    again = await ask("a baby stroller", slots=asked.slots)
    assert again.said == ["utter_product_not_found", "utter_offer_person"]


async def test_word_shared_with_another_thing_is_no_answer_for_it(shop: Shop) -> None:
    result = await ask("rice cooker price", "product_price")
    assert result.said == ["utter_ask_which_product"]
    assert [button["title"] for button in result.messages[0]["buttons"]] == ["Rice Water Toner, RM 45.00 to RM 47.30"]


async def test_second_of_those_offered(shop: Shop) -> None:
    asked = await ask("sandals or boots?")
    result = await run(StaleChoice(), intent="choose", text="the second one", slots=asked.slots)
    offered = asked.slots["product_asked"]["offered"]
    assert result.events[-1]["parse_data"]["entities"] == [{"entity": "product_id", "value": offered[1]}]


async def test_how_much_is_it_means_what_was_just_talked_about(shop: Shop) -> None:
    first = await ask("is the wok in stock?")
    result = await ask("and how much is it", "product_price", slots=first.slots)
    assert result.messages[0]["title"] == "Carbon Steel Wok"


async def test_same_size_as_before(shop: Shop) -> None:
    result = await ask("pantai running shoes, same size as before?", slots=proved("ord_1080", "1080"))
    assert result.said == ["utter_size_before", "utter_variant_in_stock"]
    assert result.messages[0]["size"] == "42"
    assert "42" in result.messages[1]["options"]


async def test_same_size_as_before_without_an_order(shop: Shop) -> None:
    result = await ask("pantai running shoes, same size as before?")
    assert result.said[0] == "utter_size_before_unknown"


async def test_store_that_is_down_ends_with_a_person(shop_without_store: Shop) -> None:
    result = await ask("is the wok in stock?")
    assert result.next_action == "action_hand_over"


async def test_who_wants_something_is_asked_for_whom(shop: Shop) -> None:
    result = await run(Recommend(), intent="recommend", text="recommend me something")
    assert result.said == ["utter_ask_recommend"]
    assert [button["payload"] for button in result.messages[0]["buttons"]][-1] == '/recommend{"for_whom": "anything"}'


@pytest.mark.parametrize("text", ["for my mum", "buat ibu", "untuk mak saya"])
async def test_answer_for_whom_is_understood_though_nothing_else_is(text: str, shop: Shop) -> None:
    asked = await run(Recommend(), intent="recommend", text="recommend me something")
    goes_on = await run(NotUnderstood(), intent="nlu_fallback", text=text, slots=asked.slots)
    assert goes_on.events[-1]["parse_data"]["intent"]["name"] == "recommend"
    shown = await run(Recommend(), intent="recommend", text=text, slots=asked.slots)
    assert shown.said == ["utter_recommend"]
    assert len(shown.messages[0]["custom"]["items"]) == 3
    assert "a nice gift for your mum" in shown.messages[0]["lines"]


async def test_who_does_not_know_is_shown_what_sells_best(shop: Shop) -> None:
    asked = await run(Recommend(), intent="recommend", text="recommend me something")
    goes_on = await run(AnswerOpenQuestion(), intent="dont_know", text="dunno lah", slots=asked.slots)
    entities = goes_on.events[-1]["parse_data"]["entities"]
    shown = await run(Recommend(), intent="recommend", entities=entities, slots=asked.slots)
    assert "one of our best sellers" in shown.messages[0]["lines"]


async def test_no_thanks_ends_it(shop: Shop) -> None:
    asked = await run(Recommend(), intent="recommend", text="recommend me something")
    result = await run(AnswerOpenQuestion(), intent="deny", text="no thanks", slots=asked.slots)
    assert result.said == ["utter_anything_else"]


async def test_price_limit(shop: Shop) -> None:
    money = [{"entity": "money", "value": "MYR 40.00"}]
    result = await run(Recommend(), intent="recommend", text="hadiah utk mak bawah rm40", entities=money)
    prices = [item["price"] for item in result.messages[0]["custom"]["items"]]
    assert result.said == ["utter_recommend"]
    assert prices
    nothing = [{"entity": "money", "value": "MYR 5.00"}]
    result = await run(Recommend(), intent="recommend", text="kasut bawah rm5", entities=nothing)
    assert result.said == ["utter_recommend_none_below"]
    assert result.messages[0]["limit"] == "RM 5.00"


async def test_customer_with_orders_is_not_asked(shop: Shop) -> None:
    result = await run(Recommend(), intent="recommend", text="what do you recommend", customer=SITI)
    assert result.said == ["utter_recommend"]
    titles = {item["title"] for item in result.messages[0]["custom"]["items"]}
    assert not titles & {"Satin Square Hijab", "Kids' Raincoat", "Wooden Block Set", "Rattan Storage Basket"}
