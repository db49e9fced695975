"""Track an order, and who may see it."""

from __future__ import annotations

from tests.dialogue.talk import Dialogue


def test_guest_gives_number_and_email_in_one_message(dialogue: Dialogue) -> None:
    answer = dialogue.guest().types("where is order 1047, aisyah@example.com")
    assert answer.said == ["utter_track_in_transit"]
    assert answer.card["number"] == "1047"
    assert answer.card["shipments"][0]["tracking_url"]
    assert answer.slots["proved_orders"] == ["ord_1047"]


def test_guest_is_asked_step_by_step(dialogue: Dialogue) -> None:
    shopper = dialogue.guest()
    assert shopper.types("wheres my stuff").said == ["utter_ask_order_number"]
    assert shopper.types("1047").said == ["utter_ask_proof"]
    assert shopper.types("postcode is 40150").said == ["utter_track_in_transit"]


def test_wrong_proof_and_wrong_number_say_the_same(dialogue: Dialogue) -> None:
    wrong_proof = dialogue.guest().types("track 1047, nobody@example.com")
    wrong_number = dialogue.guest().types("track 9999, aisyah@example.com")
    assert wrong_proof.text == wrong_number.text
    assert wrong_proof.said == wrong_number.said == ["utter_order_not_found", "utter_ask_order_number"]
    assert "order_id" not in wrong_proof.slots


def test_guest_corrects_only_the_wrong_part_of_the_proof(dialogue: Dialogue) -> None:
    shopper = dialogue.guest()
    shopper.types("track order 1047, my email is aisyah@example.org")
    assert shopper.types("sorry, it's aisyah@example.com").said == ["utter_track_in_transit"]


def test_guest_who_guesses_is_made_to_wait(dialogue: Dialogue) -> None:
    shopper = dialogue.guest()
    shopper.types("track order 1047, one@example.com")
    said = [shopper.types(f"1047 guess{number}@example.com").said for number in range(6)]
    assert said[-1][0] == "utter_too_many_attempts"


def test_signed_customer_is_never_asked_for_proof(dialogue: Dialogue) -> None:
    shopper = dialogue.siti()
    asked = shopper.types("where is my order")
    assert asked.said == ["utter_ask_order_id"]
    assert len(asked.buttons) == 5
    payload = next(payload for title, payload in asked.buttons.items() if "1115" in title)
    assert shopper.chooses(payload).said == ["utter_track_out_for_delivery"]


def test_customer_counts_the_order_instead_of_pressing(dialogue: Dialogue) -> None:
    shopper = dialogue.siti()
    first = next(iter(shopper.types("track my order").buttons))
    assert f"#{shopper.types('the first one').card['number']}:" in first


def test_late_order_is_said_first_and_help_offered(dialogue: Dialogue) -> None:
    answer = dialogue.siti().types("where is 1114")
    assert answer.said == ["utter_track_late", "utter_track_in_transit", "utter_offer_help_with_parcel"]
    assert answer.card["late"] is True


def test_payload_with_somebody_elses_order_shows_nothing(dialogue: Dialogue) -> None:
    guest, siti = dialogue.guest(), dialogue.siti()
    assert "order_id" not in guest.chooses('/track_order{"order_id": "ord_1047"}').slots
    assert "order_id" not in siti.chooses('/track_order{"order_id": "ord_1047"}').slots


def test_customer_uses_a_number_bought_without_signing_in(dialogue: Dialogue) -> None:
    shopper = dialogue.siti()
    assert "utter_ask_order_number" in shopper.types("track 1047").said
    assert shopper.types("1047 aisyah@example.com").said == ["utter_track_in_transit"]
