"""Start without reading the model's domain four times: it was checked when the model was trained.

Rasa parses its own copy of the domain to see whether it is one, once more, slowly, to check it against a schema, and
twice to read it: a third of the engine's start. Only in the one release it was read from.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import rasa
from rasa.engine.graph import ExecutionContext
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.graph_components.providers.domain_provider import DomainProvider
from rasa.shared.core.domain import Domain
from rasa.shared.utils.io import read_file, read_yaml

from bot.engine.fast_graph import KNOWN_RELEASE

FILE = "domain.yml"  # the only one that Rasa keeps in a model


def read_domain_once() -> None:
    """From now on, models that this process loads have their domain read once."""
    if rasa.__version__ == KNOWN_RELEASE:
        DomainProvider.load = classmethod(_load)


def domain_in(folder: Path) -> Domain:
    """The domain that a model keeps there."""
    return Domain.from_dict(read_yaml(read_file(folder / FILE)))


def _load(
    cls: type[DomainProvider],
    /,
    config: dict[str, Any],
    model_storage: ModelStorage,
    resource: Resource,
    execution_context: ExecutionContext,
    **kwargs: Any,
) -> DomainProvider:
    with model_storage.read_from(resource) as folder:
        return cls(model_storage, resource, domain_in(folder))
