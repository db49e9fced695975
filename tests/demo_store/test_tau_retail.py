"""The benchmark's data: in and out without loss, and changed exactly as its own rules say."""

from __future__ import annotations

import copy
import json
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.demo_store.files import dump_file, load_file
from bot.store.demo import DemoStore
from bot.store.errors import Invalid, NotAllowed, StoreError
from bot.store.models import (
    Address,
    CaseItem,
    CaseKind,
    CaseRequest,
    ItemChange,
    Order,
    OrderState,
    Proof,
    ProofKind,
    Wish,
)
from tests.demo_store import tau_rules
from tests.demo_store.process import ROOT, RunningStore, start_demo_store
from tests.store.platform import PATIENT

FOLDER = ROOT.parent / "shared" / "tau-retail"
FILE = FOLDER / "db.json"
pytestmark = pytest.mark.skipif(not FILE.exists(), reason="the tau-retail data is not here")

Data = dict[str, Any]


@pytest.fixture(scope="module")
def original() -> Data:
    return json.loads(FILE.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningStore]:
    running = start_demo_store(tmp_path_factory.mktemp("tau"), None, "--load", str(FILE), "--format", "tau-retail")
    yield running
    running.stop()


@pytest.fixture
async def api(store: RunningStore) -> AsyncIterator[DemoStore]:
    adapter = DemoStore(store.url, store.key, PATIENT)
    yield adapter
    await adapter.close()


def test_file_goes_in_and_out_without_loss(tmp_path: Path, original: Data) -> None:
    load_file(FILE, "tau-retail", tmp_path / "store.db")
    dump_file(tmp_path / "out.json", "tau-retail", tmp_path / "store.db")
    written = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert written == original
    assert list(written["orders"]) == list(original["orders"])


async def test_every_right_action_of_the_training_tasks_leaves_the_data_it_should(
    api: DemoStore, store: RunningStore, original: Data
) -> None:
    load_file(FILE, "tau-retail", store.db)
    expected = copy.deepcopy(original)
    done = 0
    for index, (name, arguments) in enumerate(_right_writes()):
        try:
            getattr(tau_rules, name)(expected, **arguments)
        except tau_rules.Refused:  # another task changed that order before
            with pytest.raises(StoreError):
                await _act(api, name, arguments, key=f"task-{index}")
        else:
            await _act(api, name, arguments, key=f"task-{index}")
            done += 1
    assert store.dump("tau-retail") == expected
    assert done > 80


async def test_changes_survive_being_dumped_and_loaded_again(
    api: DemoStore, store: RunningStore, tmp_path: Path
) -> None:
    order = await _find(api, store, "delivered")
    item = CaseItem(line_id=order.lines[0].id, quantity=1)
    await api.open_case(order.id, CaseRequest(kind=CaseKind.return_, items=[item]), key="again")
    dumped = store.dump("tau-retail")
    (tmp_path / "changed.json").write_text(json.dumps(dumped), encoding="utf-8")
    load_file(tmp_path / "changed.json", "tau-retail", store.db)
    seen = await api.get_order(order.id)
    assert [(case.kind, case.items) for case in seen.cases] == [(CaseKind.return_, [item])]
    assert store.dump("tau-retail") == dumped


async def test_only_the_benchmarks_own_reasons_cancel(api: DemoStore, store: RunningStore) -> None:
    order = await _find(api, store, "pending")
    with pytest.raises(Invalid, match="reason"):
        await api.cancel(order.id, "found it cheaper", key="cheaper")
    assert (await api.cancel(order.id, "ordered_by_mistake", key="mistake")).state is OrderState.cancelled
    assert store.dump("tau-retail")["orders"][order.number]["cancel_reason"] == "ordered by mistake"


async def test_state_is_written_as_its_code(api: DemoStore, store: RunningStore) -> None:
    order = await _find(api, store, "pending")
    address = Address(name="x", line1="1 New St", city="Denver", region="Colorado", postcode="80201", country="us")
    await api.change_address(order.id, address, key="state-code")
    assert store.dump("tau-retail")["orders"][order.number]["address"] == {
        "address1": "1 New St",
        "address2": "",
        "city": "Denver",
        "country": "USA",
        "state": "CO",
        "zip": "80201",
    }


async def test_refund_to_somebody_elses_card_is_refused(api: DemoStore, store: RunningStore) -> None:
    order = await _find(api, store, "delivered")
    request = CaseRequest(kind=CaseKind.return_, items=[CaseItem(line_id="1", quantity=1)], refund_to="credit_card_1")
    with pytest.raises(Invalid):
        await api.open_case(order.id, request, key="not-mine")
    assert store.dump("tau-retail")["orders"][order.number]["status"] == "delivered"


async def test_store_credit_goes_to_the_gift_card_or_is_refused(
    api: DemoStore, store: RunningStore, original: Data
) -> None:
    load_file(FILE, "tau-retail", store.db)
    credited = 0
    for number in [number for number, order in original["orders"].items() if order["status"] == "delivered"][:12]:
        methods = original["users"][original["orders"][number]["user_id"]]["payment_methods"]
        cards = [method for method in methods.values() if method["source"] == "gift_card"]
        items = [CaseItem(line_id="1", quantity=1)]
        request = CaseRequest(kind=CaseKind.return_, items=items, wish=Wish.store_credit)
        if cards:
            await api.open_case(number.removeprefix("#"), request, key=f"credit-{number}")
            credited += 1
        else:
            with pytest.raises(NotAllowed, match="no_gift_card"):
                await api.open_case(number.removeprefix("#"), request, key=f"credit-{number}")
    orders = store.dump("tau-retail")["orders"].values()
    used = [order["return_payment_method_id"] for order in orders if "return_payment_method_id" in order]
    assert len(used) == credited > 0
    assert all(method.startswith("gift_card") for method in used)


def _right_writes() -> list[tuple[str, dict[str, Any]]]:
    """The writes the benchmark calls correct and our API offers, in the tasks' order."""
    tasks = json.loads((FOLDER / "tasks_train.json").read_text(encoding="utf-8"))
    actions = [action for task in tasks for action in task["evaluation_criteria"]["actions"] or []]
    return [(action["name"], action["arguments"]) for action in actions if hasattr(tau_rules, action["name"])]


async def _act(api: DemoStore, name: str, given: dict[str, Any], key: str) -> None:
    """The benchmark's call as the adapter's."""
    order_id = given["order_id"].removeprefix("#")
    if name == "cancel_pending_order":
        await api.cancel(order_id, given["reason"], key=key)
    elif name == "modify_pending_order_address":
        address = Address(
            name="Not part of this format",
            line1=given["address1"],
            line2=given["address2"],
            city=given["city"],
            region=given["state"],
            postcode=given["zip"],
            country="US",
        )
        await api.change_address(order_id, address, key=key)
    elif name == "modify_pending_order_items":
        lines = await _lines(api, order_id, given["item_ids"])
        wanted = zip(lines, given["new_item_ids"], strict=True)
        changes = [ItemChange(line_id=line, new_variant_id=new) for line, new in wanted]
        await api.change_items(order_id, changes, payment_method_id=given["payment_method_id"], key=key)
    else:
        lines = await _lines(api, order_id, given["item_ids"])
        news = given.get("new_item_ids", [None] * len(lines))
        request = CaseRequest(
            kind=CaseKind.exchange if "new_item_ids" in given else CaseKind.return_,
            items=[
                CaseItem(line_id=line, quantity=1, new_variant_id=new) for line, new in zip(lines, news, strict=True)
            ],
            refund_to=given["payment_method_id"],
        )
        await api.open_case(order_id, request, key=key)


async def _lines(api: DemoStore, order_id: str, item_ids: list[str]) -> list[str]:
    left = list((await api.get_order(order_id)).lines)
    found = []
    for item_id in item_ids:
        line = next((line for line in left if line.variant_id == item_id), None)
        if line is not None:
            left.remove(line)
        found.append("gone" if line is None else line.id)
    return found


async def _find(api: DemoStore, store: RunningStore, status: str) -> Order:
    content = store.dump("tau-retail")
    order = next(order for order in content["orders"].values() if order["status"] == status)
    email = content["users"][order["user_id"]]["email"]
    return await api.find_order(order["order_id"], Proof(kind=ProofKind.email, value=email))
