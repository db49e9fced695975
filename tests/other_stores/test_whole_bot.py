"""The whole bot before shops of other platforms: what they can do it does, what they cannot ends with a person."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

import httpx
import pytest

from bot.store.api import OrderApi
from bot.store.models import Ability, CaseKind, Order, OrderState
from bot.store.platforms import open_store
from tests.end_to_end.conversation_file import Turn
from tests.end_to_end.log_reader import LogReader
from tests.end_to_end.shopper import Shopper, enter
from tests.other_stores.shops import CONFIGS, OtherShop, open_shop
from tests.stack import Stack

T = TypeVar("T")
pytestmark = pytest.mark.stack


@dataclass
class Before:
    """A bot that runs before a shop of this platform."""

    shop: OtherShop
    stack: Stack

    def ask(self, question: Callable[[OrderApi], T]) -> T:
        """What the store itself says, by an adapter of the test's own."""

        async def once() -> T:
            api = open_store(self.shop.config)
            try:
                return await question(api)  # type: ignore[misc]
            finally:
                await api.close()

        return asyncio.run(once())

    def fresh(self, kind: str) -> tuple[str, str, str]:
        """An order nobody else uses: number, email, and its id in the store."""
        number, proof = asyncio.run(self.shop.platform.fresh(kind))
        order = self.ask(lambda api: api.find_order(number, proof))
        return number, proof.value, order.id  # type: ignore[attr-defined]

    def order(self, order_id: str) -> Order:
        return self.ask(lambda api: api.get_order(order_id))  # type: ignore[return-value]

    def abilities(self) -> frozenset[Ability]:
        return self.ask(lambda api: api.capabilities())  # type: ignore[return-value]


@pytest.fixture(scope="module", params=CONFIGS)
def before(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Before]:
    folder = tmp_path_factory.mktemp(request.param)
    shop = open_shop(request.param, folder)
    stack = Stack(folder, shop.config)
    yield Before(shop, stack)
    stack.stop()
    shop.platform.stop()


@pytest.fixture
def shopper(before: Before) -> Iterator[Shopper]:
    with httpx.Client(base_url=before.stack.url, timeout=60, trust_env=False) as http:
        yield enter(before.stack, http, "guest", "en")


def owner_of(before: Before, shopper: Shopper) -> str:
    return LogReader(before.stack.log_database, shopper.conversation_id).owner_name()


def test_shopper_asks_where_a_parcel_is(before: Before, shopper: Shopper) -> None:
    number, email, _ = before.fresh("shipped")
    replies = shopper.sends(text=f"where is my order {number}, {email}")
    cards = [reply["card"] for reply in replies if reply.get("card")]
    assert [card["type"] for card in cards] == ["order"]
    assert number.removeprefix("#") in str(cards[0])
    assert owner_of(before, shopper) == "bot"


def test_shopper_with_a_wrong_proof_sees_nothing(before: Before, shopper: Shopper) -> None:
    number, _, _ = before.fresh("shipped")
    replies = shopper.sends(text=f"where is my order {number}, somebody@example.com")
    assert not [reply for reply in replies if reply.get("card")]


def test_shopper_changes_the_address(before: Before, shopper: Shopper) -> None:
    number, email, order_id = before.fresh("unshipped")
    shopper.sends(text=f"change the address of order {number}, {email}")
    shopper.sends(text="12 Jalan Mawar, Taman Sri, 43000 Kajang, Selangor")
    shopper.sends(choice=shopper.button("Yes, change it"))
    assert before.order(order_id).shipping_address.postcode == "43000"
    assert owner_of(before, shopper) == "bot"


def test_shopper_cancels_or_a_person_knows_everything(before: Before, shopper: Shopper) -> None:
    number, email, order_id = before.fresh("unshipped")
    shopper.sends(text=f"cancel order {number}, ordered by mistake. {email}")
    if Ability.cancel not in before.abilities():
        assert before.order(order_id).state is OrderState.paid
        _is_with_a_person_who_knows(before, shopper, number)
        return
    shopper.sends(choice=shopper.button("Yes, cancel it"))
    assert before.order(order_id).state is OrderState.cancelled
    assert owner_of(before, shopper) == "bot"


def test_shopper_returns_what_came_or_a_person_knows_everything(before: Before, shopper: Shopper) -> None:
    number, email, order_id = before.fresh("delivered")
    can = Ability.return_ in before.abilities()
    shopper.sends(text=f"i want to return order {number}, it doesn't fit. {email}")
    _go_on(before, shopper)
    cases = before.order(order_id).cases
    if can:
        assert [case.kind for case in cases] == [CaseKind.return_]
        return
    assert cases == []
    _is_with_a_person_who_knows(before, shopper, number)


def test_shopper_whose_item_came_broken_gets_a_case_or_a_person_who_knows(before: Before, shopper: Shopper) -> None:
    number, email, order_id = before.fresh("delivered")
    shopper.sends(text=f"order {number} came broken, {email}")
    _go_on(before, shopper)
    cases = before.order(order_id).cases
    if cases:
        assert owner_of(before, shopper) == "bot"
        return
    _is_with_a_person_who_knows(before, shopper, number)


def _is_with_a_person_who_knows(before: Before, shopper: Shopper, number: str) -> None:
    assert owner_of(before, shopper) == "queue"
    record = LogReader(before.stack.log_database, shopper.conversation_id).handoff()
    assert (record["reason"], record["order_snapshot"]["order"]["number"]) == ("not_supported", number.lstrip("#"))
    assert [(tried["outcome"], tried["reason"]) for tried in record["tried"]] == [("refused", "NotSupported")]


def _go_on(before: Before, shopper: Shopper) -> None:
    """Answer what is asked until nothing is, or a person has it."""
    for _ in range(8):
        if owner_of(before, shopper) != "bot" or not _answer_the_question(shopper):
            return


def _answer_the_question(shopper: Shopper) -> bool:
    """Press what leads on; False when nothing is asked any more."""
    last = shopper.seen[-1]
    for wanted in ("Yes", "My money back", "Send it again", "Yes, send the request", "Yes, report it"):
        if wanted in [button["title"] for button in last["buttons"]]:
            shopper.sends(choice=shopper.button(wanted))
            return True
    if (last.get("card") or {}).get("type") == "photo_request":
        shopper.does(Turn(photo=True))
        return True
    if (last.get("card") or {}).get("type") == "item_picker":
        items = [{"id": item["id"], "quantity": 1} for item in last["card"]["items"] if not item.get("why_not")][:1]
        shopper.sends(choice=last["card"]["submit"], values={"items": items})
        return True
    return False
