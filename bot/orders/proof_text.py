"""What a guest typed as proof: an email, a phone number or a postcode."""

from __future__ import annotations

import re

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from bot.orders.policy import Policy
from bot.store.models import Proof, ProofKind

_EMAIL = re.compile(r"[^\s<>,;()]+@[^\s<>,;()]+\.[^\s<>,;()]+")
_PHONE = re.compile(r"\+?\d(?:[\s().-]{0,2}\d){6,14}")
_POSTCODE = re.compile(r"(?<![\w#])(\d{4,6}(?:-\d{4})?)(?!\w)")


def read_proof(text: str, policy: Policy) -> list[Proof]:
    """What ``text`` may prove, the likeliest first; empty when it proves nothing.

    A phone number without its country may be read in several of the shop's countries: one proof (E.164) for each.
    """
    text = text[:500]
    kinds = policy.proof.kinds
    if (found := _EMAIL.search(text)) and ProofKind.email in kinds:
        email = _email(found[0].rstrip(".!?:'\""))
        return [Proof(kind=ProofKind.email, value=email)] if email else []
    if (found := _PHONE.search(text)) and ProofKind.phone in kinds:
        numbers = _phones(found[0], policy)
        if numbers:
            return [Proof(kind=ProofKind.phone, value=number) for number in numbers]
    if (found := _POSTCODE.search(text)) and ProofKind.postcode in kinds:
        return [Proof(kind=ProofKind.postcode, value=found[1])]
    return []


def _email(text: str) -> str:
    try:
        return validate_email(text, check_deliverability=False).normalized.lower()
    except EmailNotValidError:
        return ""


def _phones(text: str, policy: Policy) -> list[str]:
    numbers: dict[str, None] = {}
    for country in [policy.shop.country, *policy.shop.delivers_to]:
        try:
            number = phonenumbers.parse(text, country)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            numbers[phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)] = None
    return list(numbers)
