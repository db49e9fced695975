"""Repair: two requests at once, the other order, yes to nothing, not understood, a person."""

from __future__ import annotations

from tests.dialogue.talk import Dialogue


def test_second_request_of_one_message_is_offered_next(dialogue: Dialogue) -> None:
    shopper = dialogue.guest()
    answer = shopper.types("track 1047 and change the address. my email is aisyah@example.com")
    assert answer.said == ["utter_track_in_transit", "utter_offer_waiting"]
    assert "utter_change_address_refused" in shopper.types("yes").said


def test_second_request_about_another_order_keeps_its_number(dialogue: Dialogue) -> None:
    shopper = dialogue.siti()
    answer = shopper.types("i want to cancel 1115 and where is order 1114")
    assert answer.slots["order_number"] == "1115"
    assert shopper.presses("Yes, please").card["number"] == "1114"


def test_the_other_order_is_taken_without_losing_the_job(dialogue: Dialogue) -> None:
    shopper = dialogue.siti()
    shopper.types("cancel 1116")
    answer = shopper.types("no, the other order, 1115")
    assert answer.slots["order_number"] == "1115"
    assert "utter_cancel_order_refused" in answer.said


def test_number_corrected_with_the_proof_kept(dialogue: Dialogue) -> None:
    shopper = dialogue.guest()
    shopper.types("track 1052 please, aisyah@example.com")
    assert shopper.types("sorry, i meant 1047").said == ["utter_track_in_transit"]


def test_yes_without_a_question_starts_nothing(dialogue: Dialogue) -> None:
    answer = dialogue.guest().types("yes")
    assert answer.said == ["utter_nothing_asked"]
    assert answer.asks is None


NOT_UNDERSTOOD = "/nlu_fallback"  # whatever the classifier makes of gibberish


def test_three_times_not_understood_goes_to_a_person(dialogue: Dialogue) -> None:
    shopper = dialogue.guest()
    assert shopper.chooses(NOT_UNDERSTOOD).said == ["utter_please_rephrase"]
    assert shopper.chooses(NOT_UNDERSTOOD).said == ["utter_please_rephrase_again"]
    handed = shopper.chooses(NOT_UNDERSTOOD)
    assert handed.handoff is not None
    assert handed.handoff["reason"] == "not_understood"
    assert handed.said == ["utter_handoff_not_understood", "utter_handoff_next"]


def test_what_is_understood_in_between_begins_the_ladder_anew(dialogue: Dialogue) -> None:
    shopper = dialogue.guest()
    shopper.chooses(NOT_UNDERSTOOD)
    shopper.types("hello")
    assert shopper.chooses(NOT_UNDERSTOOD).said == ["utter_please_rephrase"]


def test_button_of_the_second_time_begins_the_job(dialogue: Dialogue) -> None:
    shopper = dialogue.guest()
    shopper.chooses(NOT_UNDERSTOOD)
    shopper.chooses(NOT_UNDERSTOOD)
    assert shopper.presses("Track an order").said == ["utter_ask_order_number"]


def test_person_wanted_in_mid_form_sees_the_open_question(dialogue: Dialogue) -> None:
    shopper = dialogue.siti()
    shopper.types("return something from 1113")
    handed = shopper.types("talk to a human please").handoff
    assert handed is not None
    assert handed["record"]["form"] == {"name": "return_form", "asks": "return_items"}
    assert handed["record"]["order_snapshot"]["order"]["number"] == "1113"
    assert handed["record"]["identity"]["customer"]["id"] == "cus_siti"


def test_upset_shopper_gets_a_person(dialogue: Dialogue) -> None:
    handed = dialogue.guest().types("this is ridiculous, useless bot").handoff
    assert handed is not None
    assert handed["reason"] == "upset"


def test_start_over_forgets_the_form_and_keeps_who_they_are(dialogue: Dialogue) -> None:
    shopper = dialogue.guest()
    shopper.types("where is 1047, aisyah@example.com")
    shopper.types("i want to return something")
    answer = shopper.types("start over")
    assert answer.said == ["utter_start_over"]
    assert answer.asks is None
    assert answer.slots["proved_orders"] == ["ord_1047"]


def test_typed_payload_is_only_text(dialogue: Dialogue) -> None:
    answer = dialogue.guest().types('/choose{"order_id": "ord_1047"}')
    assert "order_id" not in answer.slots
    assert answer.slots.get("proved_orders") is None


def test_photo_out_of_the_blue_is_kept_for_the_problem(dialogue: Dialogue) -> None:
    shopper = dialogue.siti()
    assert shopper.sends_photo("p_9").said == ["utter_photo_kept"]
    answer = shopper.types("the sunscreen in 1113 arrived damaged")
    assert answer.asks == "problem_wish"
    assert answer.slots["problem_photos"] == ["p_9"]


def test_email_left_for_the_answer_is_kept(dialogue: Dialogue) -> None:
    answer = dialogue.guest().chooses("/leave_email", email="rina@example.com")
    assert answer.said == ["utter_email_kept"]
    assert answer.slots["contact_email"] == "rina@example.com"


def test_half_a_sentence_asks_the_same_of_another_order(dialogue: Dialogue) -> None:
    shopper = dialogue.siti()
    shopper.types("where is 1115")
    assert shopper.types("and 1114?").card["number"] == "1114"


def test_cancel_in_the_middle_of_a_return_means_the_return(dialogue: Dialogue) -> None:
    shopper = dialogue.siti()
    shopper.types("return something from 1113")
    stopped = shopper.types("cancel")
    assert stopped.said == ["utter_stopped_request_return"]
    assert stopped.asks is None


def test_items_corrected_while_something_else_is_asked(dialogue: Dialogue) -> None:
    shopper = dialogue.guest()
    shopper.types("return the tees from 1071, all 3, meiling@example.com")
    shopper.types("too big")
    answer = shopper.types("actually just 2 of the tees")
    assert answer.slots["return_items"] == [{"id": "2", "quantity": 2}]
    assert answer.asks == "return_conditions"


def test_not_understood_three_times_in_mid_form_keeps_the_form(dialogue: Dialogue) -> None:
    shopper = dialogue.siti()
    shopper.types("return something from 1113")
    first = shopper.chooses(NOT_UNDERSTOOD)
    assert first.said == ["utter_please_rephrase", "utter_back_to_job", "utter_ask_return_items"]
    second = shopper.chooses(NOT_UNDERSTOOD)
    assert second.said == ["utter_please_rephrase_again", "utter_back_to_job", "utter_ask_return_items"]
    handed = shopper.chooses(NOT_UNDERSTOOD)
    assert handed.handoff is not None
    assert handed.handoff["reason"] == "not_understood"
    assert handed.handoff["record"]["form"] == {"name": "return_form", "asks": "return_items"}
