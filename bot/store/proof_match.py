"""Whether a number and a proof fit an order: for platforms that cannot check a proof themselves."""

from __future__ import annotations

import hashlib
import hmac
import unicodedata

import phonenumbers

from bot.store.models import Order, Proof, ProofKind


def same_number(one: str, other: str) -> bool:
    """Order numbers as they are compared: "#w2378156 " and "W2378156" are the same; an empty one is none."""
    return letters_and_digits(one) == letters_and_digits(other) != ""


def proof_key(kind: ProofKind, value: str, region: str) -> str:
    """A proof as it is compared; empty when it is none. ``region`` reads phone numbers without a country code."""
    if kind is ProofKind.email:
        return unicodedata.normalize("NFKC", value).strip().casefold()
    if kind is ProofKind.postcode:
        return letters_and_digits(value)
    try:
        number = phonenumbers.parse(value, region)
    except phonenumbers.NumberParseException:
        return ""
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def fits(order: Order, proof: Proof) -> bool:
    """Whether the proof is exactly what the order says; takes as long when it is not."""
    region = order.shipping_address.country.upper()
    stored = {
        ProofKind.email: order.customer.email,
        ProofKind.phone: order.customer.phone or order.shipping_address.phone,
        ProofKind.postcode: order.shipping_address.postcode,
    }[proof.kind]
    given = proof_key(proof.kind, proof.value, region)
    return hmac.compare_digest(_digest(given), _digest(proof_key(proof.kind, stored, region))) & bool(given)


def letters_and_digits(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(character for character in plain if character.isalnum())


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()
