"""The idempotency key of an order write."""

from __future__ import annotations


def write_key(conversation_id: str, turn_id: str, job: str) -> str:
    """``conversation:turn:job``: a repeated turn writes under the same key, so the store does it once.

    Raises:
        ValueError: a part is empty or holds the separator, so that two writes could share a key.
    """
    parts = (conversation_id, turn_id, job)
    if any(not part or ":" in part for part in parts):
        raise ValueError("a write needs a conversation, a turn and a job, none of them with a colon")
    return ":".join(parts)
