"""Every conversation written down in this folder, held with the real product."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.end_to_end.conversation_file import Conversation, Turn, read_conversation
from tests.end_to_end.expectations import first_difference
from tests.end_to_end.log_reader import LogReader
from tests.end_to_end.part_of import missing_from
from tests.end_to_end.shopper import Shopper, await_the_store, enter
from tests.end_to_end.store_reader import FreshStore
from tests.stack import Stack

FOLDER = Path(__file__).parent
FILES = sorted(FOLDER.glob("*/*.yml"))

pytestmark = pytest.mark.stack


@pytest.fixture(scope="session")
def fresh_store(stack: Stack) -> FreshStore:
    return FreshStore(stack)


@pytest.fixture
def http(stack: Stack) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=stack.url, timeout=60, trust_env=False) as client:
        yield client


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_conversation(path: Path, stack: Stack, http: httpx.Client, fresh_store: FreshStore) -> None:
    conversation = read_conversation(path)
    fresh_store.restore()
    stranger = None
    if conversation.stranger is not None:
        stranger = enter(stack, http, conversation.stranger.shopper, conversation.locale)
        _talk(conversation.stranger.turns, stranger, stack, f"{path.name}, the stranger's")
    shopper = enter(stack, http, conversation.shopper, conversation.locale)
    _talk(conversation.turns, shopper, stack, path.name, stranger)
    _check_ending(conversation, LogReader(stack.log_database, shopper.conversation_id), fresh_store)


def _talk(turns: list[Turn], shopper: Shopper, stack: Stack, where: str, stranger: Shopper | None = None) -> None:
    log = LogReader(stack.log_database, shopper.conversation_id)
    history: list[list[dict[str, Any]]] = []
    for number, turn in enumerate(turns, 1):
        with stack.dead("demo store") if turn.store_down else nullcontext():
            history.append(shopper.does(turn, stranger))
        if turn.store_down:
            await_the_store(stack, shopper.http)
        complaint = first_difference(turn, history, shopper.refusal, log)
        assert complaint is None, f"{where}, turn {number}: {complaint}\nheard so far:\n{_heard(shopper)}"


def _check_ending(conversation: Conversation, log: LogReader, store: FreshStore) -> None:
    if conversation.handoff is not None:
        record = log.handoff()
        assert (difference := missing_from(record, conversation.handoff)) is None, difference
        assert not [words for words in conversation.transcript if words not in record["transcript"]], record
    if conversation.store or conversation.untouched:
        orders = store.orders()
        for number, part in conversation.store.items():
            assert (difference := missing_from(orders[number], part, number)) is None, difference
        changed = {number for number, order in orders.items() if order != store.orders_at_start[number]}
        assert changed == set(conversation.store), f"{sorted(changed)} were changed"


def _heard(shopper: Shopper) -> str:
    return "\n".join(
        f"  {each['author']['kind']}: {each['text']} {[button['title'] for button in each['buttons']] or ''}"
        for each in shopper.seen
    )
