"""Two requests in one message: the first is answered, the second is kept; one "or" the other is not guessed.

``SplitClauses`` (before the tokenizer) lets every clause run through the pipeline beside its message; ``JoinClauses``
(after the classifiers) reads what they are and gives the message its first request as intent and every further one as
an entity ``second_request``. So no second classifier is needed, and each language needs its separators only.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
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
    INTENT_RANKING_KEY,
    PREDICTED_CONFIDENCE_KEY,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.language import LANGUAGE
from bot.nlu.likely_requests import NOT_UNDERSTOOD

SPAN = "clause_span"
INSTEAD = "clause_instead"  # whether the clause stands behind an "or"
VERY_SURE = 0.9  # of the first of two requests, whatever the whole message looks like
QUITE_SURE = 0.8  # of a whole that is neither of two requests
EVEN = 0.5  # the confidence of each of two requests with an "or" between them
SECOND_REQUEST = "second_request"
LONGEST = 500  # characters; a longer text is a story, not two requests
MOST_CLAUSES = 8
BOTH = 2
FEWEST_WORDS = 2


@dataclass(frozen=True)
class Clause:
    """``instead``: an "or" stands before it."""

    text: str
    start: int
    end: int
    instead: bool = False


def clauses_of(text: str, separators: re.Pattern[str]) -> list[Clause]:
    """The parts of a text between separators; empty when it is one part only.

    Args:
        separators: its group ``or``, if it has one, matches those between two things of which one is meant.
    """
    if len(text) > LONGEST:
        return []
    clauses, start, instead = [], 0, False
    for match in [*separators.finditer(text), None]:
        end = match.start() if match else len(text)
        alternative = bool(match and match.groupdict().get("or"))
        part = text[start:end]
        fewest = 1 if instead or alternative else FEWEST_WORDS
        if len(part.split()) >= fewest:
            lead = len(part) - len(part.lstrip())
            clauses.append(Clause(part.strip(), start + lead, start + len(part.rstrip()), instead))
        start, instead = (match.end() if match else end), alternative
    return clauses[:MOST_CLAUSES] if len(clauses) > 1 else []


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR], is_trainable=False)
class SplitClauses(GraphComponent):
    """``separators``: words between two requests; a stop, a semicolon and a line break part them in any language.

    ``alternatives``: words between two things of which one is meant.
    """

    def __init__(self, separators: list[str], alternatives: list[str]) -> None:
        words, instead = _any_of(separators), _any_of(alternatives)
        self._separators = re.compile(rf"(?i)[.!?;\n]+(?:\s|$)|,\s|(?<!\w)(?:(?P<or>{instead})|(?:{words}))(?!\w)")

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {"separators": ["and", "also"], "alternatives": ["or"]}

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: Any, resource: Any, execution_context: Any
    ) -> "SplitClauses":  # noqa: UP037 - Rasa reads the annotations and wants no forward reference
        return cls(config["separators"], config["alternatives"])

    def process(self, messages: list[Message]) -> list[Message]:
        """Each message, followed by its clauses."""
        together: list[Message] = []
        for message in messages:
            together.append(message)
            for clause in clauses_of(message.get(TEXT) or "", self._separators):
                span = (clause.start, clause.end)
                known = {TEXT: clause.text, SPAN: span, INSTEAD: clause.instead, LANGUAGE: message.get(LANGUAGE)}
                together.append(Message(known))
        return together


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER], is_trainable=False)
class JoinClauses(GraphComponent):
    """``requests``: groups of intents; two of one group are one request. ``threshold``: of a clause's confidence.

    ``sure``: of what a message is for, if that is a request; below, it is not understood, and the bot asks.

    ``questions``: intents that can be answered beside a request or another question, without beginning anything; each
    with the requests that its words rather belong to ("where is it, you said 3 days").
    """

    def __init__(
        self,
        requests: list[list[str]],
        threshold: float,
        questions: Mapping[str, Collection[str]],
        sure: float = 0.0,
    ) -> None:
        self._group = {intent: number for number, group in enumerate(requests) for intent in group}
        self._threshold = threshold
        self._questions = questions
        self._needed = sure

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {"requests": [], "threshold": 0.6, "questions": {}, "sure": 0.0}

    @classmethod
    def create(cls, config: dict[str, Any], model_storage: Any, resource: Any, execution_context: Any) -> "JoinClauses":  # noqa: UP037 - Rasa reads the annotations and wants no forward reference
        return cls(config["requests"], config["threshold"], config["questions"], config["sure"])

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
        for message in whole:
            if _intent(message) in self._group and _confidence(message) < self._needed:
                _leave_not_understood(message)
        return whole

    def _join(self, message: Message, clauses: list[Message]) -> None:
        if (either := self._either(message, clauses)) is not None:
            _leave_open(message, *either)
            return
        requests: list[Message] = []
        for clause in clauses:
            group = self._group.get(_intent(clause))
            if group is not None and self._sure(clause) and group not in [self._of(each) for each in requests]:
                requests.append(clause)
        unclear = self._of(message) is None or _confidence(message) < self._needed
        if len(requests) > 1 or (requests and unclear):
            groups = [self._of(each) for each in requests]
            sure = _confidence(requests[0]) >= min(_confidence(message), VERY_SURE)
            if sure and self._of(message) != groups[0]:
                message.set(INTENT, requests[0].get(INTENT), add_to_output=True)
            # What stands before the part that a surer whole is for leads up to it: "I returned it, where is my money".
            own = groups.index(self._of(message)) if self._of(message) in groups else len(groups)
            for later in requests[own + 1 :]:
                _keep_second(message, later)
        self._keep_questions(message, clauses)

    def _keep_questions(self, message: Message, clauses: list[Message]) -> None:
        """Only beside something that is itself asked for: in the answer to a form's question nothing is cut out."""
        intent = _intent(message)
        if intent not in self._group and intent not in self._questions:
            return
        known = {intent}
        for clause in clauses:
            question = _intent(clause)
            beside = question in self._questions and intent not in self._questions[question]
            if beside and question not in known and self._sure(clause):
                known.add(question)
                _keep_second(message, clause)

    def _either(self, message: Message, clauses: list[Message]) -> tuple[Message, Message] | None:
        """Two requests with an "or" between them, where the whole is no third thing."""
        if self._of(message) is None and _confidence(message) >= QUITE_SURE:
            return None
        for one, other in pairwise(clauses):
            groups = {self._of(one), self._of(other)} - {None}
            if other.get(INSTEAD) and len(groups) == BOTH and self._sure(one) and self._sure(other):
                return one, other
        return None

    def _of(self, message: Message) -> int | None:
        return self._group.get(_intent(message))

    def _sure(self, message: Message) -> bool:
        return _confidence(message) >= self._threshold


def _leave_open(message: Message, one: Message, other: Message) -> None:
    """Not understood, with both on top of the ranking: the bot asks which."""
    top = [{INTENT_NAME_KEY: _intent(each), PREDICTED_CONFIDENCE_KEY: EVEN} for each in (one, other)]
    rest = [
        each
        for each in message.get(INTENT_RANKING_KEY) or []
        if each[INTENT_NAME_KEY] not in {_intent(one), _intent(other)}
    ]
    _leave_not_understood(message)
    message.set(INTENT_RANKING_KEY, [*top, *rest], add_to_output=True)


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


def _leave_not_understood(message: Message) -> None:
    message.set(INTENT, {INTENT_NAME_KEY: NOT_UNDERSTOOD, PREDICTED_CONFIDENCE_KEY: 1.0}, add_to_output=True)


def _confidence(message: Message) -> float:
    found = message.get(INTENT) or {}
    return 0.0 if found.get(INTENT_NAME_KEY) == NOT_UNDERSTOOD else float(found[PREDICTED_CONFIDENCE_KEY])


def _any_of(words: Sequence[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) or "(?!)"


def _intent(message: Message) -> str:
    return str((message.get(INTENT) or {}).get(INTENT_NAME_KEY))
