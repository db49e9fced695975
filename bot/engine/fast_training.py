"""Twenty thousand examples read in seconds: Rasa hashes each of them anew, by a digest of all it holds, at every merge.

Only in the release of Rasa it was read from. Equality is Rasa's own, so the same examples count as duplicates.
"""

from __future__ import annotations

import rasa
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.engine.fast_graph import KNOWN_RELEASE


def hash_examples_quickly() -> None:
    """Let an example's hash be that of its text and intent: equal examples have equal ones."""
    if rasa.__version__ == KNOWN_RELEASE:
        Message.__hash__ = _hash


def _hash(message: Message) -> int:
    return hash((message.data.get(TEXT), message.data.get(INTENT)))
