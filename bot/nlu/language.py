"""``- name: bot.nlu.language.DetectLanguage``: which language each message is in.

Adds ``language`` to the message: ``{"code": "id", "scores": {"en": …, "id": …, "ms": …}}``. It speaks of this message
alone; what the conversation so far says is weighed by ``bot.nlu.language_choice``.
"""

import pickle
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.examples import NotTrained, examples_of, language_of
from bot.nlu.language_model import LanguageModel, train_language_model

LANGUAGE = "language"


def said_in(message: Message) -> str:
    """The language that ``DetectLanguage`` found."""
    return str(message.get(LANGUAGE)["code"])


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER], is_trainable=True)
class DetectLanguage(GraphComponent):
    """Learns the languages from the examples; needs two at least."""

    def __init__(self, storage: ModelStorage, resource: Resource, model: LanguageModel | None = None) -> None:
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
    ) -> "DetectLanguage":
        return cls(model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "DetectLanguage":
        with model_storage.read_from(resource) as folder:
            return cls(model_storage, resource, pickle.loads((folder / "languages.pickle").read_bytes()))  # noqa: S301 - our own model

    def train(self, training_data: TrainingData) -> Resource:
        """Learn which words and letters tell the languages."""
        examples = examples_of(training_data)
        self._model = train_language_model([each.get(TEXT) for each in examples], [language_of(e) for e in examples])
        with self._storage.write_to(self._resource) as folder:
            (folder / "languages.pickle").write_bytes(pickle.dumps(self._model))
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """An example's language is known."""
        for message in examples_of(training_data):
            message.set(LANGUAGE, {"code": language_of(message), "scores": {}})
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Add ``language`` to each message."""
        model = self._model
        if model is None:
            raise NotTrained(type(self).__name__)
        for message in messages:
            scores = model.scores(message.get(TEXT) or "")
            found = {"code": max(scores, key=lambda language: scores[language]), "scores": scores}
            message.set(LANGUAGE, found, add_to_output=True)
        return messages
