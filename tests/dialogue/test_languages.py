"""The language of a conversation: begun by the page, asked for outright, kept in mid-form."""

from __future__ import annotations

from tests.dialogue.talk import Dialogue

MALAY = '/switch_language{"language_name": "ms"}'


def test_language_switched_in_mid_form_asks_the_open_question_again(dialogue: Dialogue) -> None:
    shopper = dialogue.guest()
    shopper.types("cancel 1060 nurul@example.com")
    answer = shopper.chooses(MALAY)
    assert answer.said == ["utter_language_switched", "utter_ask_cancel_reason"]
    assert (answer.data["language"], answer.slots["language_chosen"]) == ("ms", True)
    assert answer.asks == "cancel_reason"
    assert "Jumpa yang lebih murah" in answer.buttons


def test_buttons_offered_before_the_switch_still_work(dialogue: Dialogue) -> None:
    shopper = dialogue.guest()
    buttons = shopper.types("cancel 1060 nurul@example.com").buttons
    shopper.chooses(MALAY)
    answer = shopper.chooses(buttons["Found it cheaper"])
    assert (answer.asks, answer.data["language"]) == ("cancel_confirmed", "ms")


def test_what_was_offered_is_offered_again_in_the_new_language(dialogue: Dialogue) -> None:
    shopper = dialogue.guest()
    shopper.types("i want to change the size in my order")
    answer = shopper.chooses(MALAY)
    assert answer.said == ["utter_language_switched", "utter_offer_person"]
    assert shopper.chooses("/affirm").handoff is not None


def test_language_we_do_not_speak_is_answered_with_those_we_do(dialogue: Dialogue) -> None:
    shopper = dialogue.guest()
    answer = shopper.chooses('/switch_language{"language_name": "zh"}')
    assert answer.said == ["utter_language_not_offered"]
    assert "Bahasa Melayu" in answer.buttons
    assert shopper.presses("Bahasa Melayu").data["language"] == "ms"


def test_after_starting_over_the_language_stays(dialogue: Dialogue) -> None:
    shopper = dialogue.guest()
    shopper.chooses(MALAY)
    answer = shopper.chooses("/start_over")
    assert (answer.data["language"], answer.slots["language_chosen"]) == ("ms", True)


def test_rude_words_and_complaints_come_to_a_person(dialogue: Dialogue) -> None:
    shopper = dialogue.guest()
    assert shopper.chooses("/abuse").said == ["utter_abuse"]
    assert shopper.chooses("/complaint").said == ["utter_complaint"]
    handed = shopper.chooses("/affirm").handoff
    assert handed is not None
    assert handed["reason"] == "complaint"
