"""Run by the interpreter that has stock Rasa: train DIET on what one JSON file holds, write what it says to another.

Reads ``{"train": [[text, intent], …], "asked": [text, …], "epochs": 30}``. Imports nothing of ours.
"""

import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.nlu.classifiers.diet_classifier import DIETClassifier
from rasa.nlu.featurizers.sparse_featurizer.count_vectors_featurizer import CountVectorsFeaturizer
from rasa.nlu.tokenizers.whitespace_tokenizer import WhitespaceTokenizer
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

EMPTY = "-"  # a text of which normalising left nothing; Rasa wants one


def main(told_file: str, said_file: str) -> None:
    told = json.loads(Path(told_file).read_text("utf-8"))
    messages = [Message.build(text=text or EMPTY, intent=intent) for text, intent in told["train"]]
    data = TrainingData(training_examples=messages)
    with tempfile.TemporaryDirectory() as folder:
        components = _components(Path(folder), told["epochs"])
        started = time.process_time()
        for component in components:
            if hasattr(component, "train"):
                component.train(data)
            if hasattr(component, "process_training_data"):
                data = component.process_training_data(data)
        seconds = time.process_time() - started
        intents = sorted({intent for _, intent in told["train"]})
        rows, milliseconds = [], []
        for text in told["asked"]:
            begun = time.process_time()
            message = Message.build(text=text or EMPTY)
            for component in components:
                component.process([message])
            milliseconds.append((time.process_time() - begun) * 1000)
            found = {each["name"]: each["confidence"] for each in message.get("intent_ranking")}
            rows.append([found.get(name, 0.0) for name in intents])
    said = {"intents": intents, "confidences": rows, "cpu_seconds": seconds, "milliseconds": milliseconds}
    Path(said_file).write_text(json.dumps(said), "utf-8")


def _components(folder: Path, epochs: int) -> list[Any]:
    storage, context = LocalModelStorage.create(folder), ExecutionContext(GraphSchema({}))
    wanted: list[tuple[Any, dict[str, Any]]] = [
        (WhitespaceTokenizer, {}),
        (CountVectorsFeaturizer, {}),
        (CountVectorsFeaturizer, {"analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4}),
        (
            DIETClassifier,
            {
                "epochs": epochs,
                "constrain_similarities": True,
                "entity_recognition": False,
                "random_seed": 1,
                "ranking_length": 0,
            },
        ),
    ]
    return [
        kind.create({**kind.get_default_config(), **changed}, storage, Resource(f"part-{number}"), context)
        for number, (kind, changed) in enumerate(wanted)
    ]


if __name__ == "__main__":
    main(*sys.argv[1:])
