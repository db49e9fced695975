"""The sparse pipeline without what nothing in it reads: features of single words, and sparse matrices of one row.

Only for pipelines made of components that are known to read the sentence's features and no others, and only in the
release of Rasa it was read from. ``tests/engine/test_same_answers.py`` compares the intents with Rasa's own.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
import rasa
from rasa.engine.runner.interface import GraphRunner
from rasa.nlu.classifiers.logistic_regression_classifier import LogisticRegressionClassifier
from rasa.nlu.featurizers.sparse_featurizer.count_vectors_featurizer import CountVectorsFeaturizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from scipy.sparse import coo_matrix
from scipy.special import softmax

from bot.engine.fast_graph import KNOWN_RELEASE, StraightRunner

logger = logging.getLogger(__name__)

OURS = "bot.nlu."  # components of Ramah read no features at all
READ_SENTENCES_ONLY = {
    "CountVectorsFeaturizer",
    "DomainProvider",
    "EntitySynonymMapper",
    "FallbackClassifier",
    "KeywordIntentClassifier",
    "LogisticRegressionClassifier",
    "MaskingTokenizer",
    "NLUMessageConverter",
    "RegexEntityExtractor",
    "RegexFeaturizer",
    "RegexMessageHandler",
    "WhitespaceTokenizer",
}


def skip_unread_features(runner: GraphRunner, nlu_target: str) -> None:
    """Let the featurizers and the classifier of this graph make only what is read."""
    if rasa.__version__ != KNOWN_RELEASE or not isinstance(runner, StraightRunner):
        return
    components = [component for _, _, component, _ in runner.order((nlu_target,))]
    others = [component for component in components if not _reads_sentences_only(type(component))]
    if others:
        logger.warning("%s may read features of words: NLU runs at Rasa's own pace.", type(others[0]).__name__)
        return
    for component in components:
        if type(component) is CountVectorsFeaturizer and component.vectorizers.get(TEXT):
            runner.replace(component, partial(_featurize, component, component.vectorizers[TEXT].build_analyzer()))
        elif type(component) is LogisticRegressionClassifier and _is_multinomial(component.clf):
            runner.replace(component, partial(_classify, component))


def _reads_sentences_only(component: type) -> bool:
    return component.__module__.startswith(OURS) or component.__name__ in READ_SENTENCES_ONLY


def _featurize(
    component: CountVectorsFeaturizer, analyze: Callable[[str], list[str]], messages: list[Message]
) -> list[Message]:
    """As ``CountVectorsFeaturizer.process``, the sentence only."""
    vectorizer = component.vectorizers[TEXT]
    for message in messages:
        tokens = component._get_processed_message_tokens_by_attribute(message, TEXT)
        if not tokens:
            continue
        known = (vectorizer.vocabulary_.get(term) for term in analyze(" ".join(tokens)))
        counts = sorted(Counter(index for index in known if index is not None).items())
        columns = np.fromiter((index for index, _ in counts), np.int32, len(counts))
        values = np.fromiter((count for _, count in counts), vectorizer.dtype, len(counts))
        if vectorizer.binary:
            values.fill(1)
        rows = np.zeros(len(counts), np.int32)
        features = coo_matrix((values, (rows, columns)), shape=(1, len(vectorizer.vocabulary_)))
        component.add_features_to_message(None, features, TEXT, message)
    return messages


def _is_multinomial(classifier: Any) -> bool:
    return classifier.multi_class == "auto" and classifier.solver != "liblinear" and classifier.classes_.size > 2


def _classify(component: LogisticRegressionClassifier, messages: list[Message]) -> list[Message]:
    """As ``LogisticRegressionClassifier.process``: the columns that are not zero, times their weights."""
    classifier = component.clf
    for message in messages:
        scores = classifier.intercept_.copy()
        first = 0
        for features in _of_sentence(message):
            if features.is_sparse():
                scores += classifier.coef_[:, first + features.features.col] @ features.features.data
            else:
                scores += classifier.coef_[:, first : first + features.features.shape[1]] @ features.features[0]
            first += features.features.shape[1]
        confidences = softmax(scores).tolist()
        ranking = [
            {"name": name, "confidence": confidence}
            for name, confidence in zip(classifier.classes_, confidences, strict=True)
        ]
        ranking.sort(key=lambda intent: -intent["confidence"])
        message.set(INTENT, ranking[0], add_to_output=True)
        length = component.config["ranking_length"]
        message.set(INTENT_RANKING_KEY, ranking[:length] if length > 0 else ranking, add_to_output=True)
    return messages


def _of_sentence(message: Message) -> list[Any]:
    """The sentence's features in the order that the classifier was trained with: the sparse ones first."""
    features = [
        feature for feature in message.features if feature.attribute == TEXT and feature.type == FEATURE_TYPE_SENTENCE
    ]
    return sorted(features, key=lambda feature: feature.is_dense())
