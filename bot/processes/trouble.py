"""What went wrong at start, as one sentence that says what to do."""

from __future__ import annotations


class Trouble(Exception):
    """A start that cannot go on. The text is for a person; the command line prints it and exits with 1."""
