"""Whoever has the token may speak, until it expires."""

from __future__ import annotations

from datetime import timedelta

from bot.conversations.database import ConversationLog
from bot.conversations.tokens import TOKEN_DAYS, conversation_of_token, token_hash
from tests.conversations.play import Play


async def test_a_token_opens_its_own_conversation_until_it_expires(play: Play, log: ConversationLog) -> None:
    async def opens(token: str, days: float = 0) -> str | None:
        moment = play.now + timedelta(days=days)
        return await log.read(lambda connection: conversation_of_token(connection, token, moment))

    token = play.started.token
    assert await opens(token) == play.id
    assert await opens(token, TOKEN_DAYS - 0.1) == play.id
    assert await opens(token, TOKEN_DAYS + 0.1) is None
    for wrong in ("", token[:-1], token_hash(token), "\ud800", "' or 1=1 --"):
        assert await opens(wrong) is None


async def test_only_a_hash_of_the_token_is_kept(play: Play, log: ConversationLog) -> None:
    kept = await log.read(lambda c: c.exec_driver_sql("select token_hash from conversations").scalar())
    assert kept == token_hash(play.started.token)
    assert play.started.token not in kept
