"""Buyers: names, addresses, phones of valid shape, and e-mail addresses only where nobody can receive any."""

from __future__ import annotations

import re
import unicodedata
from random import Random
from typing import NamedTuple

from bot.demo_store.generator.data_files import data
from bot.store.models import Address, Customer

EMAIL_DOMAINS = ("example.com", "example.net", "example.org")
WEIGHTS = {"MY": 4, "ID": 3, "SG": 2, "PH": 3}
SIGNED_IN = 0.6
SHARES_HOME = 0.2


class Buyer(NamedTuple):
    customer: Customer
    address: Address


def build_people(count: int, rng: Random) -> list[Buyer]:
    """Buyers of all countries; about one in five lives with the one before: same phone and address, other name."""
    people: list[Buyer] = []
    for index in range(count):
        if people and rng.random() < SHARES_HOME:
            people.append(_household_member(people[-1], index, rng))
        else:
            country = rng.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]
            people.append(_stranger(country, index, rng))
    return people


def persona(entry: dict[str, str]) -> Buyer:
    parts = {name: value for name, value in entry.items() if name not in ("customer_id", "email")}
    customer = Customer(id=entry.get("customer_id"), name=entry["name"], email=entry["email"], phone=entry["phone"])
    return Buyer(customer, Address.parse_obj(parts))


def _stranger(country: str, index: int, rng: Random) -> Buyer:
    facts = data("countries")[country]
    name = f"{rng.choice(facts['first'])} {rng.choice(facts['last'])}"
    street = rng.choice(facts["streets"]).format(n=rng.randint(2, 180), m=rng.randint(1, 9))
    phone = facts["phone"]
    number = (
        phone["prefix"]
        + rng.choice(phone["starts"])
        + str(rng.randint(10 ** (phone["digits"] - 1), 10 ** phone["digits"] - 1))
    )
    address = Address(name=name, line1=street, country=country, phone=number, **rng.choice(facts["places"]))
    return Buyer(_customer(name, number, index, rng), address)


def _household_member(other: Buyer, index: int, rng: Random) -> Buyer:
    facts = data("countries")[other.address.country]
    family = other.customer.name.split()[-1]
    first = rng.choice([first for first in facts["first"] if first not in other.customer.name])
    name = f"{first} {family}"
    return Buyer(_customer(name, other.customer.phone, index, rng), other.address.copy(update={"name": name}))


def _customer(name: str, phone: str, index: int, rng: Random) -> Customer:
    plain = unicodedata.normalize("NFKD", name.lower()).encode("ascii", "ignore").decode()
    local = ".".join(re.findall(r"[a-z]+", plain))
    return Customer(
        id=f"cus_{index + 1:04}" if rng.random() < SIGNED_IN else None,
        name=name,
        email=f"{local}{index + 1}@{rng.choice(EMAIL_DOMAINS)}",
        phone=phone,
    )
