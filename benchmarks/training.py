"""Train both contestants on the same data, each from nothing, and take the time."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from pathlib import Path

PROJECT = Path(__file__).parents[1]
DATA = ("domain.yml", "data/nlu", "data/stories", "data/responses")


class TrainingFailed(Exception):
    """Rasa could not train; the message quotes the end of its log."""


def train(command: list[str], config: Path, folder: Path, name: str) -> tuple[Path, float]:
    """Train a model of the repository's data with a configuration.

    Args:
        command: what runs Rasa's command line.
        config: the configuration.
        folder: for the copy of the data, the model and the log; nothing there is used.
        name: of the model.

    Returns:
        the model and the seconds it took.
    """
    project = folder / f"{name}-project"
    shutil.rmtree(project, ignore_errors=True)
    project.mkdir(parents=True)
    shutil.copy(config, project / "config.yml")
    for part in DATA:
        source = PROJECT / part
        if source.is_dir():
            shutil.copytree(source, project / part)
        elif source.exists():
            shutil.copy(source, project / part)
    log = folder / f"{name}-training.log"
    environment = {**os.environ, "RASA_TELEMETRY_ENABLED": "false"}
    arguments = ["train", "--out", str(folder), "--fixed-model-name", name]
    started = time.perf_counter()
    with log.open("wb") as written:
        done = subprocess.run(
            [*command, *arguments], cwd=project, env=environment, stdout=written, stderr=written, check=False
        )
    if done.returncode:
        raise TrainingFailed(f"{name}: …{log.read_text(errors='replace')[-1500:]}")
    return folder / f"{name}.tar.gz", time.perf_counter() - started
