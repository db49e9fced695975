"""The demo store checks proofs itself: its answers to a wrong number and a wrong proof are the same to the byte."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from bot.store.models import Proof, ProofKind
from tests.demo_store.process import KEY
from tests.store.contract.test_proof import wrong
from tests.store.demo.platform import demo_shop, tau_retail
from tests.store.platform import Platform

ROUNDS = 120
TRIES = 5


@pytest.fixture(scope="module", params=[demo_shop, tau_retail])
def shop(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Platform]:
    start: Callable[[Path], Platform] = request.param
    started = start(tmp_path_factory.mktemp("wire"))
    yield started
    started.stop()


@pytest.mark.parametrize("kind", ProofKind)
async def test_wrong_number_and_wrong_proof_answer_alike(shop: Platform, kind: ProofKind) -> None:
    number, _ = await shop.known()
    with _client(shop) as client:
        answers = [_ask(client, asked, wrong(kind)) for asked in (number, "#0000", "no such")]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert len({answer.headers["content-type"] for answer in answers}) == 1


@pytest.mark.parametrize("kind", ProofKind)
async def test_wrong_number_and_wrong_proof_take_the_same_time(shop: Platform, kind: ProofKind) -> None:
    numbers = ((await shop.known())[0], "#X0000000")
    # A difference of the store's own shows every time; one of a busy machine does not.
    seen: list[list[float]] = []
    while not seen or (not _alike(seen[-1]) and len(seen) < TRIES):
        seen.append(_times(shop, kind, numbers))
    assert _alike(seen[-1]), seen


def _times(shop: Platform, kind: ProofKind, numbers: tuple[str, str]) -> list[float]:
    """Seconds an answer usually takes, for each number."""
    times: dict[str, list[float]] = {number: [] for number in numbers}
    with _client(shop) as client:
        for _ in range(ROUNDS):  # in turns, so that whatever else the machine does befalls both
            for number, taken in times.items():
                start = time.perf_counter()
                _ask(client, number, wrong(kind))
                taken.append(time.perf_counter() - start)
    return [statistics.median(taken[10:]) for taken in times.values()]


def _alike(medians: list[float]) -> bool:
    # The search alone for an order that is there (reading it, making its JSON) is over a millisecond.
    return abs(medians[0] - medians[1]) < max(0.0005, 0.15 * min(medians))


def _client(shop: Platform) -> httpx.Client:
    return httpx.Client(base_url=shop.url, headers={"Authorization": f"Bearer {KEY}"}, trust_env=False)


def _ask(client: httpx.Client, number: str, proof: Proof) -> httpx.Response:
    return client.post("/v1/orders/find", content=f'{{"number": "{number}", "proof": {proof.json()}}}')
