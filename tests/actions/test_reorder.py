"""The same again, against the real store."""

from __future__ import annotations

from typing import Any

import pytest

from actions.begin import BeginJob
from actions.reorder import Reorder
from actions.shop import Shop
from actions.variants import AskReturnVariants
from tests.actions.run import SITI, Result, proved, run


async def again(text: str, slots: dict[str, Any] | None = None, customer: dict[str, str] | None = None) -> Result:
    """Begin the job, and do it where nothing has to be asked."""
    before = slots or {}
    begun = await run(BeginJob(), intent="reorder", text=text, slots=before, customer=customer)
    return await run(Reorder(), slots={**before, **begun.slots}, customer=customer)


async def test_customer_asks_for_the_thing_bought_before(shop: Shop) -> None:
    result = await again("I want the same hijab again", customer=SITI)
    assert result.said == ["utter_reorder_item", "utter_reorder_link"]
    message = result.messages[0]
    assert (message["what"], message["number"]) == ("Satin Square Hijab (rose)", "1113")
    assert message["today"] == "It's in stock, today for RM 35.00."
    assert message["custom"]["items"][0]["url"] == "/shop/product.html#satin_hijab"


async def test_which_size_was_it(shop: Shop) -> None:
    result = await again("what size was my raincoat", customer=SITI)
    assert result.messages[0]["what"] == "Kids' Raincoat (yellow, 120)"


async def test_size_without_a_word_on_what_is_of_the_newest_thing_with_sizes(shop: Shop) -> None:
    result = await again("ukuran yang dulu saya beli apa ya", customer=SITI)
    assert result.messages[0]["what"] == "Rattan Storage Basket (medium)"


async def test_order_it_again_is_the_last_order_with_all_its_things(shop: Shop) -> None:
    result = await again("order again", customer=SITI)
    assert result.said == ["utter_reorder_order", "utter_reorder_link"]
    assert result.messages[0]["number"] == "1116"
    assert len(result.messages[0]["lines"].splitlines()) == 2


@pytest.mark.parametrize("text", ["sepatu yang sama lagi dong", "same size as before please", "beli semula"])
async def test_guest_with_a_proved_order_is_asked_nothing(text: str, shop: Shop) -> None:
    result = await again(text, slots=proved("ord_1080", "1080"))
    assert result.messages[0]["what"] == "Pantai Running Shoes (black, 42)"


async def test_guest_without_an_order_is_asked_for_it(shop: Shop) -> None:
    begun = await run(BeginJob(), intent="reorder", text="same size as before")
    assert begun.slots.get("order_id") is None


async def test_what_is_gone_in_that_size_is_said_with_what_there_is(shop: Shop) -> None:
    result = await again("the same tee again", slots=proved("ord_1071", "1071"))
    assert "In stock" not in result.messages[0]["today"]  # black in L is there
    assert result.said[0] == "utter_reorder_item"


async def test_exchange_for_one_size_bigger_is_not_asked_which(shop: Shop) -> None:
    text = "exchange the sandals for one size bigger, they don't fit"
    slots = proved("ord_1075", "1075")
    begun = await run(BeginJob(), intent="request_return", text=text, slots=slots)
    assert begun.slots["variants_given"] == {"2": "leather_sandals-39"}
    assert begun.slots["return_wish"] == "exchange"


async def test_size_that_is_not_there_is_asked_for(shop: Shop) -> None:
    slots = {
        **proved("ord_1075", "1075"),
        "return_items": [{"id": "2", "quantity": 1}],
        "return_wish": "exchange",
    }
    asked = await run(AskReturnVariants(), slots=slots)
    assert asked.said == ["utter_ask_return_variants"]
    assert len(asked.messages[0]["buttons"]) == 4
