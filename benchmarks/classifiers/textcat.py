"""spaCy's text categorisers, without pretrained weights: a blank pipeline over normalised words."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import spacy
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from spacy.util import fix_random_seed, minibatch

from benchmarks.classifiers.contender import Train
from benchmarks.classifiers.reader import Text

SEED = 1
BATCH = 32
MOST_EPOCHS = 40
PATIENCE = 6  # epochs without a better guess of the part that is kept aside
ASIDE = 0.1  # of the training texts, to know when to stop
BAG_OF_WORDS: Mapping[str, Any] = {
    "@architectures": "spacy.TextCatBOW.v3",
    "exclusive_classes": True,
    "length": 65536,
    "ngram_size": 2,
    "no_output_layer": False,
}
CNN: Mapping[str, Any] = {
    "@architectures": "spacy.TextCatReduce.v1",
    "exclusive_classes": True,
    "use_reduce_first": False,
    "use_reduce_last": False,
    "use_reduce_max": False,
    "use_reduce_mean": True,
    "tok2vec": {
        "@architectures": "spacy.HashEmbedCNN.v2",
        "pretrained_vectors": None,
        "width": 96,
        "depth": 4,
        "embed_size": 2000,
        "window_size": 1,
        "maxout_pieces": 3,
        "subword_features": True,
    },
}


@dataclass(frozen=True)
class _Categoriser:
    pipeline: Language
    intents: list[str]

    def judge(self, text: Text) -> NDArray[Any]:
        found = self.pipeline(_doc(self.pipeline, text)).cats
        return np.array([found[name] for name in self.intents])


def categoriser(model: Mapping[str, Any], rate: float = 0.001) -> Train:
    """spaCy's ``textcat`` with this architecture, trained until it stops getting better.

    Args:
        model: the architecture.
        rate: of learning; spaCy's own default where nothing else did better.
    """

    def train(texts: Sequence[Text], intents: Sequence[str]) -> _Categoriser:
        fix_random_seed(SEED)
        names = sorted(set(intents))
        pipeline = spacy.blank("xx")
        pipeline.add_pipe("textcat", config={"model": dict(model)})
        examples = [
            Example.from_dict(_doc(pipeline, text), {"cats": {name: float(name == intent) for name in names}})
            for text, intent in zip(texts, intents, strict=True)
        ]
        chance = random.Random(SEED)
        chance.shuffle(examples)
        aside = int(len(examples) * ASIDE)
        _learn(pipeline, examples[aside:], examples[:aside], chance, rate)
        return _Categoriser(pipeline, names)

    return train


def _learn(
    pipeline: Language, examples: list[Example], aside: Sequence[Example], chance: random.Random, rate: float
) -> None:
    optimizer = pipeline.initialize(lambda: examples)
    optimizer.learn_rate = rate
    best, kept, since = -1.0, b"", 0
    for _ in range(MOST_EPOCHS):
        chance.shuffle(examples)
        for batch in minibatch(examples, BATCH):
            pipeline.update(batch, sgd=optimizer, drop=0.2)
        with pipeline.use_params(optimizer.averages):
            right = _right(pipeline, aside)
            since = 0 if right > best else since + 1
            if right > best:
                best, kept = right, pipeline.to_bytes()
        if since >= PATIENCE:
            break
    pipeline.from_bytes(kept)


def _right(pipeline: Language, examples: Sequence[Example]) -> float:
    docs = pipeline.pipe([each.reference.copy() for each in examples])
    best = [max(doc.cats, key=lambda name: doc.cats[name]) for doc in docs]
    return float(np.mean([each.reference.cats[name] for each, name in zip(examples, best, strict=True)]))


def _doc(pipeline: Language, text: Text) -> Doc:
    return Doc(pipeline.vocab, words=list(text.words) or [" "])
