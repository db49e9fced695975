"""``- name: bot.nlu.intents.IntentClassifier``: what each message wants. The model is ``bot.nlu.intent_model``."""

import hashlib
import pickle
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.examples import NotTrained, examples_of, language_of
from bot.nlu.intent_features import Reading, reading_of
from bot.nlu.intent_model import IntentModel
from bot.nlu.intent_training import train_intent_model
from bot.nlu.language import said_in
from bot.nlu.lexicon import lexicon_files
from bot.nlu.normalising import NORMALISED

RANKED = 10  # intents that a message carries


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER], is_trainable=True)
class IntentClassifier(GraphComponent):
    """Comes after ``NormaliseText``."""

    def __init__(self, storage: ModelStorage, resource: Resource, model: IntentModel | None = None) -> None:
        self._storage = storage
        self._resource = resource
        self._model = model

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "IntentClassifier":
        return cls(model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "IntentClassifier":
        with model_storage.read_from(resource) as folder:
            return cls(model_storage, resource, pickle.loads((folder / "intents.pickle").read_bytes()))  # noqa: S301 - our own model

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Changes with the concepts."""
        return hashlib.sha256(b"".join(path.read_bytes() for path in lexicon_files())).hexdigest()

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the examples."""
        examples = examples_of(training_data)
        readings = [_reading(each, language_of(each)) for each in examples]
        self._model = train_intent_model(readings, [each.get(INTENT) for each in examples])
        with self._storage.write_to(self._resource) as folder:
            (folder / "intents.pickle").write_bytes(pickle.dumps(self._model))
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Add ``intent`` and ``intent_ranking`` to each message."""
        model = self._model
        if model is None:
            raise NotTrained(type(self).__name__)
        for message in messages:
            ranking = [
                {INTENT_NAME_KEY: name, PREDICTED_CONFIDENCE_KEY: confidence}
                for name, confidence in model.ranking(_reading(message, said_in(message)))[:RANKED]
            ]
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        return messages


def _reading(message: Message, language: str) -> Reading:
    return reading_of((message.get(NORMALISED) or "").split(), message.get(TEXT) or "", language)
