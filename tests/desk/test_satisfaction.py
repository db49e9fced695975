"""The shopper is asked once how it was, and answers once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import select, update

from bot.conversations.errors import AlreadyRated, InvalidRating
from bot.conversations.records import Message
from bot.conversations.tables import conversations
from bot.desk.outward.satisfaction import ask
from bot.desk.tables import satisfaction
from tests.desk.outward_play import OutwardPlay


@pytest_asyncio.fixture
async def play(tmp_path: Path) -> AsyncIterator[OutwardPlay]:
    """With an agent who has answered."""
    async with OutwardPlay.opened(tmp_path) as opened:
        await opened.asks_for_a_person()
        await opened.is_claimed()
        await opened.agent_says("Done, it is on its way.", "c1")
        yield opened


async def _asked(play: OutwardPlay) -> list[Message]:
    return await play.log.write(
        lambda connection: ask(connection, play.id, None, lambda language: f"How was it ({language})?", play.now)
    )


async def _token(play: OutwardPlay) -> str:
    [question] = await _asked(play)
    assert question.card is not None
    return str(question.card["submit"])


async def _kept(play: OutwardPlay) -> Any:
    return await play.log.read(lambda connection: connection.execute(select(satisfaction)).one())


async def _resolved(play: OutwardPlay) -> None:
    values = {"status": "resolved", "resolved_at": play.now}
    await play.log.write(lambda connection: connection.execute(update(conversations).values(**values)))


async def test_the_question_is_asked_once_with_a_card(play: OutwardPlay) -> None:
    [question] = await _asked(play)
    assert question.text == "How was it (en)?"
    assert question.card is not None
    assert {**question.card, "submit": "…"} == {"type": "rating", "submit": "…", "comment": True}
    assert await _asked(play) == []


async def test_a_conversation_in_which_no_person_has_answered_is_not_asked_about(tmp_path: Path) -> None:
    async with OutwardPlay.opened(tmp_path) as play:
        await play.asks_for_a_person()
        await play.is_claimed()
        assert await _asked(play) == []


async def test_the_answer_is_kept_and_thanked_for_and_wakes_nobody(play: OutwardPlay) -> None:
    token = await _token(play)
    await _resolved(play)
    posted = await play.chooses(token, score=4, comment="  Quick and kind, terima kasih  ")
    assert [(message.author.kind, message.text) for message in posted.new] == [
        ("shopper", "4/5\nQuick and kind, terima kasih"),
        ("system", "Thank you for telling us."),
    ]
    assert (posted.turn_id, posted.owner) == (None, None)
    kept = await _kept(play)
    assert (kept.score, kept.comment) == (4, "Quick and kind, terima kasih")
    row = await play.log.read(lambda connection: connection.execute(select(conversations)).one())
    assert (row.status, row.waiting_since) == ("resolved", None)


async def test_a_score_without_a_word_is_an_answer(play: OutwardPlay) -> None:
    await play.chooses(await _token(play), score=1)
    assert ((await _kept(play)).score, (await _kept(play)).comment) == (1, None)


async def test_a_second_answer_is_refused_and_a_resend_is_the_first(play: OutwardPlay) -> None:
    token = await _token(play)
    first = await play.chooses(token, "r1", score=5)
    assert (await play.chooses(token, "r1", score=5)).seq == first.seq
    with pytest.raises(AlreadyRated):
        await play.chooses(token, score=1)
    assert (await _kept(play)).score == 5
    assert (await play.messages())[-1].text == "Thank you for telling us."


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({}, "score"),
        ({"score": 0}, "score"),
        ({"score": 6}, "score"),
        ({"score": True}, "score"),
        ({"score": "5"}, "score"),
        ({"score": 4.5}, "score"),
        ({"score": 4, "comment": "x" * 1001}, "comment"),
        ({"score": 4, "comment": {"$gt": ""}}, "comment"),
    ],
)
async def test_what_is_no_rating_is_refused_and_stores_nothing(
    play: OutwardPlay, values: dict[str, Any], field: str
) -> None:
    token = await _token(play)
    before = len(await play.messages())
    with pytest.raises(InvalidRating) as refused:
        await play.chooses(token, **values)
    assert refused.value.field == field
    assert len(await play.messages()) == before
    assert (await _kept(play)).score is None
