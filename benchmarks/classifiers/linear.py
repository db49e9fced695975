"""Linear classifiers: the shipped one, the same without one of its parts each, and scikit-learn's plain ones."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.naive_bayes import ComplementNB
from sklearn.pipeline import Pipeline

from benchmarks.classifiers.contender import Train
from benchmarks.classifiers.reader import Text
from bot.nlu.intent_features import IntentFeatures, Reading, reading_of
from bot.nlu.intent_model import IntentModel
from bot.nlu.intent_training import train_intent_model

Read = Callable[[Text], Reading]
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?|\?")


def shipped(text: Text) -> Reading:
    """All that the shipped classifier sees."""
    return reading_of(text.words, text.typed, text.language)


def without_normaliser(text: Text) -> Reading:
    return reading_of(_WORD.findall(text.typed.lower()), text.typed, text.language)


def without_stems(text: Text) -> Reading:
    return Reading(text.words, shipped(text).concepts, shipped(text).text)


def without_concepts(text: Text) -> Reading:
    return reading_of(text.words, text.typed, text.language, known={})


def without_pieces(text: Text) -> Reading:
    return Reading(shipped(text).words, shipped(text).concepts, "")


def pieces_only(text: Text) -> Reading:
    return Reading((), (), shipped(text).text)


def words_and_pieces(text: Text) -> Reading:
    """What there is without a word list of ours: typed words and pieces."""
    words = tuple(_WORD.findall(text.typed.lower()))
    return Reading(words, (), " ".join(words))


@dataclass(frozen=True)
class _Machines:
    model: IntentModel
    read: Read

    def judge(self, text: Text) -> NDArray[Any]:
        ranking = dict(self.model.ranking(self.read(text)))
        return np.array([ranking[name] for name in self.model.intents])


def support_vectors(read: Read) -> Train:
    """The shipped training on what ``read`` makes of a text."""

    def train(texts: Sequence[Text], intents: Sequence[str]) -> _Machines:
        return _Machines(train_intent_model([read(text) for text in texts], intents), read)

    return train


@dataclass(frozen=True)
class _Plain:
    pipeline: Pipeline

    def judge(self, text: Text) -> NDArray[Any]:
        return np.asarray(self.pipeline.predict_proba([text])[0])


class _ShippedFeatures:
    """``IntentFeatures`` as scikit-learn calls features."""

    def fit(self, texts: Sequence[Text], _: Any = None) -> _ShippedFeatures:
        self._features = IntentFeatures.learnt_from([shipped(text) for text in texts])
        return self

    def transform(self, texts: Sequence[Text]) -> Any:
        return self._features.matrix([shipped(text) for text in texts])


def _normalised(text: Text) -> str:
    return text.normalised


def _word_pairs() -> TfidfVectorizer:
    return TfidfVectorizer(
        preprocessor=_normalised, tokenizer=str.split, token_pattern=None, ngram_range=(1, 2), sublinear_tf=True
    )


def _letters() -> TfidfVectorizer:
    return TfidfVectorizer(
        preprocessor=_normalised, analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, min_df=2
    )


class _Both:
    """Words and letters side by side; scikit-learn's union takes milliseconds to ask two."""

    def __init__(self) -> None:
        self._kinds = (_word_pairs(), _letters())

    def fit(self, texts: Sequence[Text], _: Any = None) -> _Both:
        for kind in self._kinds:
            kind.fit(texts)
        return self

    def transform(self, texts: Sequence[Text]) -> Any:
        return hstack([kind.transform(texts) for kind in self._kinds]).tocsr()


def _plain(features: Callable[[], Any], classifier: Callable[[], Any]) -> Train:
    def train(texts: Sequence[Text], intents: Sequence[str]) -> _Plain:
        pipeline = Pipeline([("features", features()), ("classifier", classifier())])
        pipeline.fit(list(texts), list(intents))
        _lay_out(pipeline["classifier"])
        return _Plain(pipeline)

    return train


def _lay_out(classifier: Any) -> None:
    """Scikit-learn copies all weights for each message unless they lie feature by feature."""
    for name in ("coef_", "feature_log_prob_"):
        if hasattr(classifier, name):
            setattr(classifier, name, np.asfortranarray(getattr(classifier, name)))


def _regression() -> LogisticRegression:
    return LogisticRegression(C=10.0, class_weight="balanced", max_iter=300, tol=1e-3)


regression_on_words = _plain(_word_pairs, _regression)
regression_on_words_and_letters = _plain(_Both, _regression)
regression_on_shipped_features = _plain(_ShippedFeatures, _regression)
complement_bayes = _plain(_Both, ComplementNB)
