"""Finding an order: only number and proof together open it, and nobody learns which of the two was wrong."""

from __future__ import annotations

import statistics
import time

import httpx
import pytest

from bot.store.api import OrderApi
from bot.store.errors import NotFound
from bot.store.models import Proof, ProofKind
from tests.store.platform import Platform

ROUNDS = 120


def wrong(kind: ProofKind) -> Proof:
    return Proof(kind=kind, value={"email": "a@example.com", "phone": "+60129999999", "postcode": "99999"}[kind.value])


async def test_guest_finds_an_order_by_number_and_email_however_they_are_typed(
    platform: Platform, api: OrderApi
) -> None:
    number, proof = platform.shipped[0]
    bare = number.removeprefix("#")
    typed = [(f" #{bare} ", f"  {proof.value.upper()} "), (bare.lower(), proof.value), (number, proof.value)]
    found = [await api.find_order(text, Proof(kind=ProofKind.email, value=email)) for text, email in typed]
    assert {order.number for order in found} == {number}


async def test_guest_finds_an_order_by_postcode(platform: Platform, api: OrderApi) -> None:
    order = await platform.take(api, "shipped")
    typed = f" {order.shipping_address.postcode[:2]} {order.shipping_address.postcode[2:]}"
    assert await api.find_order(order.number, Proof(kind=ProofKind.postcode, value=typed)) == order


@pytest.mark.parametrize("kind", ProofKind)
async def test_wrong_proof_is_not_found(platform: Platform, api: OrderApi, kind: ProofKind) -> None:
    with pytest.raises(NotFound):
        await api.find_order(platform.shipped[0][0], wrong(kind))


@pytest.mark.parametrize("kind", ProofKind)
@pytest.mark.parametrize("value", ["", " ", "-", "+"])
async def test_empty_proof_opens_nothing(platform: Platform, api: OrderApi, kind: ProofKind, value: str) -> None:
    with pytest.raises(NotFound):
        await api.find_order(platform.shipped[0][0], Proof(kind=kind, value=value))


async def test_part_of_the_email_is_not_the_email(platform: Platform, api: OrderApi) -> None:
    number, proof = platform.shipped[0]
    for value in (proof.value[:-1], proof.value + "x", proof.value.split("@")[0]):
        with pytest.raises(NotFound):
            await api.find_order(number, Proof(kind=ProofKind.email, value=value))


@pytest.mark.parametrize("kind", ProofKind)
def test_wrong_number_and_wrong_proof_answer_alike(platform: Platform, kind: ProofKind) -> None:
    with _client(platform) as client:
        answers = [_ask(client, number, wrong(kind)) for number in (platform.shipped[0][0], "#0000", "no such")]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert len({answer.headers["content-type"] for answer in answers}) == 1


@pytest.mark.parametrize("kind", ProofKind)
def test_wrong_number_and_wrong_proof_take_the_same_time(platform: Platform, kind: ProofKind) -> None:
    numbers = (platform.shipped[0][0], "#X0000000")
    # A difference of the store's own shows every time; one of a busy machine does not.
    seen = [taken for _ in range(3) if not _alike(taken := _times(platform, kind, numbers))]
    assert len(seen) < 3, seen


def _times(platform: Platform, kind: ProofKind, numbers: tuple[str, str]) -> list[float]:
    """Seconds an answer usually takes, for each number."""
    times: dict[str, list[float]] = {number: [] for number in numbers}
    with _client(platform) as client:
        for _ in range(ROUNDS):  # in turns, so that whatever else the machine does befalls both
            for number, taken in times.items():
                start = time.perf_counter()
                _ask(client, number, wrong(kind))
                taken.append(time.perf_counter() - start)
    return [statistics.median(taken[10:]) for taken in times.values()]


def _alike(medians: list[float]) -> bool:
    # The search alone for an order that is there (reading it, making its JSON) is over a millisecond.
    return abs(medians[0] - medians[1]) < max(0.0005, 0.15 * min(medians))


def _client(platform: Platform) -> httpx.Client:
    key = {"Authorization": f"Bearer {platform.store.key}"}
    return httpx.Client(base_url=platform.store.url, headers=key, trust_env=False)


def _ask(client: httpx.Client, number: str, proof: Proof) -> httpx.Response:
    return client.post("/v1/orders/find", content=f'{{"number": "{number}", "proof": {proof.json()}}}')
