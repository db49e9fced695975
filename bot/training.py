"""Train the dialogue model if, and only if, what it is made from changed."""

from __future__ import annotations

import fcntl
import hashlib
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

from bot.processes.trouble import Trouble

INPUTS = ("config.yml", "domain.yml", "data/nlu", "data/lexicons", "data/stories", "data/responses", "bot/nlu")
MODELS_KEPT = 3

Tell = Callable[[str], None]


def fingerprint(project: Path) -> str:
    """A hash over everything the model is made from: the trainers' files, our components, Rasa's version."""
    digest = hashlib.sha256(version("rasa").encode())
    for path in _input_files(project):
        digest.update(str(path.relative_to(project)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def model_path(project: Path) -> Path:
    """Where the model of today's inputs lies, or will lie once trained."""
    return project / "models" / f"ramah-{fingerprint(project)}.tar.gz"


def train_if_changed(project: Path, log: Path, tell: Tell, force: bool = False) -> Path:
    """The model of today's inputs, trained now if it is not there.

    Args:
        project: the folder with ``domain.yml`` and ``data/``.
        log: where Rasa's own words go.
        tell: is told each stage.

    Raises:
        Trouble: when Rasa could not train; the sentence quotes its reason.
    """
    with _one_at_a_time(project):
        model = model_path(project)
        if force or not model.exists():
            tell("starting Rasa")
            _run_rasa(project, model, log, tell)
            if model_path(project) != model:
                model.unlink()
                raise Trouble("The training data changed while the model was trained from it; train again.")
            _forget_old_models(model.parent)
        model.touch()  # Rasa's own commands take the newest
    return model


@contextmanager
def _one_at_a_time(project: Path) -> Iterator[None]:
    """Two trainings at once would take half-written parts from each other through Rasa's cache."""
    models = project / "models"
    models.mkdir(exist_ok=True)
    with (models / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # given back when the file is closed, even by a crash
        yield


def _run_rasa(project: Path, model: Path, log: Path, tell: Tell) -> None:
    log.parent.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "bot.processes.child", str(os.getpid()), "bot.engine.rasa_command", "train"]
    command += ["--force"]  # Rasa's cache gives a moved component's parts back under their old name
    command += ["--skip-validation"]  # `ramah check` does it, and says more; here it would read all examples twice
    unfinished = model.with_name(f"unfinished-{model.name}")
    command += ["--fixed-model-name", unfinished.name.removesuffix(".tar.gz"), "--out", str(model.parent)]
    with (
        log.open("w") as written,
        subprocess.Popen(  # noqa: S603 - the command is ours
            command, cwd=project, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
        ) as training,
    ):
        try:
            for line in training.stdout or ():
                written.write(line)
                if "Starting to train component" in line:
                    tell(line.split("'")[1])
        except BaseException:
            training.terminate()
            raise
    if training.returncode != 0 or not unfinished.exists():
        unfinished.unlink(missing_ok=True)
        raise Trouble(f"Training failed: {_reason(log)} All of it is in {log}.")
    unfinished.replace(model)


def _reason(log: Path) -> str:
    """The line that says most: the last one that names an error, else the last one."""
    lines = [line.strip() for line in log.read_text(errors="replace").splitlines() if line.strip()]
    named = [line for line in lines if "rror" in line or "xception" in line]
    return (named or lines or ["Rasa said nothing."])[-1][:300]


def _forget_old_models(folder: Path) -> None:
    models = sorted(folder.glob("ramah-*.tar.gz"), key=lambda path: path.stat().st_mtime, reverse=True)
    for old in models[MODELS_KEPT:]:
        old.unlink()


def _input_files(project: Path) -> Iterator[Path]:
    for name in INPUTS:
        place = project / name
        if place.is_file():
            yield place
        yield from sorted(path for path in place.rglob("*") if path.suffix in {".yml", ".yaml", ".py", ".txt", ".json"})
