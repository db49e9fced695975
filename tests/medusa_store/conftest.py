"""One Medusa for the whole room; each test finds the shop as it was filled."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from tests.medusa_store.running import RunningMedusa


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningMedusa]:
    medusa = RunningMedusa(tmp_path_factory.mktemp("medusa"))
    yield medusa
    medusa.stop()


@pytest.fixture
def medusa(running: RunningMedusa) -> RunningMedusa:
    running.restore()
    return running


@pytest.fixture
def admin(medusa: RunningMedusa) -> Iterator[httpx.Client]:
    with medusa.admin() as client:
        yield client
