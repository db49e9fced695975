"""Rasa's DIET, in the environment that has stock Rasa with TensorFlow (``benchmarks.stock``)."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from benchmarks.classifiers.contender import Contend, Judgements
from benchmarks.classifiers.reader import Text
from benchmarks.stock import make_environment

SCRIPT = Path(__file__).with_name("diet_script.py")
EPOCHS = 30


class DidNotTrain(Exception):
    """The script failed; the message quotes the end of what it said."""


def diet(epochs: int = EPOCHS) -> Contend:
    """DIET with stock Rasa's features, trained for so many epochs (stock Rasa: 100)."""

    def contend(texts: Sequence[Text], intents: Sequence[str], asked: Sequence[Text]) -> Judgements:
        python = make_environment()
        with tempfile.TemporaryDirectory() as folder:
            told, said = Path(folder, "told.json"), Path(folder, "said.json")
            train = [[text.normalised, intent] for text, intent in zip(texts, intents, strict=True)]
            told.write_text(
                json.dumps({"train": train, "asked": [text.normalised for text in asked], "epochs": epochs}), "utf-8"
            )
            environment = {**os.environ, "RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "2"}
            done = subprocess.run(
                [str(python), str(SCRIPT), str(told), str(said)],
                env=environment,
                capture_output=True,
                text=True,
                check=False,
            )
            if done.returncode:
                raise DidNotTrain(f"DIET: …{done.stderr[-1500:]}")
            answer = json.loads(said.read_text("utf-8"))
        return Judgements(
            answer["intents"], np.array(answer["confidences"]), answer["cpu_seconds"], answer["milliseconds"]
        )

    return contend
