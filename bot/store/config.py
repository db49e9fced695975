"""What an adapter is opened with: the ``[store]`` part of ``ramah.toml``, and the key from the environment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class StoreConfig:
    """``options`` are the platform's own settings; each adapter names its own and refuses others."""

    platform: str
    url: str
    key: str = field(default="", repr=False)
    options: Mapping[str, str] = field(default_factory=dict)
    state_dir: Path = Path(".ramah")  # for the journal of writes


class StoreConfigError(ValueError):
    """Its text is a sentence for the person who wrote the configuration."""
