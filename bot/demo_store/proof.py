"""Proofs in one comparable form, and the look-up that tells a wrong number and a wrong proof apart for nobody."""

from __future__ import annotations

import hashlib
import hmac

from sqlalchemy import bindparam, literal, select, union_all
from sqlalchemy.engine import Connection
from sqlalchemy.sql import Select

from bot.demo_store.database import orders
from bot.store.errors import NotFound
from bot.store.models import Order, Proof, ProofKind
from bot.store.proof_match import letters_and_digits, proof_key

HOME_REGIONS = ("MY", "ID", "SG", "PH")
COLUMNS = (orders.c.id, orders.c.region, orders.c.email_key, orders.c.phone_key, orders.c.postcode_key)
DECOY = ("", HOME_REGIONS[0], "nobody@example.invalid", "+60000000000", "-----")


def _look_up() -> Select:
    """The order of a number, or else the decoy: always one row. Built once, for building takes longer than asking."""
    real = select(*COLUMNS, literal(0).label("decoy")).where(orders.c.number_key == bindparam("number"))
    named = zip(DECOY, COLUMNS, strict=True)
    decoy = select(*(literal(value).label(column.name) for value, column in named), literal(1).label("decoy"))
    either = union_all(real, decoy).subquery()
    return select(either).order_by(either.c.decoy).limit(1)


LOOK_UP = _look_up()


def number_key(number: str) -> str:
    """An order number as it is compared: "#w2378156 " and "W2378156" are the same."""
    return letters_and_digits(number)


def finding_columns(order: Order) -> dict[str, str]:
    """What a stored order is found by and proved with."""
    region = order.shipping_address.country.upper()
    phone = order.customer.phone or order.shipping_address.phone
    return {
        "number_key": number_key(order.number),
        "customer_id": order.customer.id or "",
        "placed_at": order.placed_at.isoformat() if order.placed_at else "",
        "region": region,
        "email_key": proof_key(ProofKind.email, order.customer.email, region),
        "phone_key": proof_key(ProofKind.phone, phone, region),
        "postcode_key": proof_key(ProofKind.postcode, order.shipping_address.postcode, region),
    }


def warm_up() -> None:
    """Load what the first comparison would load, so that it takes no longer than the next."""
    for region in (*HOME_REGIONS, "US"):
        proof_key(ProofKind.phone, "0123456789", region)


def find_order_id(connection: Connection, number: str, proof: Proof) -> str:
    """The id of the order whose number and proof both fit.

    An unknown number is compared with a decoy: both ways out read one row and do the same work.

    Raises:
        NotFound: whichever of the two was wrong.
    """
    row = connection.execute(LOOK_UP, {"number": number_key(number)}).one()
    stored = {ProofKind.email: row.email_key, ProofKind.phone: row.phone_key, ProofKind.postcode: row.postcode_key}
    given = proof_key(proof.kind, proof.value, row.region)
    fits = hmac.compare_digest(_digest(given), _digest(stored[proof.kind]))
    if not (fits & bool(given) & (row.decoy == 0)):
        raise NotFound
    return str(row.id)


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()
