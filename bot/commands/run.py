"""Run an installation in the foreground until Ctrl-C: behind `ramah demo` and `ramah serve`."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from bot.commands.progress import console, step
from bot.installation import PROJECT, Installation
from bot.processes.disk import check_room
from bot.processes.supervisor import Supervisor
from bot.settings import Settings
from bot.training import model_path, train_if_changed


def trained_model(settings: Settings, force: bool = False, project: Path = PROJECT) -> Path:
    """The model of today's training data, trained now with a moving line if need be."""
    check_room(settings.state_dir)
    if not force and model_path(project).exists():
        return train_if_changed(project, settings.state_dir / "logs" / "training.log", lambda _: None)
    with step("Training the model") as at:
        return train_if_changed(project, settings.state_dir / "logs" / "training.log", at, force)


def run(installation: Installation, say_ready: Callable[[], None]) -> None:
    """Start all processes, say so, and keep them until a signal asks to end; then end them all.

    Raises:
        Trouble: when they cannot be started or kept.
    """
    with suppress(asyncio.CancelledError):
        asyncio.run(_run(installation, say_ready))


async def _run(installation: Installation, say_ready: Callable[[], None]) -> None:
    def tell(name: str, event: str) -> None:
        if event == "died":
            console.print(f"[yellow]The {name} died and is started again.[/yellow]")

    supervisor = Supervisor(installation.processes, installation.environment, installation.logs, tell)
    main = asyncio.current_task()
    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(name, main.cancel if main else lambda: None)
    try:
        with step("Starting " + ", ".join(each.name for each in installation.processes)):
            await supervisor.start()
        say_ready()
        await supervisor.watch()
    finally:
        for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            asyncio.get_running_loop().add_signal_handler(name, lambda: None)  # once is enough; finish ending
        console.print("Ending ...")
        await supervisor.stop()
        console.print("All processes ended.")
