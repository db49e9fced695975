"""``- name: bot.nlu.normalising.NormaliseText``: what each message means to say, word by word.

Adds ``normalised`` to the message. Its words are those of the examples and of ``data/lexicons``.
"""

import hashlib
import json
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.examples import NotTrained, examples_of, language_of, word_counts
from bot.nlu.language import said_in
from bot.nlu.lexicon import lexicon_files
from bot.nlu.normaliser import Normaliser

NORMALISED = "normalised"


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER], is_trainable=True)
class NormaliseText(GraphComponent):
    """Comes after ``DetectLanguage``: a short form means what it means in the message's language."""

    def __init__(self, storage: ModelStorage, resource: Resource, normaliser: Normaliser | None = None) -> None:
        self._storage = storage
        self._resource = resource
        self._normaliser = normaliser

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "NormaliseText":
        return cls(model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "NormaliseText":
        with model_storage.read_from(resource) as folder:
            return cls(model_storage, resource, Normaliser(json.loads((folder / "words.json").read_text("utf-8"))))

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Changes with the lexicons, so that a changed word is a reason to train."""
        return hashlib.sha256(b"".join(path.read_bytes() for path in lexicon_files())).hexdigest()

    def train(self, training_data: TrainingData) -> Resource:
        """Learn the examples' words."""
        counts = word_counts((language_of(each), each.get(TEXT)) for each in examples_of(training_data))
        self._normaliser = Normaliser(counts)
        with self._storage.write_to(self._resource) as folder:
            (folder / "words.json").write_text(json.dumps(counts, ensure_ascii=False), "utf-8")
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        self.process(examples_of(training_data))
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Add ``normalised`` to each message."""
        normaliser = self._normaliser
        if normaliser is None:
            raise NotTrained(type(self).__name__)
        for message in messages:
            words = normaliser.words(message.get(TEXT) or "", said_in(message))
            message.set(NORMALISED, " ".join(words), add_to_output=True)
        return messages
