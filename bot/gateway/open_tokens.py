"""Which conversation a shopper's token opens: looked up once for a while, since it never opens another."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable

from bot.conversations.database import ConversationLog
from bot.conversations.times import utc_now
from bot.conversations.tokens import conversation_of_token, token_hash

KEPT_SECONDS = 300.0  # so long a token may go on to open its conversation after it has expired
MOST = 20_000


class OpenTokens:
    """Hashes of tokens, never tokens, are kept in memory; what opened nothing is always looked up."""

    def __init__(self, log: ConversationLog, now: Callable[[], float] = time.monotonic) -> None:
        self._log = log
        self._now = now
        self._known: OrderedDict[str, tuple[str, float]] = OrderedDict()  # conversation, looked up at

    async def conversation(self, token: str) -> str | None:
        """The conversation's id; None if the token opens none or has expired."""
        if not 1 <= len(token) <= 200:
            return None
        key, now = token_hash(token), self._now()
        found, at = self._known.get(key, (None, 0.0))
        if found is not None and now - at < KEPT_SECONDS:
            return found
        opened = await self._log.read(lambda connection: conversation_of_token(connection, token, utc_now()))
        self._known.pop(key, None)
        if opened is not None:
            self._known[key] = (opened, now)
            if len(self._known) > MOST:
                self._known.popitem(last=False)
        return opened
