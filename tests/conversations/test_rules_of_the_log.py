"""Any interleaving of posts, resends, runners that crash, agents and time: the log's rules hold after every step."""

from __future__ import annotations

import asyncio
import tempfile
from datetime import timedelta
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from bot.conversations.database import ConversationLog
from bot.conversations.errors import ClientIdReused, LeaseLost
from bot.conversations.migrate import migrate
from bot.conversations.records import BOT, QUEUE, Handoff, Owner, Reply, Turn
from tests.conversations.play import Play

RUNNERS = st.sampled_from(["r1", "r2", "r3"])
AGENTS = [Owner("agent", "a1", "Aisyah"), Owner("agent", "a2", "Budi")]
CLIENT_IDS = st.sampled_from([f"c{number}" for number in range(12)])


class RulesOfTheLog(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.folder = tempfile.TemporaryDirectory()
        self.log = ConversationLog(f"sqlite:///{Path(self.folder.name) / 'log.db'}")
        self.run(migrate(self.log))
        self.play = self.run(Play.begin(self.log))
        self.sent: dict[str, tuple[str, int]] = {}  # client id: text, seq
        self.held: list[tuple[str, Turn]] = []  # runner, turn: what runners believe they run
        self.owner = BOT
        self.taken_over_at: int | None = None  # the last number when the bot lost the conversation

    def run(self, work):  # type: ignore[no-untyped-def]
        return self.loop.run_until_complete(work)

    def teardown(self) -> None:
        self.run(self.log.close())
        self.loop.close()
        self.folder.cleanup()

    @rule(client_id=CLIENT_IDS, text=st.sampled_from(["hello", "where is it"]), at_once=st.booleans())
    def shopper_sends_or_resends(self, client_id: str, text: str, at_once: bool) -> None:
        before = self.sent.get(client_id)
        try:
            posted = self.run(self.play.says(text, client_id, runner="r1" if at_once else None))
        except ClientIdReused:
            assert before is not None
            assert before[0] != text
            return
        if before is not None:
            assert before == (text, posted.seq)
            assert not posted.new
        else:
            assert (posted.turn_id is not None) == (self.owner.kind == "bot")
        self.sent[client_id] = (text, posted.seq)
        if posted.begun is not None:
            self.held.append(("r1", posted.begun))

    @rule(runner=RUNNERS)
    def runner_begins(self, runner: str) -> None:
        turn = self.run(self.play.begins(runner))
        if turn is not None:
            assert self.owner.kind == "bot"
            self.held.append((runner, turn))

    @precondition(lambda self: self.held)
    @rule(data=st.data(), handoff=st.booleans())
    def runner_answers(self, data: st.DataObject, handoff: bool) -> None:
        runner, turn = self.held.pop(data.draw(st.integers(0, len(self.held) - 1)))
        asked = Handoff("wish_for_person", {}) if handoff else None
        try:
            finished = self.run(self.play.answers(turn, Reply(f"To {turn.id}."), runner=runner, handoff=asked))
        except LeaseLost:
            return
        assert (finished.state == "done") == (self.owner.kind == "bot")
        if finished.queued:
            self._owned_by(QUEUE)

    @precondition(lambda self: self.held)
    @rule(data=st.data(), lasting=st.booleans())
    def engine_fails(self, data: st.DataObject, lasting: bool) -> None:
        runner, turn = self.held.pop(data.draw(st.integers(0, len(self.held) - 1)))
        try:
            if lasting:
                if self.run(self.play.gives_up(turn, runner)).queued:
                    self._owned_by(QUEUE)
            else:
                self.run(self.play.fails(turn, runner))
        except LeaseLost:
            pass

    @precondition(lambda self: self.held)
    @rule(data=st.data())
    def runner_crashes(self, data: st.DataObject) -> None:
        self.held.pop(data.draw(st.integers(0, len(self.held) - 1)))

    @rule(seconds=st.sampled_from([1, 8, 40]))
    def time_passes(self, seconds: int) -> None:
        self.play.later(timedelta(seconds=seconds))

    @rule(expected=st.sampled_from([BOT, QUEUE, *AGENTS]), to=st.sampled_from([BOT, QUEUE, *AGENTS]))
    def somebody_takes_the_conversation(self, expected: Owner, to: Owner) -> None:
        changed = self.run(self.play.moves(expected, to))
        assert changed == (expected == self.owner)
        if changed:
            self._owned_by(to)

    def _owned_by(self, owner: Owner) -> None:
        if owner.kind != "bot":
            self.taken_over_at = len(self.run(self.play.messages()))
        self.owner = owner

    @invariant()
    def numbers_have_no_gaps_and_client_ids_no_twins(self) -> None:
        said = self.run(self.play.messages())
        assert [message.seq for message in said] == list(range(1, len(said) + 1))
        own = [message.client_id for message in said if message.client_id]
        assert len(own) == len(set(own)) == len(self.sent)

    @invariant()
    def there_is_one_owner_the_one_who_took_it(self) -> None:
        assert self.run(self.play.conversation()).owner == self.owner

    @invariant()
    def the_bot_says_nothing_while_a_person_owns_the_conversation(self) -> None:
        if self.owner.kind != "bot":
            later = self.run(self.play.messages())[self.taken_over_at :]
            assert {message.author.kind for message in later} <= {"shopper"}

    @invariant()
    def every_turn_is_answered_once_or_is_a_persons(self) -> None:
        said = self.run(self.play.messages())
        for turn in self.run(self.play.turns()):
            answers = [message.text for message in said if message.turn_id == turn.id and message.author.kind == "bot"]
            assert answers == ([f"To {turn.id}."] if turn.state == "done" else [])
            if turn.state in ("waiting", "running"):
                assert self.owner.kind == "bot" or turn.state == "running"

    @invariant()
    def turns_run_one_after_another(self) -> None:
        states = [turn.state for turn in self.run(self.play.turns())]
        assert states.count("running") <= 1
        open_ones = [state in ("waiting", "running") for state in states]
        assert "running" not in states or states.index("running") == open_ones.index(True)


RulesOfTheLog.TestCase.settings = settings(
    max_examples=25,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
test_rules_of_the_log = RulesOfTheLog.TestCase
