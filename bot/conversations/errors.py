"""Every way the log can say no."""

from __future__ import annotations

from bot.conversations.records import Owner


class LogError(Exception):
    """The parent of the log's errors."""


class NoConversation(LogError):
    """There is no conversation of that id."""


class ClientIdReused(LogError):
    """The client id was used before, for something else."""


class UnknownChoice(LogError):
    """No such choice was offered in this conversation."""


class ChoiceReplaced(LogError):
    """A yes or no to a confirmation that a newer one has replaced."""


class UnknownPhoto(LogError):
    """No such photo in this conversation."""


class LeaseLost(LogError):
    """Somebody else runs the turn by now, or has finished it; nothing was stored."""


class NotOwner(LogError):
    """Somebody else answers the conversation; ``owner`` is who, as ``records.Owner``."""

    def __init__(self, owner: Owner) -> None:
        super().__init__(owner.kind)
        self.owner = owner


class InvalidContact(LogError):
    """Not an email address that mail could reach."""


class InvalidRating(LogError):
    """Not a score of 1 to 5, or too long a comment; ``field`` is which."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


class AlreadyRated(LogError):
    """The conversation was rated before."""
