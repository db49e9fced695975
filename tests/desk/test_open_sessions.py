"""Sessions are remembered for a moment, and never for longer than their end."""

from __future__ import annotations

from bot.conversations.times import utc_now
from bot.desk.people.agents import update_agent
from bot.desk.people.sessions import IDLE, begin_session, end_session
from bot.gateway.desk.open_sessions import KEPT_SECONDS, OpenSessions
from tests.desk.room import Room


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


async def test_what_this_process_ends_opens_nothing_any_more(room: Room) -> None:
    aini, sessions = await room.agent("Aini"), OpenSessions(room.log)
    begun = await room.log.write(lambda connection: begin_session(connection, aini.id, utc_now()))
    assert await sessions.session(begun.token) is not None
    await room.log.write(lambda connection: end_session(connection, begun.token))
    sessions.forget()
    assert await sessions.session(begun.token) is None


async def test_what_another_process_ends_is_over_in_a_moment(room: Room) -> None:
    clock = Clock()
    aini, sessions = await room.agent("Aini"), OpenSessions(room.log, clock)
    begun = await room.log.write(lambda connection: begin_session(connection, aini.id, utc_now()))
    assert await sessions.session(begun.token) is not None
    await room.log.write(lambda connection: end_session(connection, begun.token))
    clock.now += KEPT_SECONDS + 0.1
    assert await sessions.session(begun.token) is None


async def test_an_answer_that_was_asked_for_before_a_sign_out_is_not_kept(room: Room) -> None:
    aini, sessions = await room.agent("Aini"), OpenSessions(room.log)
    begun = await room.log.write(lambda connection: begin_session(connection, aini.id, utc_now()))
    found = await sessions.session(begun.token)
    assert found is not None
    asked = sessions.held()
    sessions.forget()  # while the hub reads
    sessions.still([found.token_hash], {found.token_hash: aini}, asked)
    await room.log.write(lambda connection: end_session(connection, begun.token))
    assert await sessions.session(begun.token) is None


async def test_the_hubs_look_keeps_a_session_and_brings_the_agent_as_they_are_now(room: Room) -> None:
    clock = Clock()
    aini, sessions = await room.agent("Aini"), OpenSessions(room.log, clock)
    begun = await room.log.write(lambda connection: begin_session(connection, aini.id, utc_now()))
    found = await sessions.session(begun.token)
    assert found is not None
    clock.now += KEPT_SECONDS - 0.1
    away = await room.log.write(lambda connection: update_agent(connection, aini.id, {"presence": "away"}))
    sessions.still([found.token_hash], {found.token_hash: away}, sessions.held())
    clock.now += KEPT_SECONDS - 0.1
    again = await sessions.session(begun.token)
    assert again is not None
    assert again.agent.presence == "away"
    sessions.still([found.token_hash], {}, sessions.held())  # it has ended meanwhile
    await room.log.write(lambda connection: end_session(connection, begun.token))
    assert await sessions.session(begun.token) is None


async def test_use_is_noted_so_that_who_works_is_not_signed_out(room: Room) -> None:
    aini, sessions = await room.agent("Aini"), OpenSessions(room.log)
    long_ago = utc_now() - IDLE * 0.9
    begun = await room.log.write(lambda connection: begin_session(connection, aini.id, long_ago))
    assert await sessions.session(begun.token) is not None
    fresh = await OpenSessions(room.log).session(begun.token)
    assert fresh is not None
    assert fresh.used_at > long_ago
