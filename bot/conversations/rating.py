"""How the shopper found it: the answer to a rating card, which the desk keeps. No turn, and nobody has to answer it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.engine import Connection

from bot.conversations.append import Draft
from bot.conversations.errors import AlreadyRated, InvalidRating
from bot.conversations.queue_rules import QueueRules
from bot.conversations.records import SYSTEM, Conversation
from bot.languages import language_of

BEST = 5
LONGEST_COMMENT = 1000


@dataclass(frozen=True)
class Rating:
    score: int  # 1 to 5
    comment: str

    @property
    def text(self) -> str:
        """As it stands in the transcript."""
        return f"{self.score}/{BEST}" + (f"\n{self.comment}" if self.comment else "")


def rating_in(values: dict[str, Any]) -> Rating:
    """Raises ``InvalidRating``, which names the value."""
    score, comment = values.get("score"), values.get("comment", "")
    if isinstance(score, bool) or not isinstance(score, int) or not 1 <= score <= BEST:
        raise InvalidRating("score")
    if not isinstance(comment, str) or len(comment) > LONGEST_COMMENT:
        raise InvalidRating("comment")
    return Rating(score, comment.strip())


def leave_rating(
    connection: Connection, held: Conversation, rating: Rating, *, rules: QueueRules, now: datetime
) -> Draft:
    """Have the desk keep it; the thanks come back, not yet stored. Raises ``AlreadyRated``."""
    thanks = rules.rated(connection, held.id, score=rating.score, comment=rating.comment, language=held.speaks, now=now)
    if thanks is None:
        raise AlreadyRated
    language = language_of(held.speaks)
    return Draft(SYSTEM, thanks, response="gateway.rating_thanks", automatic=True, language=language)
