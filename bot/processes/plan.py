"""The one list of processes: what each is called, how it is started, and how one sees that it answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from bot.processes.ports import Listener
from bot.settings import Settings


@dataclass(frozen=True)
class Process:
    """One process of an installation.

    ``ready_within`` is in seconds; ``environment`` is added to the supervisor's own.
    """

    name: str
    module: str
    arguments: list[str]
    health_url: str
    listener: Listener
    ready_within: float
    environment: dict[str, str] = field(default_factory=dict)


def _port_of(url: str) -> int:
    port = urlsplit(url).port
    if port is None:
        raise ValueError(f"{url} names no port")
    return port


def demo_store(settings: Settings, database: Path) -> Process:
    port = _port_of(settings.store_url)
    return Process(
        name="demo store",
        module="bot.demo_store",
        arguments=["--port", str(port), "--db", str(database)],
        health_url=f"{settings.store_url}/health",
        listener=Listener("demo store", port, "RAMAH_STORE_URL"),
        ready_within=60,
        environment={
            "RAMAH_EVENTS_URL": f"http://127.0.0.1:{settings.gateway_port}/store/v1/events",
            "RAMAH_EVENTS_SECRET": next(iter(settings.store_webhook_secrets), ""),
        },
    )


def medusa_store(settings: Settings) -> Process:
    """A Medusa prepared in the state folder; what happens in it is told to the gateway."""
    port = _port_of(settings.store_url)
    return Process(
        name="Medusa",
        module="bot.medusa_store",
        arguments=["--port", str(port), "--state", str(settings.state_dir)],
        health_url=f"{settings.store_url}/health",
        listener=Listener("Medusa", port, "RAMAH_STORE_URL"),
        ready_within=180,
        environment={"RAMAH_EVENTS_URL": f"http://127.0.0.1:{settings.gateway_port}/store/v1/events"},
    )


def actions(settings: Settings) -> Process:
    port = settings.actions_port
    return Process(
        name="action server",
        module="actions",
        arguments=["--port", str(port)],
        health_url=f"http://127.0.0.1:{port}/health",
        listener=Listener("action server", port, "RAMAH_ACTIONS_PORT"),
        ready_within=60,
    )


def engine(settings: Settings, model: Path) -> Process:
    port = _port_of(settings.engine_url)
    return Process(
        name="Rasa",
        module="bot.engine",
        arguments=["--port", str(port), "--model", str(model)],
        health_url=f"{settings.engine_url}/webhooks/turns/health",
        listener=Listener("Rasa", port, "RAMAH_ENGINE_URL"),
        ready_within=120,
    )


def gateway(settings: Settings) -> Process:
    port = settings.gateway_port
    return Process(
        name="gateway",
        module="bot.gateway",
        arguments=[],
        health_url=f"http://127.0.0.1:{port}/health",
        listener=Listener("gateway", port, "RAMAH_GATEWAY_PORT"),
        ready_within=60,
    )
