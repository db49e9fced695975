"""Proofs in their comparable form, for whatever people type."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.demo_store.proof import number_key
from bot.store.models import ProofKind
from bot.store.proof_match import proof_key

PHONES = {"MY": ("60", "123456701"), "ID": ("62", "8123456702"), "SG": ("65", "81234704"), "PH": ("63", "9171234705")}
TRUNK = {"MY": "0", "ID": "0", "SG": "", "PH": "0"}
separators = st.sampled_from(["", " ", "-", "."])


@given(region=st.sampled_from(sorted(PHONES)), international=st.booleans(), data=st.data())
def test_phone_is_the_same_with_and_without_country_code_and_in_any_groups(
    region: str, international: bool, data: st.DataObject
) -> None:
    code, local = PHONES[region]
    grouped = local[0] + "".join(data.draw(separators) + digit for digit in local[1:])
    typed = f"+{code} {grouped}" if international else TRUNK[region] + grouped
    assert proof_key(ProofKind.phone, typed, region) == f"+{code}{local}"


@given(value=st.text(), region=st.sampled_from(["MY", "US", "ZZ", ""]))
def test_any_text_can_be_compared_and_only_a_number_is_a_phone(value: str, region: str) -> None:
    assert isinstance(proof_key(ProofKind.email, value, region), str)
    assert proof_key(ProofKind.postcode, value, region).isalnum() or not any(map(str.isalnum, value))
    phone = proof_key(ProofKind.phone, value, region)
    assert phone == "" or (phone.startswith("+") and phone[1:].isdecimal())


@given(value=st.text(st.characters(min_codepoint=33, max_codepoint=126)))
def test_email_fits_in_capitals_and_between_blanks(value: str) -> None:
    plain = proof_key(ProofKind.email, value, "MY")
    assert proof_key(ProofKind.email, f" {value.upper()}\n", "MY") == plain


@pytest.mark.parametrize("typed", ["#1047", " 1047", "１０４７", "10-47"])
def test_order_number_is_the_same_however_it_is_typed(typed: str) -> None:
    assert number_key(typed) == "1047"
