"""Rasa without TensorFlow: empty stand-ins for the eight modules of Rasa 3.6.21 that would import it.

TensorFlow comes into Rasa through two helper modules and six components only. A bot that names none of the six runs
the same without it, in less than half the memory and a quarter of the start-up time.
"""

from __future__ import annotations

import importlib.util
import os
import sys
from types import ModuleType
from typing import Any

HELPERS = {
    "rasa.utils.tensorflow.callback": ("RasaTrainingLogger", "RasaModelCheckpoint"),
    "rasa.utils.tensorflow.data_generator": ("RasaDataGenerator", "RasaBatchDataGenerator"),
}
COMPONENTS = {
    "rasa.nlu.classifiers.diet_classifier": "DIETClassifier",
    "rasa.nlu.selectors.response_selector": "ResponseSelector",
    "rasa.core.policies.ted_policy": "TEDPolicy",
    "rasa.core.policies.unexpected_intent_policy": "UnexpecTEDIntentPolicy",
    "rasa.nlu.featurizers.dense_featurizer.convert_featurizer": "ConveRTFeaturizer",
    "rasa.nlu.featurizers.dense_featurizer.lm_featurizer": "LanguageModelFeaturizer",
}


def wanted() -> bool:
    """Whether TensorFlow is to be used: it is installed, and ``RAMAH_TENSORFLOW`` is not ``0``."""
    return os.environ.get("RAMAH_TENSORFLOW", "") != "0" and importlib.util.find_spec("tensorflow") is not None


def sentence(component: str) -> str:
    return f"{component} needs TensorFlow: pip install 'ramah[tensorflow]'"


def put_stand_ins() -> None:
    """Register the stand-ins; must run before anything of Rasa is imported.

    Raises:
        RuntimeError: one of the modules is already there, so Rasa was imported too early.
    """
    early = sorted(name for name in (*HELPERS, *COMPONENTS) if name in sys.modules)
    if early:
        raise RuntimeError(f"{early[0]} was imported before its stand-in could take its place.")
    for name, members in HELPERS.items():
        _register(name, {member: type(member, (), {}) for member in members})
    for name, component in COMPONENTS.items():
        _register(name, {component: _NeedsTensorFlow(component, (), {})})


def explain_missing_components() -> None:
    """Make Rasa's recipe answer with one plain sentence when a configuration names one of the six."""
    from rasa.engine.recipes.default_recipe import DefaultV1Recipe  # noqa: PLC0415 - Rasa comes after the stand-ins
    from rasa.shared.exceptions import InvalidConfigException  # noqa: PLC0415

    look_up = DefaultV1Recipe._from_registry

    def look_up_or_explain(name: str) -> Any:
        component = name.rpartition(".")[2]
        if component in COMPONENTS.values():
            raise InvalidConfigException(sentence(component))
        return look_up(name)

    DefaultV1Recipe._from_registry = staticmethod(look_up_or_explain)


class _NeedsTensorFlow(type):
    """What a model that was trained with TensorFlow meets when it is loaded without."""

    def __getattr__(cls, name: str) -> Any:
        if name in {"create", "load", "get_default_config"}:
            raise ImportError(sentence(cls.__name__))
        raise AttributeError(name)


def _register(name: str, members: dict[str, type]) -> None:
    module = ModuleType(name, "Stands in for Rasa's module of this name, which needs TensorFlow.")
    vars(module).update(members)
    sys.modules[name] = module
