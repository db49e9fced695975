"""Every conversation written down in this folder, held with the real product."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, nullcontext
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.end_to_end.agent import DeskAgent
from tests.end_to_end.agent_turn import AgentTurn
from tests.end_to_end.conversation_file import Conversation, Turn, read_conversation
from tests.end_to_end.desk_expectations import first_desk_difference
from tests.end_to_end.desk_staff import at_work, desk_of, hire, let_hours_pass
from tests.end_to_end.expectations import first_difference
from tests.end_to_end.log_reader import LogReader
from tests.end_to_end.part_of import missing_from
from tests.end_to_end.shopper import Shopper, await_the_store, enter
from tests.end_to_end.store_reader import ChangingStore, forget_attempts, fresh_store_of
from tests.end_to_end.with_a_person import check_with_a_person, expected_with_a_person
from tests.stack import Stack
from tests.until import until

FOLDER = Path(__file__).parent
FILES = sorted(FOLDER.glob("*/*.yml"))

pytestmark = pytest.mark.stack


@pytest.fixture(scope="session")
def fresh_store(stack: Stack) -> ChangingStore:
    return fresh_store_of(stack)


@pytest.fixture(scope="session")
def staff(stack: Stack) -> None:
    hire(stack)


@pytest.fixture
def everything() -> Iterator[ExitStack]:
    """Whatever a conversation opened is closed after it."""
    with ExitStack() as opened:
        yield opened


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
@pytest.mark.usefixtures("staff")
def test_conversation(path: Path, stack: Stack, everything: ExitStack, fresh_store: ChangingStore) -> None:
    conversation = read_conversation(path)
    fresh_store.restore()
    forget_attempts(stack.settings.state_dir)
    url = everything.enter_context(desk_of(stack, conversation.desk))
    http = everything.enter_context(httpx.Client(base_url=url, timeout=60, trust_env=False))
    with_people = any(isinstance(turn, AgentTurn) for turn in conversation.turns)
    agents = everything.enter_context(at_work(url)) if with_people else {}
    for agent in agents.values():
        agent.unique_line_ids = fresh_store.unique_line_ids
    stranger = None
    if conversation.stranger is not None:
        stranger = enter(stack, http, conversation.stranger.shopper, conversation.locale)
        Telling(stack, stranger, {}, f"{path.name}, the stranger's").tell(conversation.stranger.turns)
    shopper = enter(stack, http, conversation.shopper, conversation.locale)
    log = LogReader(stack.log_database, shopper.conversation_id)
    telling = Telling(stack, shopper, agents, path.name, stranger)
    if person := expected_with_a_person(stack.settings.store_platform, path):
        telling.tell_until_a_person_has_it(conversation.turns)
        check_with_a_person(log, person)
        assert fresh_store.changed() == set()
        return
    telling.tell(conversation.turns)
    _check_ending(conversation, log, fresh_store)


class Telling:
    """One conversation, turn by turn; the first that goes otherwise than written ends it."""

    def __init__(
        self, stack: Stack, shopper: Shopper, agents: dict[str, DeskAgent], where: str, stranger: Shopper | None = None
    ) -> None:
        self._stack = stack
        self._shopper = shopper
        self._agents = agents
        self._where = where
        self._stranger = stranger
        self._log = LogReader(stack.log_database, shopper.conversation_id)
        self._history: list[list[dict[str, Any]]] = []

    def tell(self, turns: list[AgentTurn | Turn] | list[Turn]) -> None:
        for number, turn in enumerate(turns, 1):
            complaint = self._agent_does(turn) if isinstance(turn, AgentTurn) else self._shopper_does(turn)
            self._demand(complaint is None, number, complaint)

    def tell_until_a_person_has_it(self, turns: list[AgentTurn | Turn]) -> None:
        """All as written before that."""
        for number, turn in enumerate(turns, 1):
            assert isinstance(turn, Turn)
            complaint = self._shopper_does(turn)
            if self._log.owner_name() != "bot":
                return
            assert complaint is None, (
                f"{self._where}, turn {number}: {complaint}\nheard so far:\n{_heard(self._shopper)}"
            )

    def _demand(self, is_as_written: bool, number: int, complaint: str | None) -> None:
        assert is_as_written, f"{self._where}, turn {number}: {complaint}\nheard so far:\n{_heard(self._shopper)}"

    def _shopper_does(self, turn: Turn) -> str | None:
        if turn.hours_pass is not None:
            let_hours_pass(self._stack.log_database, self._shopper.conversation_id, turn.hours_pass)
            self._history.append([])
            return None
        with self._stack.dead("demo store") if turn.store_down else nullcontext():
            self._history.append(self._shopper.does(turn, self._stranger))
        if turn.store_down:
            await_the_store(self._stack, self._shopper.http)
        return first_difference(turn, self._history, self._shopper.refusal, self._log)

    def _agent_does(self, turn: AgentTurn) -> str | None:
        agent = self._agents[turn.agent]
        agent.does(turn, self._shopper.conversation_id, self._agents)
        until(self._log.is_answered, within=180)
        came = self._shopper.catches_up()
        self._history.append(came)
        return first_desk_difference(turn, agent, came, self._log)


def _check_ending(conversation: Conversation, log: LogReader, store: ChangingStore) -> None:
    if conversation.handoff is not None:
        record = log.handoff()
        assert (difference := missing_from(record, conversation.handoff)) is None, difference
        assert not [words for words in conversation.transcript if words not in record["transcript"]], record
    if conversation.store or conversation.untouched:
        for number, part in conversation.store.items():
            assert (difference := missing_from(store.order(number), part, number)) is None, difference
        changed = store.changed()
        assert changed == set(conversation.store), f"{sorted(changed)} were changed"


def _heard(shopper: Shopper) -> str:
    return "\n".join(
        f"  {each['author']['kind']}: {each['text']} {[button['title'] for button in each['buttons']] or ''}"
        for each in shopper.seen
    )
