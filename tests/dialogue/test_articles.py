"""Questions about the shop, through the real engine: answered, asked whether it helped, handed over if it did not."""

from __future__ import annotations

import pytest

from tests.dialogue.talk import Dialogue

ANSWERED = ["utter_article", "utter_did_that_help"]


@pytest.mark.parametrize(
    ("text", "url", "words"),
    [
        ("how much is delivery to penang?", "/help/en/delivery-cost", "RM 8"),
        ("kak ongkirnya berapa ya ke surabaya", "/help/id/delivery-cost", "Rp 18.000"),
        ("berapa kos penghantaran ke sabah ya", "/help/ms/delivery-cost", "RM 8"),
    ],
)
def test_a_question_is_answered_in_the_shoppers_language(dialogue: Dialogue, text: str, url: str, words: str) -> None:
    answer = dialogue.guest().types(text)
    assert answer.said == ANSWERED
    assert answer.card["url"] == url
    assert words in answer.text


def test_yes_it_helped(dialogue: Dialogue) -> None:
    shopper = dialogue.guest()
    shopper.types("which payment methods do you accept?")
    assert shopper.types("yes thanks").said[0] in ("utter_glad_it_helped", "utter_welcome")


def test_two_answers_that_did_not_help_end_with_a_person_who_sees_them(dialogue: Dialogue) -> None:
    shopper = dialogue.guest()
    first = shopper.types("my voucher code is not working")
    assert first.said == ANSWERED
    second = shopper.chooses("/deny")
    assert second.said == ["utter_another_article", "utter_did_that_help"]
    assert second.card["url"] != first.card["url"]
    third = shopper.types("no")
    assert third.said == ["utter_not_helped", "utter_offer_person"]
    person = shopper.types("yes please")
    assert person.handoff is not None
    tried = person.handoff["record"]["tried"]
    assert [entry["data"]["article"] for entry in tried if entry["outcome"] == "answered"] == [
        first.card["url"],
        second.card["url"],
    ]
    assert tried[0]["data"]["question"] == "my voucher code is not working"


def test_a_question_in_mid_form_is_answered_and_the_form_goes_on(dialogue: Dialogue) -> None:
    shopper = dialogue.guest()
    shopper.types("i want to return something from order 1071, meiling@example.com")
    answer = shopper.types("how long do refunds take in general?")
    assert answer.said[0] == "utter_article"
    assert "utter_did_that_help" not in answer.said
    assert answer.asks == "return_items"


def test_what_the_shop_is_not_for_finds_no_article(dialogue: Dialogue) -> None:
    answer = dialogue.guest().types("what's the weather like in jakarta today")
    assert answer.said in (["utter_out_of_scope"], ["utter_please_rephrase"])
