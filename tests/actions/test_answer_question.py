"""Questions about the shop, answered from its articles; and what follows when an answer did not help."""

from __future__ import annotations

from typing import Any

from actions.answer_question import AnswerQuestion
from actions.not_understood import NotUnderstood
from actions.open_question import AnswerOpenQuestion
from actions.shop import Shop
from tests.actions.run import Result, run


async def _asked(text: str, intent: str, **more: Any) -> Result:
    return await run(AnswerQuestion(), intent=intent, text=text, **more)


async def _says(intent: str, before: Result) -> Result:
    """Yes or no to "did that help?", in the turn after."""
    return await run(AnswerOpenQuestion(), intent=intent, text="no", slots=before.slots, turn_id="t_2")


async def test_a_question_is_answered_with_a_passage_a_link_and_whether_it_helped(shop: Shop) -> None:
    result = await _asked("how much is postage to kuching", "delivery_cost")
    assert result.said == ["utter_article", "utter_did_that_help"]
    answer, helped = result.messages
    assert "RM 8" in answer["passage"]
    assert answer["custom"] == {"type": "article", "title": "What delivery costs", "url": "/help/en/delivery-cost"}
    assert [button["payload"] for button in helped["buttons"]] == ["/affirm", "/deny"]
    assert (result.slots["open_question"], result.slots["answered_article"]) == ("helped", "delivery-cost")


async def test_the_answer_is_in_the_conversations_language(shop: Shop) -> None:
    for language, text, words in (("id", "ongkir brp kak", "Rp 18.000"), ("ms", "kos pos berapa", "RM 8")):
        result = await _asked(text, "delivery_cost", slots={"language": language})
        assert words in result.messages[0]["passage"]
        assert result.messages[0]["url"] == f"/help/{language}/delivery-cost"


async def test_inside_a_form_it_does_not_ask_whether_it_helped(shop: Shop) -> None:
    result = await _asked("how much is postage", "delivery_cost", form="return_form")
    assert result.said == ["utter_article"]
    assert "open_question" not in result.slots


async def test_what_was_shown_is_kept_for_the_person(shop: Shop) -> None:
    result = await _asked("postage please, I am siti@example.com", "delivery_cost")
    entry = result.slots["tried"][-1]
    assert (entry["job"], entry["outcome"]) == ("answer_question", "answered")
    assert entry["data"]["article"] == "/help/en/delivery-cost"
    assert "siti@example.com" not in entry["data"]["question"]


async def test_a_button_that_stands_for_a_question_gets_the_main_article(shop: Shop) -> None:
    result = await _asked("/payment_methods", "payment_methods")
    assert result.messages[0]["url"] == "/help/en/payment-methods"


async def test_yes_it_helped_ends_it(shop: Shop) -> None:
    asked = await _asked("voucher code does not work", "voucher")
    result = await _says("affirm", asked)
    assert result.said == ["utter_glad_it_helped"]
    assert result.slots["open_question"] is None


async def test_no_gets_the_next_best_article_and_a_second_no_a_person(shop: Shop) -> None:
    asked = await _asked("voucher code does not work", "voucher")
    second = await _says("deny", asked)
    assert second.said == ["utter_another_article", "utter_did_that_help"]
    shown = [asked.messages[0]["url"], second.messages[0]["url"]]
    assert sorted(shown) == ["/help/en/voucher", "/help/en/voucher-not-working"]
    third = await _says("deny", second)
    assert third.said == ["utter_not_helped", "utter_offer_person"]
    assert third.slots["open_question"] == "person"
    outcomes = [entry["outcome"] for entry in third.slots["tried"]]
    assert outcomes == ["answered", "did_not_help", "answered", "did_not_help"]


async def test_no_without_another_article_offers_a_person(shop: Shop) -> None:
    asked = await _asked("import tax?", "customs")
    result = await _says("deny", asked)
    assert result.said == ["utter_not_helped", "utter_offer_person"]


async def test_a_new_question_begins_anew(shop: Shop) -> None:
    first = await _asked("voucher code does not work", "voucher")
    other = await _asked("any warranty", "warranty", slots=first.slots)
    result = await _says("deny", other)
    assert result.messages[0]["response"] == "utter_not_helped"
    again = await _asked("voucher code does not work", "voucher", slots=result.slots)
    assert again.said[0] == "utter_article"


async def test_a_question_that_no_article_answers_offers_a_person(shop: Shop) -> None:
    result = await _asked("do you hire elephants", "no_such_intent")
    assert result.said == ["utter_no_article", "utter_offer_person"]
    assert result.slots["open_question"] == "person"
    assert result.slots["tried"][-1]["outcome"] == "no_article"


async def test_what_the_shop_is_not_for_is_answered_only_by_an_article_that_surely_does(shop: Shop) -> None:
    sure = await _asked("forgot my login password", "out_of_scope")
    assert sure.messages[0]["url"] == "/help/en/account"
    unsure = await _asked("what is the exchange rate of the ringgit", "out_of_scope")
    assert unsure.said == ["utter_out_of_scope"]


async def test_what_is_not_understood_is_answered_where_an_article_surely_does(shop: Shop) -> None:
    sure = await run(NotUnderstood(), intent="nlu_fallback", text="forgot my login password")
    assert sure.messages[0]["url"] == "/help/en/account"
    in_form = await run(NotUnderstood(), intent="nlu_fallback", text="forgot my login password", form="track_form")
    assert in_form.said == ["utter_please_rephrase"]
    unsure = await run(NotUnderstood(), intent="nlu_fallback", text="blah fish umbrella")
    assert unsure.said == ["utter_please_rephrase"]
