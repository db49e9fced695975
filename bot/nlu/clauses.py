"""Two requests in one message: the first is answered, the second is kept.

``SplitClauses`` (before the tokenizer) lets every clause run through the pipeline beside its message; ``JoinClauses``
(after the classifiers) reads what they are and gives the message its first request as intent and every further one as
an entity ``second_request``. So no second classifier is needed, and each language needs its separators only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from rasa.engine.graph import GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import (
    ENTITIES,
    ENTITY_ATTRIBUTE_END,
    ENTITY_ATTRIBUTE_START,
    ENTITY_ATTRIBUTE_TYPE,
    ENTITY_ATTRIBUTE_VALUE,
    INTENT,
    INTENT_NAME_KEY,
    PREDICTED_CONFIDENCE_KEY,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.language import LANGUAGE

SPAN = "clause_span"
SECOND_REQUEST = "second_request"
LONGEST = 500  # characters; a longer text is a story, not two requests
MOST_CLAUSES = 8
FEWEST_WORDS = 2


@dataclass(frozen=True)
class Clause:
    text: str
    start: int
    end: int


def clauses_of(text: str, separators: re.Pattern[str]) -> list[Clause]:
    """The parts of a text between separators; empty when it is one part only."""
    if len(text) > LONGEST:
        return []
    clauses, start = [], 0
    for match in [*separators.finditer(text), None]:
        end = match.start() if match else len(text)
        part = text[start:end]
        if len(part.split()) >= FEWEST_WORDS:
            lead = len(part) - len(part.lstrip())
            clauses.append(Clause(part.strip(), start + lead, start + len(part.rstrip())))
        start = match.end() if match else end
    return clauses[:MOST_CLAUSES] if len(clauses) > 1 else []


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR], is_trainable=False)
class SplitClauses(GraphComponent):
    """``separators``: words between two requests; a stop, a semicolon and a line break part them in any language."""

    def __init__(self, separators: list[str]) -> None:
        words = "|".join(re.escape(word) for word in sorted(separators, key=len, reverse=True))
        self._separators = re.compile(rf"(?i)[.!?;\n]+(?:\s|$)|,\s|(?<!\w)(?:{words})(?!\w)")

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {"separators": ["and", "also"]}

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: Any, resource: Any, execution_context: Any
    ) -> "SplitClauses":  # noqa: UP037 - Rasa reads the annotations and wants no forward reference
        return cls(config["separators"])

    def process(self, messages: list[Message]) -> list[Message]:
        """Each message, followed by its clauses."""
        together: list[Message] = []
        for message in messages:
            together.append(message)
            for clause in clauses_of(message.get(TEXT) or "", self._separators):
                together.append(
                    Message({TEXT: clause.text, SPAN: (clause.start, clause.end), LANGUAGE: message.get(LANGUAGE)})
                )
        return together


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER], is_trainable=False)
class JoinClauses(GraphComponent):
    """``requests``: groups of intents; two of one group are one request. ``threshold``: of a clause's confidence."""

    def __init__(self, requests: list[list[str]], threshold: float) -> None:
        self._group = {intent: number for number, group in enumerate(requests) for intent in group}
        self._threshold = threshold

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {"requests": [], "threshold": 0.6}

    @classmethod
    def create(cls, config: dict[str, Any], model_storage: Any, resource: Any, execution_context: Any) -> "JoinClauses":  # noqa: UP037 - Rasa reads the annotations and wants no forward reference
        return cls(config["requests"], config["threshold"])

    def process(self, messages: list[Message]) -> list[Message]:
        """The messages alone again, each knowing its requests."""
        whole: list[Message] = []
        clauses: dict[int, list[Message]] = {}
        for message in messages:
            if message.get(SPAN) is None:
                whole.append(message)
            else:
                clauses.setdefault(len(whole) - 1, []).append(message)
        for index, parts in clauses.items():
            self._join(whole[index], parts)
        return whole

    def _join(self, message: Message, clauses: list[Message]) -> None:
        requests: list[Message] = []
        for clause in clauses:
            group = self._group.get(_intent(clause))
            sure = clause.get(INTENT)[PREDICTED_CONFIDENCE_KEY] >= self._threshold
            if group is not None and sure and group not in [self._group[_intent(each)] for each in requests]:
                requests.append(clause)
        unclear = _intent(message) not in self._group
        if len(requests) > 1 or (requests and unclear):
            own = self._group.get(_intent(message))
            if own is None or own != self._group[_intent(requests[0])]:
                message.set(INTENT, requests[0].get(INTENT), add_to_output=True)
            for later in requests[1:]:
                _keep_second(message, later)


def _keep_second(message: Message, clause: Message) -> None:
    """As an entity with its own entities; what belongs to it is no longer the message's."""
    start, end = clause.get(SPAN)
    own = [each for each in message.get(ENTITIES, []) if not start <= each[ENTITY_ATTRIBUTE_START] < end]
    second = {
        ENTITY_ATTRIBUTE_TYPE: SECOND_REQUEST,
        ENTITY_ATTRIBUTE_VALUE: _intent(clause),
        ENTITY_ATTRIBUTE_START: start,
        ENTITY_ATTRIBUTE_END: end,
        "text": clause.get(TEXT),
        "entities": clause.get(ENTITIES, []),
    }
    message.set(ENTITIES, [*own, second], add_to_output=True)


def _intent(message: Message) -> str:
    return str((message.get(INTENT) or {}).get(INTENT_NAME_KEY))
