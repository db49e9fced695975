"""Finding an order: only number and proof together open it, and nobody learns which of the two was wrong."""

from __future__ import annotations

import json

import pytest

from bot.store.api import OrderApi
from bot.store.errors import NotFound
from bot.store.models import Proof, ProofKind
from tests.store.conftest import Faulty
from tests.store.platform import Platform


def wrong(kind: ProofKind) -> Proof:
    return Proof(kind=kind, value={"email": "a@example.com", "phone": "+60129999999", "postcode": "99999"}[kind.value])


async def test_guest_finds_an_order_by_number_and_email_however_they_are_typed(
    platform: Platform, api: OrderApi
) -> None:
    number, proof = await platform.known()
    bare = number.removeprefix("#")
    typed = [(f" #{bare} ", f"  {proof.value.upper()} "), (bare.lower(), proof.value), (number, proof.value)]
    found = [await api.find_order(text, Proof(kind=ProofKind.email, value=email)) for text, email in typed]
    assert {order.number.removeprefix("#") for order in found} == {bare}


async def test_guest_finds_an_order_by_postcode(platform: Platform, api: OrderApi) -> None:
    order = await platform.take(api, "shipped")
    typed = f" {order.shipping_address.postcode[:2]} {order.shipping_address.postcode[2:]}"
    assert await api.find_order(order.number, Proof(kind=ProofKind.postcode, value=typed)) == order


@pytest.mark.parametrize("kind", ProofKind)
async def test_wrong_proof_is_not_found(platform: Platform, api: OrderApi, kind: ProofKind) -> None:
    number, _ = await platform.known()
    with pytest.raises(NotFound):
        await api.find_order(number, wrong(kind))


@pytest.mark.parametrize("kind", ProofKind)
@pytest.mark.parametrize("value", ["", " ", "-", "+"])
async def test_empty_proof_opens_nothing(platform: Platform, api: OrderApi, kind: ProofKind, value: str) -> None:
    number, _ = await platform.known()
    with pytest.raises(NotFound):
        await api.find_order(number, Proof(kind=kind, value=value))


async def test_part_of_the_email_is_not_the_email(platform: Platform, api: OrderApi) -> None:
    number, proof = await platform.known()
    for value in (proof.value[:-1], proof.value + "x", proof.value.split("@", maxsplit=1)[0]):
        with pytest.raises(NotFound):
            await api.find_order(number, Proof(kind=ProofKind.email, value=value))


async def test_part_of_the_number_is_not_the_number(platform: Platform, api: OrderApi) -> None:
    number, proof = await platform.known()
    for value in (number[:-1], number + "0", "", "%", "*"):
        with pytest.raises(NotFound):
            await api.find_order(value, proof)


@pytest.mark.parametrize("kind", ProofKind)
async def test_wrong_number_and_wrong_proof_answer_alike_and_ask_as_often(
    platform: Platform, faulty: Faulty, kind: ProofKind
) -> None:
    number, _ = await platform.known()
    await faulty.api.find_order(*await platform.known())  # what is asked once only has been asked
    told = []
    for asked in (number, f"{number}0000000"):
        before = faulty.proxy.requests
        with pytest.raises(NotFound) as refused:
            await faulty.api.find_order(asked, wrong(kind))
        methods = [method for method, _ in faulty.proxy.seen[before:]]
        told.append((type(refused.value), refused.value.args, methods))
    assert told[0] == told[1]


async def test_no_proof_and_no_address_ever_stands_in_a_url(
    platform: Platform, faulty: Faulty, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    number, proof = await platform.fresh("unshipped")
    order = await faulty.api.find_order(number, proof)
    await faulty.api.change_address(order.id, platform.new_address, key=f"no-url-{order.id}")
    logged = json.dumps([record.getMessage() for record in caplog.records])
    asked = " ".join(path for _, path in faulty.proxy.seen)
    assert len(faulty.proxy.seen) >= 2
    for secret in (proof.value, proof.value.split("@", maxsplit=1)[0], platform.new_address.line1.split(" ")[1]):
        assert secret not in logged
        assert secret not in asked
