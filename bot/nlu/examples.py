"""The training examples as the components read them: text, intent, and the language their block names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from rasa.shared.nlu.constants import INTENT, METADATA, METADATA_INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

DEFAULT_LANGUAGE = "en"
SEEN_AT_LEAST = 2  # times; a word seen once may be a typing error
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")


class NotTrained(RuntimeError):
    """A component is asked before it was trained or loaded."""


def examples_of(data: TrainingData) -> list[Message]:
    """Messages with a text and an intent."""
    return [message for message in data.intent_examples if message.get(TEXT) and message.get(INTENT)]


def language_of(message: Message) -> str:
    """``metadata: {language: …}`` of the example's block; English where it says nothing."""
    of_intent = (message.get(METADATA) or {}).get(METADATA_INTENT) or {}
    return str(of_intent.get("language", DEFAULT_LANGUAGE))


def word_counts(texts: Iterable[tuple[str, str]]) -> dict[str, dict[str, int]]:
    """How often each word was seen, by language.

    Args:
        texts: pairs of a language and a text.
    """
    counts: dict[str, Counter[str]] = {}
    for language, text in texts:
        counts.setdefault(language, Counter()).update(_WORD.findall(text.lower()))
    return {language: _frequent(seen) for language, seen in counts.items()}


def _frequent(seen: Mapping[str, int]) -> dict[str, int]:
    return {word: count for word, count in sorted(seen.items()) if count >= SEEN_AT_LEAST}
