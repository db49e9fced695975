"""Any interleaving of a shopper, a bot that fails and crashes, agents who come and go: one owner, and nothing lost."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy.engine import Connection

from bot.conversations.errors import LeaseLost, NotOwner
from bot.conversations.records import Handoff, Turn
from bot.conversations.turns import LEASE
from bot.desk.people.agent import Agent
from bot.desk.queue.claims import AlreadyTaken, NotPresent, claim, release, take_over
from bot.desk.queue.events import Outcome
from bot.desk.queue.resolve import reopen, resolve
from bot.desk.queue.snooze import snooze
from bot.desk.queue.transfer import transfer_to_agent, transfer_to_team
from tests.conversations.play import Play
from tests.desk.fresh_logs import FreshLogs
from tests.desk.owner_promises import check_promises, look_at
from tests.desk.room import Room

T = TypeVar("T")
ANYBODY = st.integers(0, 2)  # the third is a supervisor
MOSTLY_ITS_OWNER = st.sampled_from([0, 1, 2, None, None, None, None])
RUNNERS = st.sampled_from(["r1", "r2"])
WHICH = st.integers(0, 9)  # of those there are


@pytest.fixture(scope="module")
def logs() -> Iterator[FreshLogs]:
    opened = FreshLogs()
    yield opened
    opened.close()


class OwnerMachine(RuleBasedStateMachine):
    """Who of two wins is anybody's guess, so what is drawn may not depend on it: no preconditions, rules look first."""

    def __init__(self, logs: FreshLogs, assignment: str) -> None:
        super().__init__()
        self.run = logs.run
        self.room = Room(logs.open(), assignment=assignment)
        self.people = [
            self.run(self.room.agent("Aini", teams=["returns"])),
            self.run(self.room.agent("Budi", teams=["support"])),
            self.run(self.room.agent("Siti", role="supervisor")),
        ]
        self.play: Play = self.run(self.room.shopper())
        self.accepted: set[str] = set()  # client ids of what was taken from shopper and agents
        self.running: list[tuple[str, Turn]] = []  # what runners believe they run
        self.unanswered = False  # the shopper has asked people something
        self.before = self.run(self.room.row(self.play))

    def teardown(self) -> None:
        self.run(self.room.log.close())

    # The shopper.

    @rule(at_once=st.booleans())
    def shopper_writes(self, at_once: bool) -> None:
        client_id = f"s{len(self.accepted)}"
        posted = self.run(self.play.says("hello", client_id, runner="r1" if at_once else None))
        self.accepted.add(client_id)
        if posted.begun is not None:
            self.running.append(("r1", posted.begun))
        self.unanswered = posted.turn_id is None

    @rule()
    def shopper_sends_again_what_was_taken(self) -> None:
        client_id = next((each for each in sorted(self.accepted) if each.startswith("s")), None)
        if client_id is not None:
            assert self.run(self.play.says("hello", client_id)).new == []

    # The bot.

    @rule()
    def shopper_wants_a_person(self) -> None:
        if not self._the_bot_has_it():
            return
        self.shopper_writes(at_once=True)
        while self.running and not self.unanswered:
            runner, turn = self.running.pop()
            with suppress(LeaseLost):
                self.run(self.play.answers(turn, runner=runner, handoff=Handoff("wish_for_person", {})))
                self.unanswered = True

    @rule(runner=RUNNERS)
    def runner_begins(self, runner: str) -> None:
        turn = self.run(self.play.begins(runner))
        if turn is not None:
            assert self._the_bot_has_it()
            self.running.append((runner, turn))

    @rule(which=WHICH, hands_over=st.booleans())
    def bot_answers(self, which: int, hands_over: bool) -> None:
        if not self.running:
            return
        runner, turn = self._one_that_runs(which)
        handoff = Handoff("wish_for_person", {}) if hands_over else None
        try:
            finished = self.run(self.play.answers(turn, runner=runner, handoff=handoff))
        except LeaseLost:
            return
        if finished.owner is not None:
            self.unanswered = True

    @rule(which=WHICH, lasting=st.booleans())
    def bot_fails(self, which: int, lasting: bool) -> None:
        if not self.running:
            return
        runner, turn = self._one_that_runs(which)
        try:
            if not lasting:
                self.run(self.play.fails(turn, runner))
            elif self.run(self.play.gives_up(turn, runner)).owner is not None:
                self.unanswered = True
        except LeaseLost:
            pass

    @rule(which=WHICH)
    def runner_dies_and_its_lease_runs_out(self, which: int) -> None:
        if self.running:
            self._one_that_runs(which)
            self._later(LEASE * 2)

    # Agents.

    @rule(who=ANYBODY)
    def agent_claims(self, who: int) -> None:
        owner = self.before.owner_kind, self.before.owner_id
        agent = self.people[who]
        try:
            outcome = self._write(lambda connection: claim(connection, self.play.id, agent, self.room.now))
        except AlreadyTaken as refused:
            told = refused.owner
        else:
            assert outcome.changed == (owner[0] == "queue")
            return
        assert (told.kind, told.id) == owner
        assert owner[0] != "queue"

    @rule()
    def two_claim_at_once(self) -> None:
        in_queue = self.before.owner_kind == "queue"

        async def both() -> list[Any]:
            tries = [self._claim_later(agent) for agent in self.people[:2]]
            return await asyncio.gather(*tries, return_exceptions=True)

        won = [each for each in self.run(both()) if isinstance(each, Outcome) and each.changed]
        assert len(won) == in_queue

    @rule()
    def supervisor_takes_over(self) -> None:
        was_bot, now = self.before.owner_kind == "bot", self.room.now
        self._write(lambda connection: take_over(connection, self.play.id, self.people[2], self.room.rules, now))
        if was_bot:
            self.unanswered = self.run(self.room.row(self.play)).waiting_since is not None

    @rule(which=WHICH)
    def supervisor_takes_over_before_the_bot_has_answered(self, which: int) -> None:
        if not self._the_bot_has_it():
            return
        self.shopper_writes(at_once=True)
        self.before = self.run(self.room.row(self.play))
        self.supervisor_takes_over()
        self.bot_answers(which, hands_over=False)

    @rule(who=MOSTLY_ITS_OWNER)
    def agent_releases(self, who: int | None) -> None:
        self._as_owner(who, lambda c, agent: release(c, self.play.id, agent, self.room.rules, self.room.now))

    @rule(who=MOSTLY_ITS_OWNER, whom=ANYBODY)
    def agent_transfers_to_an_agent(self, who: int | None, whom: int) -> None:
        how: dict[str, Any] = {"note": "", "rules": self.room.rules, "config": self.room.config, "now": self.room.now}
        to = self.people[whom]
        self._as_owner(who, lambda c, agent: transfer_to_agent(c, self.play.id, to, by=agent, **how))

    @rule(who=MOSTLY_ITS_OWNER)
    def agent_transfers_to_a_team(self, who: int | None) -> None:
        how: dict[str, Any] = {"note": "please", "rules": self.room.rules, "now": self.room.now}
        self._as_owner(who, lambda c, agent: transfer_to_team(c, self.play.id, "returns", by=agent, **how))

    @rule(who=MOSTLY_ITS_OWNER, minutes=st.sampled_from([1, 20, 600]))
    def agent_snoozes(self, who: int | None, minutes: int) -> None:
        until = self.room.now + timedelta(minutes=minutes)
        if self._as_owner(who, lambda c, agent: snooze(c, self.play.id, agent, until, self.room.now)):
            self.unanswered = False

    @rule(who=MOSTLY_ITS_OWNER)
    def agent_resolves(self, who: int | None) -> None:
        if self._as_owner(who, lambda c, agent: resolve(c, self.play.id, agent, question=str, now=self.room.now)):
            self.unanswered = False

    @rule(who=MOSTLY_ITS_OWNER)
    def agent_reopens(self, who: int | None) -> None:
        how: dict[str, Any] = {"rules": self.room.rules, "config": self.room.config, "now": self.room.now}
        self._as_owner(who, lambda c, agent: reopen(c, self.play.id, agent, **how))

    @rule(who=MOSTLY_ITS_OWNER)
    def agent_answers(self, who: int | None) -> None:
        self._later(timedelta(seconds=1))
        agent = self._person(who)
        owns = self.before.owner_id == agent.id
        try:
            said = self.run(self.room.answers(self.play, agent))
        except NotOwner:
            assert not owns
            return
        assert owns
        self.accepted.add(said.new[0].client_id or "")
        self.unanswered = False

    @rule(who=MOSTLY_ITS_OWNER)
    def agent_hands_back(self, who: int | None) -> None:
        agent = self._person(who)
        owns = self.before.owner_id == agent.id
        try:
            self.run(self.room.hands_back(self.play, agent))
        except NotOwner:
            assert not owns
            return
        assert owns
        self.unanswered = False

    @rule(who=ANYBODY, presence=st.sampled_from(["online", "away"]))
    def agent_comes_or_goes_for_lunch(self, who: int, presence: str) -> None:
        self.run(self.room.comes(self.people[who], presence))

    # Time.

    @rule(minutes=st.sampled_from([1, 12, 30, 60 * 25]))
    def time_passes(self, minutes: int) -> None:
        self._later(timedelta(minutes=minutes))

    @rule()
    def desk_sweeps(self) -> None:
        self.run(self.room.sweep())
        assert "assign" not in self.run(self.room.sweep())

    # What holds after every step.

    @invariant()
    def the_desk_s_promises_hold(self) -> None:
        seen = self._read(lambda connection: look_at(connection, self.play.id, self.people))
        check_promises(seen, self.before, accepted=self.accepted, unanswered=self.unanswered)
        self.before = seen.row

    # How.

    def _person(self, who: int | None) -> Agent:
        """None: the agent who has the conversation, if one has."""
        if who is not None:
            return self.people[who]
        return next((each for each in self.people if each.id == self.before.owner_id), self.people[0])

    def _the_bot_has_it(self) -> bool:
        return bool(self.before.owner_kind == "bot")

    def _one_that_runs(self, which: int) -> tuple[str, Turn]:
        return self.running.pop(which % len(self.running))

    def _as_owner(self, who: int | None, act: Callable[[Connection, Agent], Outcome]) -> bool:
        """Whether it was done: only its agent and, of people's conversations, a supervisor may."""
        agent = self._person(who)
        allowed = self.before.owner_id == agent.id or (agent.may("supervise") and self.before.owner_kind != "bot")
        try:
            return self._write(lambda connection: act(connection, agent)).changed
        except NotPresent:
            assert allowed
        except NotOwner:
            assert not allowed
        return False

    async def _claim_later(self, agent: Agent) -> Outcome:
        return await self.room.write(lambda connection: claim(connection, self.play.id, agent, self.room.now))

    def _read(self, work: Callable[[Connection], T]) -> T:
        return self.run(self.room.log.read(work))

    def _write(self, work: Callable[[Connection], T]) -> T:
        return self.run(self.room.write(work))

    def _later(self, by: timedelta) -> None:
        self.room.now += by
        self.play.now = self.room.now


@pytest.mark.parametrize("assignment", ["claim", "automatic"])
def test_one_owner_and_nothing_lost_whatever_happens(logs: FreshLogs, assignment: str) -> None:
    run_state_machine_as_test(
        lambda: OwnerMachine(logs, assignment),
        settings=settings(
            max_examples=20, stateful_step_count=70, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
