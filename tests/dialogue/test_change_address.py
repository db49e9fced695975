"""Change an address: card, free text, piece by piece; nothing is written without a yes."""

from __future__ import annotations

from tests.dialogue.talk import Dialogue, Shopper


def _asked_for_the_address(dialogue: Dialogue, order: dict[str, object]) -> Shopper:
    shopper = dialogue.guest()
    answer = shopper.types(f"change the address of order {order['number']}, {order['customer']['email']}")
    assert answer.said == ["utter_ask_new_address"]
    return shopper


def test_address_in_one_line_is_confirmed_then_written_once(dialogue: Dialogue) -> None:
    order = dialogue.number_of("paid", number="1060")
    shopper = _asked_for_the_address(dialogue, order)
    shown = shopper.types("12 Jalan Mawar, 43000 Kajang, Selangor")
    assert shown.said == ["utter_ask_address_confirmed"]
    old, new = shown.card["columns"]
    assert order["shipping_address"]["line1"] in old["lines"]
    assert "12 Jalan Mawar" in new["lines"]
    assert dialogue.store.order("1060")["shipping_address"] == order["shipping_address"]
    done = shopper.types("yes")
    assert done.said == ["utter_address_changed"]
    assert dialogue.store.order("1060")["shipping_address"]["line1"] == "12 Jalan Mawar"


def test_shopper_corrects_the_postcode_before_confirming(dialogue: Dialogue) -> None:
    shopper = _asked_for_the_address(dialogue, dialogue.number_of("paid"))
    shopper.types("12 Jalan Damai, 43650 Bangi, Selangor")
    corrected = shopper.types("sorry, postcode is 43000")
    assert corrected.asks == "address_confirmed"
    assert corrected.slots["new_address"]["postcode"] == "43000"
    assert corrected.slots["new_address"]["line1"] == "12 Jalan Damai"


def test_no_asks_what_should_be_different(dialogue: Dialogue) -> None:
    shopper = _asked_for_the_address(dialogue, dialogue.number_of("paid"))
    shopper.types("12 Jalan Damai, 43000 Kajang, Selangor")
    answer = shopper.types("no")
    assert answer.asks == "address_confirmed"
    assert answer.slots["asked"] == "failed"


def test_card_with_a_mistake_comes_back_with_the_field_marked(dialogue: Dialogue) -> None:
    shopper = _asked_for_the_address(dialogue, dialogue.number_of("paid"))
    wrong = shopper.submits(country="MY", name="Nurul", line1="8 Jalan Teratai", city="Kajang", postcode="999")
    assert wrong.asks == "address_part"
    assert "postcode" in wrong.card["errors"]
    right = shopper.types("43000")
    assert right.asks == "address_confirmed"
    assert right.slots["new_address"]["line1"] == "8 Jalan Teratai"


def test_shipped_order_is_refused_with_its_reason_and_a_person_offered(dialogue: Dialogue) -> None:
    shopper = dialogue.guest()
    shopper.types("where is 1047, aisyah@example.com")
    refused = shopper.types("change the address")  # the same order, not asked again
    assert refused.said == ["utter_change_address_refused", "utter_offer_person"]
    handed = shopper.types("yes")
    assert handed.handoff is not None
    assert handed.handoff["reason"] == "wish_for_person"
    assert handed.handoff["record"]["tried"][-1]["reason"] == "already_shipped"


def test_question_in_between_then_back_to_the_form(dialogue: Dialogue) -> None:
    shopper = _asked_for_the_address(dialogue, dialogue.number_of("paid"))
    answer = shopper.types("how long does delivery take?")
    assert answer.said == ["utter_article", "utter_back_to_job", "utter_ask_new_address"]


def test_tracking_in_between_then_back_to_the_form(dialogue: Dialogue) -> None:
    shopper = _asked_for_the_address(dialogue, dialogue.number_of("paid"))
    answer = shopper.types("where is it now")
    assert answer.said == ["utter_track_paid", "utter_back_to_job", "utter_ask_new_address"]
    assert answer.asks == "new_address"


def test_never_mind_changes_nothing_and_asks_nothing(dialogue: Dialogue) -> None:
    order = dialogue.number_of("paid")
    shopper = _asked_for_the_address(dialogue, order)
    shopper.types("12 Jalan Damai, 43000 Kajang, Selangor")
    stopped = shopper.types("never mind")
    assert stopped.said == ["utter_stopped_change_address"]
    assert stopped.asks is None
    assert dialogue.store.order(str(order["number"])) == order
