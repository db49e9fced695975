"""Returns, problems, lost parcels, cancelling: asked only what is missing, written only after a yes."""

from __future__ import annotations

import pytest

from tests.dialogue.talk import Dialogue


def test_answers_given_before_they_are_asked_are_kept(dialogue: Dialogue) -> None:
    shopper = dialogue.guest()
    asked = shopper.types("i want to return the hijab from 1113, changed my mind, refund please")
    assert asked.said == ["utter_ask_proof"]
    answer = shopper.types("siti@example.com")
    assert answer.asks == "return_conditions"
    assert answer.slots["return_items"] == [{"id": "1", "quantity": 1}]
    assert (answer.slots["return_reason"], answer.slots["return_wish"]) == ("changed_mind", "refund")


def test_return_gets_a_case_number_after_a_yes(dialogue: Dialogue) -> None:
    shopper = dialogue.siti()
    shopper.types("return something from 1113")
    shopper.submits(items=[{"id": "2", "quantity": 1}])
    shopper.presses("It's not as described")
    shopper.sends_photo("p_1")
    assert shopper.presses("My money back").asks == "return_confirmed"
    assert not dialogue.store.order("1113")["cases"]
    done = shopper.presses("Yes, send the request")
    assert done.said[0].startswith("utter_return_")
    assert done.card["type"] == "case"
    assert [case["number"] for case in dialogue.store.order("1113")["cases"]] == [done.card["number"]]


def test_wish_corrected_at_the_last_question(dialogue: Dialogue) -> None:
    order = dialogue.number_of("delivered", number="1071")
    shopper = dialogue.guest()
    shopper.types(f"the fan from 1071 arrived broken, {order['customer']['email']}")
    assert shopper.sends_photo("p_2").asks == "problem_wish"
    assert shopper.types("a new one please").asks == "problem_confirmed"
    changed = shopper.types("no wait, refund instead")
    assert changed.asks == "problem_confirmed"
    assert changed.slots["problem_wish"] == "refund"


def test_button_of_an_earlier_question_confirms_nothing(dialogue: Dialogue) -> None:
    order = dialogue.number_of("unpaid")
    shopper = dialogue.guest()
    shopper.types(f"cancel order {order['number']}, {order['customer']['email']}")
    old = shopper.types("ordered twice").buttons["Yes, cancel it"]
    newer = shopper.types("actually i found it cheaper")
    assert newer.asks == "cancel_confirmed"
    assert "action_cancel_order" not in shopper.chooses(old).ran
    assert dialogue.store.order(order["number"])["state"] == "unpaid"


def test_order_is_cancelled_once_after_a_yes(dialogue: Dialogue) -> None:
    order = dialogue.number_of("unpaid")
    shopper = dialogue.guest()
    shopper.types(f"pls cancel {order['number']}, {order['customer']['email']}")
    shopper.types("ordered by mistake")
    assert shopper.types("yes").said == ["utter_cancelled"]
    assert dialogue.store.order(order["number"])["state"] == "cancelled"


def test_lost_parcel_is_reported_with_the_wish_named_at_once(dialogue: Dialogue) -> None:
    shopper = dialogue.guest()
    asked = shopper.types("i never got order 1105, i want my money back. rina@example.com")
    assert asked.asks == "lost_confirmed"
    done = shopper.types("yes pls")
    assert done.said == ["utter_lost_reported"]
    assert dialogue.store.order("1105")["cases"][-1]["kind"] == "lost_parcel"


@pytest.mark.parametrize("text", ["what?", "huh", "i dont understand the question"])
def test_what_explains_the_open_question_differently(dialogue: Dialogue, text: str) -> None:
    shopper = dialogue.siti()
    first = shopper.types("return something from 1113")
    again = shopper.types(text)
    assert again.said == first.said
    assert again.text != first.text
    assert again.asks == first.asks
