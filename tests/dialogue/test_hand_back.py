"""A person gives the conversation back: it goes on at that very step, with what they filled in."""

from __future__ import annotations

from typing import Any

from tests.dialogue.talk import Answer, Dialogue, Shopper


def _home(street: str) -> dict[str, str]:
    town = {"city": "Kajang", "region": "Selangor", "postcode": "43000", "country": "MY"}
    return {"name": "Rina Wijaya", "line1": street, "phone": "", **town}


def _a_person_takes_over(shopper: Shopper) -> None:
    asked = shopper.last
    assert asked is not None
    answer = shopper.types("let me talk to a human please")
    assert answer.handoff is not None
    assert answer.asks == asked.asks


def _handed_back(shopper: Shopper, job: str | None = None, **slots: Any) -> Answer:
    answer = shopper.chooses("/hand_back", slots=slots, job=job, agent="Aisyah")
    assert answer.said[0] == "utter_handed_back"
    assert "Aisyah" in answer.text
    assert answer.handoff is None
    assert not {"handoff_reason", "unproved", "not_understood"} & answer.slots.keys()
    return answer


def _order_fact(order: dict[str, Any]) -> dict[str, str]:
    return {"order_id": order["id"], "order_number": order["number"]}


def test_address_that_the_agent_filled_in_is_not_asked_again(dialogue: Dialogue) -> None:
    order = dialogue.number_of("paid")
    shopper = dialogue.guest()
    shopper.types(f"change the address of order {order['number']}, {order['customer']['email']}")
    _a_person_takes_over(shopper)
    answer = _handed_back(shopper, new_address=_home("8 Jalan Melati"))
    assert answer.said[1:] == ["utter_ask_address_confirmed"]
    assert "8 Jalan Melati" in answer.card["columns"][1]["lines"]
    assert shopper.types("yes").said == ["utter_address_changed"]
    assert dialogue.store.order(order["number"])["shipping_address"]["line1"] == "8 Jalan Melati"


def test_open_question_is_asked_again_where_the_agent_filled_in_nothing(dialogue: Dialogue) -> None:
    order = dialogue.number_of("paid")
    shopper = dialogue.guest()
    shopper.types(f"change the address of order {order['number']}, {order['customer']['email']}")
    _a_person_takes_over(shopper)
    answer = _handed_back(shopper)
    assert answer.said[1:] == ["utter_ask_new_address"]
    assert answer.slots["asked"] == "again"


def test_address_corrected_by_the_agent_makes_the_older_yes_button_worthless(dialogue: Dialogue) -> None:
    order = dialogue.number_of("paid")
    shopper = dialogue.guest()
    shopper.types(f"change the address of order {order['number']}, {order['customer']['email']}")
    old = shopper.types("9 Jalan Teratai, 43000 Kajang, Selangor").buttons["Yes, change it"]
    _a_person_takes_over(shopper)
    answer = _handed_back(shopper, new_address=_home("14 Jalan Mawar"))
    assert answer.said[1:] == ["utter_ask_address_confirmed"]
    assert "14 Jalan Mawar" in answer.card["columns"][1]["lines"]
    assert "action_change_address" not in shopper.chooses(old).ran


def test_agent_never_confirms_for_the_shopper(dialogue: Dialogue) -> None:
    order = dialogue.number_of("paid")
    shopper = dialogue.guest()
    shopper.types(f"change the address of order {order['number']}, {order['customer']['email']}")
    _a_person_takes_over(shopper)
    answer = _handed_back(
        shopper, new_address=_home("16 Jalan Mawar"), address_confirmed=True, proved_orders=["o_9"], preview={}
    )
    assert answer.asks == "address_confirmed"
    assert "address_confirmed" not in answer.slots
    assert "o_9" not in answer.slots["proved_orders"]


def test_shopper_cannot_fill_in_what_an_agent_may(dialogue: Dialogue) -> None:
    order = dialogue.number_of("paid")
    shopper = dialogue.guest()
    answer = shopper.chooses("/cancel_order", slots=_order_fact(order), job="cancel_order")
    assert answer.said == ["utter_ask_order_number"]
    assert "proved_orders" not in answer.slots
    assert "utter_handed_back" not in shopper.types("/hand_back").said


def test_cancelling_goes_on_at_the_confirmation_with_the_agents_reason(dialogue: Dialogue) -> None:
    order = dialogue.number_of("unpaid")
    shopper = dialogue.guest()
    shopper.types(f"cancel order {order['number']}, {order['customer']['email']}")
    _a_person_takes_over(shopper)
    answer = _handed_back(shopper, cancel_reason="ordered_twice")
    assert answer.said[1:] == ["utter_ask_cancel_confirmed"]
    stopped = shopper.types("no")
    assert stopped.asks is None or stopped.asks == "cancel_confirmed"
    assert dialogue.store.order(order["number"])["state"] == "unpaid"


def test_return_goes_on_after_what_the_agent_filled_in(dialogue: Dialogue) -> None:
    shopper = dialogue.siti()
    shopper.types("return something from 1113")
    _a_person_takes_over(shopper)
    answer = _handed_back(
        shopper,
        return_items=[{"id": "2", "quantity": 1}],
        return_reason="not_as_described",
        return_photos=["p_of_the_agent"],
    )
    assert answer.said[1:] == ["utter_ask_return_wish"]
    shown = shopper.presses("My money back")
    assert shown.asks == "return_confirmed"
    assert shown.slots["return_photos"] == ["p_of_the_agent"]


def test_conditions_that_the_agent_asked_are_not_asked_by_the_bot(dialogue: Dialogue) -> None:
    shopper = dialogue.siti()
    shopper.types("i want to return the hijab from 1113, changed my mind, refund please")
    assert shopper.last is not None
    assert shopper.last.asks == "return_conditions"
    _a_person_takes_over(shopper)
    answer = _handed_back(shopper, return_conditions={"unused": True})
    assert answer.said[1:] == ["utter_ask_return_confirmed"]


def test_problem_goes_on_after_what_the_agent_filled_in(dialogue: Dialogue) -> None:
    order = dialogue.number_of("delivered", number="1071")
    shopper = dialogue.guest()
    shopper.types(f"the fan from 1071 arrived broken, {order['customer']['email']}")
    _a_person_takes_over(shopper)
    answer = _handed_back(shopper, problem_photos=["p_7"], problem_wish="refund")
    assert answer.said[1:] == ["utter_ask_problem_confirmed"]


def test_order_found_by_the_agent_is_proved_and_the_form_goes_on(dialogue: Dialogue) -> None:
    order = dialogue.number_of("unpaid")
    shopper = dialogue.guest()
    shopper.types("cancel my order please, i ordered it twice")
    _a_person_takes_over(shopper)
    answer = _handed_back(shopper, **_order_fact(order))
    assert answer.said[1:] == ["utter_ask_cancel_confirmed"]
    assert answer.slots["cancel_reason"] == "ordered_twice"  # said before the order was known
    assert answer.slots["proved_orders"] == [order["id"]]
    assert answer.slots["order_snapshot"]["order"]["number"] == order["number"]


def test_order_corrected_by_the_agent_forgets_what_belonged_to_the_other(dialogue: Dialogue) -> None:
    first, second = dialogue.number_of("delivered", number="1071"), dialogue.number_of("unpaid")
    shopper = dialogue.guest()
    shopper.types(f"the fan from 1071 arrived broken, {first['customer']['email']}")
    _a_person_takes_over(shopper)
    answer = _handed_back(shopper, **_order_fact(second))
    assert answer.said[1] == "utter_report_problem_refused"  # it has not been delivered, which the bot says as ever
    assert answer.slots["order_number"] == second["number"]
    assert "problem_items" not in answer.slots


def test_fact_given_before_the_order_is_known_counts_once_it_is(dialogue: Dialogue) -> None:
    order = dialogue.number_of("unpaid")
    shopper = dialogue.guest()
    shopper.types("cancel my order please")
    _a_person_takes_over(shopper)
    assert _handed_back(shopper, cancel_reason="found_cheaper").asks == "order_number"
    answer = shopper.types(f"{order['number']}, {order['customer']['email']}")
    assert answer.said == ["utter_ask_cancel_confirmed"]
    assert answer.slots["cancel_reason"] == "found_cheaper"


def test_job_begun_by_the_agent_asks_only_what_is_missing(dialogue: Dialogue) -> None:
    order = dialogue.number_of("paid")
    shopper = dialogue.guest()
    shopper.types("hello")
    shopper.types("can i speak to a person")
    answer = _handed_back(shopper, "change_address", new_address=_home("18 Jalan Mawar"), **_order_fact(order))
    assert answer.said[1:] == ["utter_ask_address_confirmed"]


def test_problem_begun_by_the_agent_asks_which_kind(dialogue: Dialogue) -> None:
    order = dialogue.number_of("delivered", number="1071")
    shopper = dialogue.guest()
    shopper.types("can i speak to a person")
    items = [{"id": order["lines"][0]["id"], "quantity": 1}]
    answer = _handed_back(shopper, "report_problem", problem_items=items, **_order_fact(order))
    assert answer.said[1:] == ["utter_ask_problem_kind"]
    _a_person_takes_over(shopper)
    answer = _handed_back(shopper, problem_kind="faulty")
    assert answer.asks == "problem_photos"


def test_another_job_begun_by_the_agent_comes_first_and_the_open_one_afterwards(dialogue: Dialogue) -> None:
    order = dialogue.number_of("paid")
    shopper = dialogue.guest()
    shopper.types(f"change the address of order {order['number']}, {order['customer']['email']}")
    _a_person_takes_over(shopper)
    answer = _handed_back(shopper, "track_order")
    assert answer.said == ["utter_handed_back", "utter_track_paid", "utter_back_to_job", "utter_ask_new_address"]


def test_open_job_named_again_goes_on(dialogue: Dialogue) -> None:
    order = dialogue.number_of("paid")
    shopper = dialogue.guest()
    shopper.types(f"change the address of order {order['number']}, {order['customer']['email']}")
    _a_person_takes_over(shopper)
    answer = _handed_back(shopper, "change_address")
    assert answer.said[1:] == ["utter_ask_new_address"]


def test_tracking_answers_at_once_with_the_agents_order(dialogue: Dialogue) -> None:
    order = dialogue.number_of("paid")
    shopper = dialogue.guest()
    shopper.types("where is my order")
    _a_person_takes_over(shopper)
    answer = _handed_back(shopper, **_order_fact(order))
    assert answer.said[1:] == ["utter_track_paid"]
    assert answer.asks is None


def test_order_shipped_meanwhile_is_refused_as_ever(dialogue: Dialogue) -> None:
    shopper = dialogue.guest()
    shopper.types("i want to cancel my order")
    _a_person_takes_over(shopper)
    shipped = dialogue.number_of("shipped")
    answer = _handed_back(shopper, **_order_fact(shipped))
    assert "utter_cancel_order_refused" in answer.said
    assert answer.asks is None


def test_without_a_job_the_bot_asks_what_else(dialogue: Dialogue) -> None:
    order = dialogue.number_of("paid")
    shopper = dialogue.guest()
    shopper.types("can i speak to a person")
    answer = _handed_back(shopper, **_order_fact(order))
    assert answer.said[1:] == ["utter_anything_else"]
    assert shopper.types("where is it now?").said == ["utter_track_paid"]  # of the order that the agent named


def test_person_can_be_asked_for_a_second_time(dialogue: Dialogue) -> None:
    order = dialogue.number_of("paid")
    shopper = dialogue.guest()
    shopper.types(f"change the address of order {order['number']}, {order['customer']['email']}")
    for _ in range(2):
        _a_person_takes_over(shopper)
        assert _handed_back(shopper).asks == "new_address"
    again = shopper.types("i want a real person")
    assert again.handoff is not None
    assert again.handoff["reason"] == "wish_for_person"
    assert again.handoff["record"]["form"] == {"name": "address_form", "asks": "new_address"}


def test_not_understood_is_counted_anew(dialogue: Dialogue) -> None:
    shopper = dialogue.guest()
    for text in ("fjdksl wqe", "zxcvb mnbv", "vbnm dfgh"):
        answer = shopper.types(text)
    assert answer.handoff is not None
    _handed_back(shopper)
    assert shopper.types("fjdksl wqe").handoff is None


def test_bot_goes_on_in_the_shoppers_language(dialogue: Dialogue) -> None:
    order = dialogue.number_of("paid")
    shopper = dialogue.guest()
    shopper.types(f"tolong tukar alamat pesanan {order['number']}, {order['customer']['email']}")
    shopper.types("nak cakap dengan orang betul boleh tak")
    answer = _handed_back(shopper)
    assert answer.slots["language"] == "ms"
    assert answer.data["replies"][0]["text"].casefold().count("sambung") == 1
