from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.orders.keys import write_key
from bot.orders.mask import mask_address, mask_email, mask_name, mask_phone, mask_text
from bot.orders.snapshot import differences, snapshot_of
from bot.orders.verdict import refused
from bot.store.models import Order, OrderState
from tests.orders.made_up import HOME, NOW, delivered_order, order


def test_a_snapshot_is_json_and_holds_no_personal_data() -> None:
    text = json.dumps(snapshot_of(delivered_order(), NOW))
    assert '"58.00"' in text
    for personal in ("siti@example.com", "Aminah", "123456789", "Jalan Mawar", "Taman Sri"):
        assert personal not in text


def test_unmasked_it_is_the_order_itself() -> None:
    shown = delivered_order()
    assert Order.parse_obj(snapshot_of(shown, NOW, masked=False)["order"]) == shown


def test_an_agent_sees_what_has_changed_since() -> None:
    seen = snapshot_of(order(), NOW)
    assert differences(seen, order()) == []
    moved = HOME.copy(update={"postcode": "50450"})
    now = {
        (each.path, each.then, each.now) for each in differences(seen, order(OrderState.packed, shipping_address=moved))
    }
    assert now == {("state", "paid", "packed"), ("shipping_address.postcode", "43000", "50450")}


def test_a_change_inside_what_is_masked_shows_by_its_digest() -> None:
    seen = snapshot_of(order(), NOW, pepper="a secret")
    moved = order(shipping_address=HOME.copy(update={"line1": "14 Jalan Mawar"}))
    assert differences(seen, moved) == []  # masked, both are "1•••"
    assert [each.path for each in differences(seen, moved, pepper="a secret")] == ["shipping_address"]
    assert differences(seen, order(), pepper="a secret") == []


def test_a_change_that_shows_anyway_is_told_once() -> None:
    seen = snapshot_of(order(), NOW, pepper="a secret")
    moved = order(shipping_address=HOME.copy(update={"line1": "9 Jalan Mawar"}))
    assert [each.path for each in differences(seen, moved, pepper="a secret")] == ["shipping_address.line1"]


def test_digests_tell_nothing_without_the_pepper() -> None:
    first, again = (snapshot_of(order(), NOW, pepper=pepper)["digests"] for pepper in ("a secret", "another"))
    assert set(first) == {"shipping_address", "customer"}
    assert first["shipping_address"] != again["shipping_address"]
    other = snapshot_of(order().copy(update={"id": "o_other"}), NOW, pepper="a secret")["digests"]
    assert first["shipping_address"] != other["shipping_address"]  # nobody sees that two orders go to one house


@pytest.mark.parametrize(
    ("masked", "expected"),
    [
        (mask_email("siti@example.com"), "s•••@example.com"),
        (mask_email("not an email"), "•••"),
        (mask_email(""), ""),
        (mask_phone("+60 12-345 6789"), "••• 789"),
        (mask_phone("789"), "•••"),
        (mask_phone(""), ""),
        (mask_name("Siti Aminah"), "S••• A•••"),
        (
            mask_text("I am siti@example.com, 012-345 6789, order W2378156"),
            "I am s•••@example.com, ••• 789, order W2378156",
        ),
        (mask_address(HOME).line1, "1•••"),
        (mask_address(HOME).postcode, "43000"),
    ],
)
def test_personal_data_is_masked(masked: str, expected: str) -> None:
    assert masked == expected


@given(name=st.from_regex(r"[a-z]{2,12}", fullmatch=True), digits=st.from_regex(r"01[0-9]{8}", fullmatch=True))
def test_no_text_lets_an_email_or_phone_through(name: str, digits: str) -> None:
    masked = mask_text(f"mail {name}@example.com or call {digits[:3]}-{digits[3:]}!")
    assert f"{name}@" not in masked
    assert digits[3:] not in masked


def test_a_refusal_without_words_cannot_be_given() -> None:
    assert refused("already_shipped").reason == "already_shipped"
    with pytest.raises(ValueError, match="no refusal"):
        refused("because")


def test_a_key_names_conversation_turn_and_job() -> None:
    assert write_key("c_1", "t_1", "cancel") == "c_1:t_1:cancel"


@pytest.mark.parametrize("parts", [("", "t", "j"), ("c", "", "j"), ("c:t", "t", "j"), ("c", "t", "a:b")])
def test_a_key_that_could_be_another_turns_is_refused(parts: tuple[str, str, str]) -> None:
    with pytest.raises(ValueError, match="none of them with a colon"):
        write_key(*parts)
