"""Every conversation written down in this folder, held with the real product."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.end_to_end.conversation_file import Conversation, Turn, read_conversation
from tests.end_to_end.log_reader import LogReader
from tests.end_to_end.part_of import missing_from
from tests.end_to_end.shopper import Shopper, enter
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
    shopper = enter(stack, http, conversation.shopper, conversation.locale)
    log = LogReader(stack.log_database, shopper.conversation_id)
    for number, turn in enumerate(conversation.turns, 1):
        replies = shopper.does(turn)
        complaint = _differs(turn, replies, log)
        assert complaint is None, _story(path, number, shopper, complaint)
    _check_ending(conversation, log, fresh_store)


def _differs(turn: Turn, replies: list[dict[str, Any]], log: LogReader) -> str | None:
    """The first thing that is not as written, or None."""
    return next(_differences(turn, replies, log), None)


def _differences(turn: Turn, replies: list[dict[str, Any]], log: LogReader) -> Iterator[str]:
    spoken = log.responses([reply["seq"] for reply in replies])
    if turn.bot is not None and spoken != turn.bot:
        yield f"the bot said {spoken}, not {turn.bot}"
    said = "\n".join(reply["text"] for reply in replies).casefold()
    yield from (f"nobody said {text!r}" for text in turn.says if text.casefold() not in said)
    yield from (f"somebody said {text!r}" for text in turn.never_says if text.casefold() in said)
    titles = [button["title"] for reply in replies for button in reply["buttons"]]
    if turn.buttons is not None and titles != turn.buttons:
        yield f"the buttons are {titles}, not {turn.buttons}"
    cards = [(reply.get("card") or {}).get("type") for reply in replies]
    if turn.card and turn.card not in cards:
        yield f"the cards are {cards}, none is {turn.card}"
    if turn.owner and log.owner() != turn.owner:
        yield f"the conversation belongs to {log.owner()}, not {turn.owner}"
    yield from _state_differences(turn, log)


def _state_differences(turn: Turn, log: LogReader) -> Iterator[str]:
    last = log.last_turn()
    remaining = iter(last.actions)
    if missing := [name for name in turn.actions if name not in remaining]:
        yield f"{missing} did not run among {last.actions}"
    if turn.intent and last.intent != turn.intent:
        yield f"the intent is {last.intent}, not {turn.intent}"
    for name, value in turn.slots.items():
        if difference := missing_from(last.slots.get(name), value, f"slot {name}"):
            yield difference
    form = {"name": (last.form or {}).get("name"), "asks": (last.form or {}).get("asks")}
    if turn.no_form and last.form:
        yield f"the form {form} is open"
    if turn.form and (form["name"], form["asks"]) != (turn.form.name, turn.form.asks):
        yield f"the form is {form}, not {turn.form.dict()}"


def _check_ending(conversation: Conversation, log: LogReader, store: FreshStore) -> None:
    if conversation.handoff is not None:
        assert (difference := missing_from(log.handoff(), conversation.handoff)) is None, difference
    if conversation.store or conversation.untouched:
        orders = store.orders()
        for number, part in conversation.store.items():
            assert (difference := missing_from(orders[number], part, number)) is None, difference
        changed = sorted(number for number, order in orders.items() if order != store.orders_at_start[number])
        assert set(changed) <= set(conversation.store), f"{changed} were changed"


def _story(path: Path, number: int, shopper: Shopper, complaint: str) -> str:
    heard = "\n".join(
        f"  {each['author']['kind']}: {each['text']} {[button['title'] for button in each['buttons']] or ''}"
        for each in shopper.seen
    )
    return f"{path.parent.name}/{path.name}, turn {number}: {complaint}\nheard so far:\n{heard}"
