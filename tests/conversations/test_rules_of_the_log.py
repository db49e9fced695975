"""Any interleaving of posts, resends, runners that crash, agents and time: the log's rules hold after every step."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Coroutine, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from bot.conversations.database import ConversationLog
from bot.conversations.errors import ClientIdReused, LeaseLost
from bot.conversations.migrate import migrate
from bot.conversations.records import BOT, QUEUE, Handoff, Message, Owner, Reply, Turn
from tests.conversations.play import Play

RUNNERS = st.sampled_from(["r1", "r2", "r3"])
AGENTS = st.sampled_from([Owner("agent", "a1", "Aisyah"), Owner("agent", "a2", "Budi")])
T = TypeVar("T")


class OneLog:
    """A log for all examples (each has its own conversation in it) and the loop it runs in."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self.folder = tempfile.TemporaryDirectory()
        self.log = ConversationLog(f"sqlite:///{Path(self.folder.name) / 'log.db'}")
        self.run(migrate(self.log))

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return self.loop.run_until_complete(work)

    def close(self) -> None:
        self.run(self.log.close())
        self.loop.close()
        self.folder.cleanup()


@pytest.fixture(scope="module")
def one_log() -> Iterator[OneLog]:
    opened = OneLog()
    yield opened
    opened.close()


class RulesOfTheLog(RuleBasedStateMachine):
    def __init__(self, one_log: OneLog) -> None:
        super().__init__()
        self.run = one_log.run
        self.play = self.run(Play.begin(one_log.log))
        self.sent: dict[str, tuple[str, int]] = {}  # client id: text, seq
        self.held: list[tuple[str, Turn]] = []  # runner, turn: what runners believe they run
        self.owner = BOT
        self.taken_over_at = 0  # the last number when the bot lost the conversation
        self.owes_answers = False

    @rule(at_once=st.booleans())
    def shopper_says_something(self, at_once: bool) -> None:
        client_id = f"c{len(self.sent)}"
        posted = self.run(self.play.says("hello", client_id, runner="r1" if at_once else None))
        assert (posted.turn_id is not None) == (self.owner.kind == "bot")
        self.sent[client_id] = ("hello", posted.seq)
        if posted.begun is not None:
            self.held.append(("r1", posted.begun))

    @precondition(lambda self: self.sent)
    @rule(data=st.data(), other_words=st.booleans())
    def shopper_sends_again(self, data: st.DataObject, other_words: bool) -> None:
        client_id = data.draw(st.sampled_from(sorted(self.sent)))
        text, seq = self.sent[client_id]
        if other_words:
            with pytest.raises(ClientIdReused):
                self.run(self.play.says("something else", client_id))
            return
        posted = self.run(self.play.says(text, client_id, runner="r2"))
        assert (posted.seq, posted.new, posted.begun) == (seq, [], None)

    @precondition(lambda self: self.owes_answers and self.owner.kind == "bot")
    @rule(runner=RUNNERS)
    def runner_begins(self, runner: str) -> None:
        turn = self.run(self.play.begins(runner))
        if turn is not None:
            assert self.owner.kind == "bot"
            self.held.append((runner, turn))

    @precondition(lambda self: self.held)
    @rule(data=st.data())
    def runner_answers(self, data: st.DataObject) -> None:
        self._answer(data, None)

    @precondition(lambda self: self.held)
    @rule(data=st.data())
    def runner_answers_and_still_believes_it_runs(self, data: st.DataObject) -> None:
        self.held.append(self._answer(data, None))

    @precondition(lambda self: self.held)
    @rule(data=st.data())
    def runner_hands_over(self, data: st.DataObject) -> None:
        self._answer(data, Handoff("wish_for_person", {}))

    def _answer(self, data: st.DataObject, handoff: Handoff | None) -> tuple[str, Turn]:
        runner, turn = self.held.pop(data.draw(st.integers(0, len(self.held) - 1)))
        try:
            finished = self.run(self.play.answers(turn, Reply(f"To {turn.id}."), runner=runner, handoff=handoff))
        except LeaseLost:
            return runner, turn
        assert (finished.state == "done") == (self.owner.kind == "bot")
        if finished.owner is not None:
            self._owned_by(QUEUE)
        return runner, turn

    @precondition(lambda self: self.held)
    @rule(data=st.data(), lasting=st.booleans())
    def engine_fails(self, data: st.DataObject, lasting: bool) -> None:
        runner, turn = self.held.pop(data.draw(st.integers(0, len(self.held) - 1)))
        try:
            if lasting:
                if self.run(self.play.gives_up(turn, runner)).owner is not None:
                    self._owned_by(QUEUE)
            else:
                self.run(self.play.fails(turn, runner))
        except LeaseLost:
            pass

    @precondition(lambda self: self.held)
    @rule(data=st.data())
    def runner_dies(self, data: st.DataObject) -> None:
        self.held.pop(data.draw(st.integers(0, len(self.held) - 1)))

    @precondition(lambda self: self.held)
    @rule(runner=RUNNERS)
    def runner_sleeps_past_its_lease_and_another_begins(self, runner: str) -> None:
        self.play.later()
        self.runner_begins(runner)

    @precondition(lambda self: self.owes_answers)
    @rule(seconds=st.sampled_from([1, 8, 40]))
    def time_passes(self, seconds: int) -> None:
        self.play.later(timedelta(seconds=seconds))

    @precondition(lambda self: self.held and self.owner.kind == "bot")
    @rule(agent=AGENTS)
    def agent_takes_the_conversation_in_a_turn(self, agent: Owner) -> None:
        assert self.run(self.play.moves(self.owner, agent))
        self._owned_by(agent)

    @precondition(lambda self: self.owner.kind != "bot")
    @rule()
    def conversation_goes_back_to_the_bot(self) -> None:
        assert self.run(self.play.moves(self.owner, BOT))
        self._owned_by(BOT)

    @precondition(lambda self: self.owner.kind != "bot")
    @rule(claimed=st.sampled_from([BOT, QUEUE]), agent=AGENTS)
    def agent_claims_from_whom_it_saw_last(self, claimed: Owner, agent: Owner) -> None:
        changed = self.run(self.play.moves(claimed, agent))
        assert changed == (claimed == self.owner)
        if changed:
            self._owned_by(agent)

    def _owned_by(self, owner: Owner) -> None:
        if owner.kind != "bot":
            self.taken_over_at = len(self.run(self.play.messages()))
        self.owner = owner

    @invariant()
    def the_rules_hold(self) -> None:
        said, turns = self.run(self.play.messages()), self.run(self.play.turns())
        self.owes_answers = any(turn.state in ("waiting", "running") for turn in turns)
        self._numbers_have_no_gaps_and_client_ids_no_twins(said)
        self._the_bot_is_silent_while_a_person_owns_the_conversation(said)
        self._every_turn_is_answered_once_or_is_a_persons(said, turns)
        self._turns_run_one_after_another([turn.state for turn in turns])
        assert self.run(self.play.conversation()).owner == self.owner

    def _numbers_have_no_gaps_and_client_ids_no_twins(self, said: list[Message]) -> None:
        assert [message.seq for message in said] == list(range(1, len(said) + 1))
        own = {message.client_id: message.seq for message in said if message.client_id}
        assert own == {client_id: seq for client_id, (_, seq) in self.sent.items()}

    def _the_bot_is_silent_while_a_person_owns_the_conversation(self, said: list[Message]) -> None:
        if self.owner.kind != "bot":
            assert {message.author.kind for message in said[self.taken_over_at :]} <= {"shopper"}

    def _every_turn_is_answered_once_or_is_a_persons(self, said: list[Message], turns: list[Any]) -> None:
        for turn in turns:
            answers = [message.text for message in said if message.turn_id == turn.id and message.author.kind == "bot"]
            assert answers == ([f"To {turn.id}."] if turn.state == "done" else [])
            assert turn.state != "waiting" or self.owner.kind == "bot"

    def _turns_run_one_after_another(self, states: list[str]) -> None:
        assert states.count("running") <= 1
        still_open = [state in ("waiting", "running") for state in states]
        assert "running" not in states or states.index("running") == still_open.index(True)


def test_rules_of_the_log(one_log: OneLog) -> None:
    run_state_machine_as_test(
        lambda: RulesOfTheLog(one_log),
        settings=settings(
            max_examples=25, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
