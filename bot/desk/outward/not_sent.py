"""Why something did not leave the house."""

from __future__ import annotations


class NotSent(Exception):
    """``code``: one short word for the log and the outbox.

    ``lasting``: sending it again cannot help; ``after``: seconds that the other side asked us to wait.
    """

    def __init__(self, code: str, *, lasting: bool = False, after: float = 0.0) -> None:
        super().__init__(code)
        self.code = code
        self.lasting = lasting
        self.after = after
