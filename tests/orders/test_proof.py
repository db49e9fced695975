from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest

from bot.orders.attempts import Attempts
from bot.orders.order_number import number_candidates, number_core
from bot.orders.policy import AttemptLimit, Policy
from bot.orders.proof import Asker, ProofOutcome, ProofResult, prove_customer, prove_guest
from bot.orders.proof_text import read_proof
from bot.processes.ports import free_port
from bot.store.api import OrderApi
from bot.store.demo import DemoStore
from bot.store.errors import Unavailable
from bot.store.models import ProofKind
from bot.store.patience import Patience
from tests.demo_store.process import RunningStore
from tests.orders.made_up import NOW, POLICY, changed_policy

ASKER = Asker(conversation_id="c_1", client_ref="network")
FLOOR = 0.2
QUICK = changed_policy("proof", floor_milliseconds=int(FLOOR * 1000))
SLOW = changed_policy("proof", floor_milliseconds=600)  # longer than anything the store does


@pytest.fixture
def attempts(tmp_path: Path) -> Iterator[Attempts]:
    counting = Attempts.in_state_dir(tmp_path, "pepper")
    yield counting
    counting.close()


Prove = Callable[..., Awaitable[ProofResult]]


@pytest.fixture
def prove(attempts: Attempts) -> Prove:
    async def prove(
        api: OrderApi, number: str, proof: str, policy: Policy = QUICK, asker: Asker = ASKER
    ) -> ProofResult:
        return await prove_guest(api, attempts, policy, asker=asker, number=number, proof=proof, now=NOW)

    return prove


@pytest.mark.parametrize(
    ("text", "core"),
    [
        ("1047", "1047"),
        ("#1047", "1047"),
        ("order 1047", "1047"),
        ("no. 1047", "1047"),
        ("order1047", "1047"),
        ("my order number is 1047, thanks", "1047"),
        ("w2378156", "2378156"),
        ("#W2378156", "2378156"),
        ("# 1047", "1047"),
        ("it's RM-1047-A", "1047-A"),
        ("10", ""),
        ("no idea", ""),
        ("9" * 60, ""),
    ],
)
def test_order_numbers_as_people_type_them(text: str, core: str) -> None:
    assert number_core(text) == core
    assert bool(number_candidates(text, POLICY)) is bool(core)


@pytest.mark.parametrize(
    ("text", "core"),
    [
        ("xj12h", "XJ12H"),
        ("order SALE-10C7Y please", "SALE-10C7Y"),
        ("it is SALE-10477", "10477"),
        ("2405129XK3PQ7", "2405129XK3PQ7"),
        ("EN-1001-TH", "1001-TH"),
    ],
)
def test_code_of_letters_and_digits_is_a_number_with_all_its_letters(text: str, core: str) -> None:
    assert number_core(text) == core
    assert any(core in candidate for candidate in number_candidates(text, POLICY))


@pytest.mark.parametrize("text", ["hello there", "2pcs", "10am", "i've sent it", "co-operate"])
def test_words_are_no_code(text: str) -> None:
    assert number_candidates(text, POLICY) == []


def test_candidates_keep_what_was_typed() -> None:
    assert number_candidates("w2378156", POLICY) == ["#W2378156", "#WW2378156", "#2378156"]
    assert number_candidates("2378156", POLICY) == ["#2378156", "#W2378156"]


@pytest.mark.parametrize(
    ("text", "kind", "values"),
    [
        ("siti@example.com", ProofKind.email, ["siti@example.com"]),
        ("my mail is Siti@Example.com.", ProofKind.email, ["siti@example.com"]),
        ("012-345 6789", ProofKind.phone, ["+60123456789"]),
        ("+60 12 345 6789", ProofKind.phone, ["+60123456789"]),
        ("0812-3456-7890", ProofKind.phone, ["+6281234567890"]),
        ("0917 123 4567", ProofKind.phone, ["+629171234567", "+639171234567"]),
        ("43000", ProofKind.postcode, ["43000"]),
        ("postcode 560123", ProofKind.postcode, ["560123"]),
        ("my zip is 10083", ProofKind.postcode, ["10083"]),
    ],
)
def test_a_proof_is_recognised(text: str, kind: ProofKind, values: list[str]) -> None:
    proofs = read_proof(text, POLICY)
    assert [(proof.kind, proof.value) for proof in proofs] == [(kind, value) for value in values]


@pytest.mark.parametrize("text", ["", "what for?", "siti@", "123", "#1047", "12345678901234567890"])
def test_what_proves_nothing_is_no_proof(text: str) -> None:
    assert read_proof(text, POLICY) == []


def test_a_shop_that_takes_no_postcode_as_proof() -> None:
    assert read_proof("43000", changed_policy("proof", kinds=[ProofKind.email])) == []


@pytest.mark.parametrize("number", ["1047", "#1047", "Order 1047"])
@pytest.mark.parametrize("proof", ["aisyah@example.com", "AISYAH@example.com", "012-345 6701", "40150"])
async def test_guest_proves_an_order(api: OrderApi, prove: Prove, attempts: Attempts, number: str, proof: str) -> None:
    result = await prove(api, number, proof)
    assert result.outcome is ProofOutcome.proved
    assert result.order is not None
    assert result.order.number == "1047"
    assert attempts.count() == 0


async def test_wrong_number_and_wrong_proof_answer_the_same_in_the_same_time(api: OrderApi, prove: Prove) -> None:
    tries = {
        "wrong proof": ("1047", "nobody@example.com"),
        "wrong number": ("99047", "aisyah@example.com"),
        "no number": ("dunno", "aisyah@example.com"),
        "no proof": ("1047", "dunno"),
    }
    took = {}
    await api.capabilities()  # the connection stands
    for name, (number, proof) in tries.items():
        began = time.monotonic()
        result = await prove(api, number, proof, SLOW, Asker(conversation_id=name, client_ref=name))
        took[name] = time.monotonic() - began
        assert result == ProofResult(outcome=ProofOutcome.not_found), name
    assert all(0.6 <= seconds < 10 for seconds in took.values()), took  # the floor hides what each took


async def test_a_right_proof_after_too_many_wrong_ones_is_not_looked_at(api: OrderApi, prove: Prove) -> None:
    limits = QUICK.proof.limits.copy(update={"conversation": AttemptLimit(attempts=2, minutes=30)})
    strict = changed_policy("proof", limits=limits, floor_milliseconds=1)
    for _ in range(2):
        assert (await prove(api, "1047", "no@example.com", strict)).outcome is ProofOutcome.not_found
    limited = await prove(api, "1047", "aisyah@example.com", strict)
    assert limited.outcome is ProofOutcome.rate_limited
    assert limited.order is None
    assert 0 < limited.retry_after <= 30 * 60


async def test_a_store_that_is_down_costs_no_attempt_and_shows_nothing(prove: Prove, attempts: Attempts) -> None:
    nobody_there = DemoStore(f"http://127.0.0.1:{free_port()}", "key", Patience(read_attempts=1))
    began = time.monotonic()
    with pytest.raises(Unavailable):
        await prove(nobody_there, "1047", "aisyah@example.com")
    assert time.monotonic() - began >= FLOOR
    assert attempts.count() == 0
    await nobody_there.close()


async def test_signed_in_customer_finds_only_their_own_orders(api: OrderApi, store: RunningStore) -> None:
    owned = [entry["order"] for entry in store.dump()["orders"] if entry["order"]["customer"].get("id")]
    mine = owned[0]
    other = next(each for each in owned if each["customer"]["id"] != mine["customer"]["id"])
    customer_id = mine["customer"]["id"]
    found = await prove_customer(api, QUICK, customer_id=customer_id, number=f"#{mine['number']}")
    assert found.order is not None
    assert found.order.id == mine["id"]
    for number in (other["number"], "1047", "999999", ""):
        result = await prove_customer(api, QUICK, customer_id=customer_id, number=number)
        assert result == ProofResult(outcome=ProofOutcome.not_found)
    others_email = other["customer"]["email"]
    result = await prove_customer(
        api, QUICK, customer_id=customer_id, number=other["number"], email=others_email
    )  # even with a signed email that fits: the order is another customer's
    assert result == ProofResult(outcome=ProofOutcome.not_found)
