"""Rasa in the tests' own process."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module

from bot.engine import without_tensorflow

IMPORTED = ("rasa.core.agent", "rasa.core.policies.rule_policy", "rasa.validator")


def import_rasa() -> None:
    """Without TensorFlow; others may have imported it before."""
    if not set(without_tensorflow.COMPONENTS) <= set(sys.modules):
        without_tensorflow.put_stand_ins()
    with without_its_warnings():
        for name in IMPORTED:
            import_module(name)


@contextmanager
def without_its_warnings() -> Iterator[None]:
    """What its pins say when they are imported, and what it says of every domain."""
    with warnings.catch_warnings(record=True):  # a filter would not do: it sets filters of its own
        warnings.simplefilter("ignore")
        yield
