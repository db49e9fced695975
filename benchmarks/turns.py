"""``python -m benchmarks.turns``: Ramah's engine beside stock Rasa, on this machine, in one run.

Takes about an hour on 2 cores, half of it training; the first time some minutes more, for an environment with
TensorFlow. ``--short`` takes a tenth of the turns, ``--no-stock`` measures Ramah alone and writes no page,
``--reuse-models`` trains nothing that a run before has trained, ``--epochs`` trains stock Rasa for less than its 100:
its answers get worse by that and its training shorter, its speed and memory stay what they are.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import shutil
import sys
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import yaml

from benchmarks import stock as stock_rasa
from benchmarks.contestants import Contestant, NotAnswered, ramah, stock, stock_server
from benchmarks.measure import FULL, SHORT, measure
from benchmarks.server import DidNotStart, Server
from benchmarks.table import PAGE, page
from benchmarks.training import TrainingFailed, train
from bot.installation import Installation, demo_installation
from bot.processes import plan as processes
from bot.processes.ports import free_port
from bot.settings import Settings

PROJECT = Path(__file__).parents[1]
FOLDER = PROJECT / ".cache" / "benchmark"
SQL = "tracker_store:\n  type: SQL\n  dialect: sqlite\n  db: rasa.db\n"
GROWS_TO = {"Ramah": 400, "stock Rasa": 400, "stock Rasa, SQL": 100}  # the SQL store takes minutes beyond


def main() -> int:
    given = _arguments()
    try:
        return _run(given)
    except (DidNotStart, NotAnswered, TrainingFailed) as trouble:
        print(trouble, file=sys.stderr)
        return 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.turns", description="Ramah's engine beside stock Rasa.")
    parser.add_argument("--short", action="store_true", help="a tenth of the turns")
    parser.add_argument("--no-stock", action="store_true", help="Ramah alone; writes no page")
    parser.add_argument("--reuse-models", action="store_true", help="train nothing that is there from a run before")
    parser.add_argument("--epochs", type=int, default=100, help="of stock Rasa's training (default: 100)")
    return parser.parse_args()


def _run(given: argparse.Namespace) -> int:
    load = os.getloadavg()[0]
    plan = SHORT if given.short else FULL
    state = FOLDER / "state"
    shutil.rmtree(state, ignore_errors=True)
    state.mkdir(parents=True)
    models, trained = _models(given)
    says = yaml.safe_load((PROJECT / "benchmarks" / "conversation.yml").read_text("utf-8"))
    installation = _installation(state, models["Ramah"])
    with ExitStack() as running:
        for process in installation.processes[:2]:  # the demo store and the action server, for all contestants
            running.enter_context(_server(process, installation))
        contestants = _contestants(installation, models, state)
        for contestant in contestants:
            print(f"Starting {contestant.name} ...", flush=True)
            running.enter_context(contestant.server)
        tell = partial(print, flush=True)
        results = asyncio.run(measure(contestants, says["light"], says["form"], plan, tell))
    for result in results:
        print(result)
    if not given.no_stock:
        command = " ".join(["python -m benchmarks.turns", *sys.argv[1:]])
        PAGE.write_text(page(results, trained, plan, command=command, load=load), "utf-8")
        print(f"Written to {PAGE.relative_to(PROJECT)}.")
    return 0


def _models(given: argparse.Namespace) -> tuple[dict[str, Path], dict[str, float]]:
    wanted = {"Ramah": ([sys.executable, "-m", "bot.engine.rasa_command"], PROJECT / "config.yml", "ramah")}
    if not given.no_stock:
        command = [str(stock_rasa.make_environment()), "-m", "rasa"]
        wanted["stock Rasa"] = (command, stock_rasa.config(given.epochs, FOLDER), "stock")
    models: dict[str, Path] = {}
    trained: dict[str, float] = {}
    for name, (command, config, file) in wanted.items():
        kept = FOLDER / f"{file}-training.json"
        if not (given.reuse_models and kept.exists()):
            print(f"Training {name} ...", flush=True)
            model, seconds = train(command, config, FOLDER, file)
            kept.write_text(json.dumps({"model": str(model), "seconds": seconds}))
        told = json.loads(kept.read_text())
        models[name], trained[name] = Path(told["model"]), told["seconds"]
    if "stock Rasa" in trained:
        trained["stock Rasa, SQL"] = trained["stock Rasa"]
    return models, trained


def _installation(state: Path, model: Path) -> Installation:
    settings = Settings(
        state_dir=state,
        gateway_port=free_port(),
        actions_port=free_port(),
        engine_url=f"http://127.0.0.1:{free_port()}",
        store_url=f"http://127.0.0.1:{free_port()}",
    )
    return demo_installation(settings, model)


def _contestants(installation: Installation, models: dict[str, Path], state: Path) -> list[Contestant]:
    settings = installation.settings
    engine = next(process for process in installation.processes if process.module == "bot.engine")
    ours = _server(engine, installation)
    found = [ramah(ours, settings.engine_url, settings.engine_key, GROWS_TO["Ramah"])]
    actions_url = f"http://127.0.0.1:{settings.actions_port}/webhook"
    if "stock Rasa" in models:
        for name, store in (("stock Rasa", ""), ("stock Rasa, SQL", SQL)):
            port = free_port()
            folder = state / name.replace(", ", "-").replace(" ", "-")
            server = stock_server(
                stock_rasa.PYTHON, models["stock Rasa"], folder, port=port, actions_url=actions_url, store=store
            )
            found.append(stock(name, server, f"http://127.0.0.1:{port}", GROWS_TO[name]))
    return found


def _server(process: processes.Process, installation: Installation) -> Server:
    command = [sys.executable, "-m", process.module, *process.arguments]
    environment = {**installation.environment, **process.environment}
    installation.logs.mkdir(parents=True, exist_ok=True)
    log = installation.logs / f"{process.module}.log"
    return Server(command, process.health_url, log, PROJECT, environment)


if __name__ == "__main__":
    sys.exit(main())
