"""The engine process: a Sanic app on 127.0.0.1 that serves the turns channel and nothing else of Rasa."""

from __future__ import annotations

import asyncio
import gc
import logging
import socket
from pathlib import Path

from rasa.core.agent import Agent
from rasa.core.channels.channel import register
from rasa.model import get_latest_model
from rasa.utils.log_utils import configure_structlog
from sanic import Sanic

from bot.engine.action_endpoint import ActionEndpoint
from bot.engine.channel import TurnChannel
from bot.engine.fast_actions import prepare_actions
from bot.engine.fast_domain import read_domain_once
from bot.engine.fast_graph import faster
from bot.engine.fast_rules import index_rules
from bot.engine.fast_trackers import remember_histories
from bot.engine.responses import LanguageFirst
from bot.engine.tracker_store import TurnTrackerStore
from bot.settings import Settings

logger = logging.getLogger(__name__)

HOST = "127.0.0.1"


class NoModel(Exception):
    """There is no model to load; the sentence says where it was looked for."""


class PortTaken(Exception):
    """Another process listens there; the sentence names the port."""


def model_at(place: Path) -> Path:
    """The model file itself, or the newest of a folder.

    Raises:
        NoModel: there is none.
    """
    found = str(place) if place.is_file() else get_latest_model(str(place))
    if not found:
        raise NoModel(f"There is no dialogue model at {place}: run `ramah train` first.")
    return Path(found)


def load(model: Path, settings: Settings) -> Agent:
    """The agent with its model, tracker store and action server; takes some seconds."""
    configure_structlog(logging.WARNING)  # unconfigured it prints what shoppers say
    read_domain_once()
    agent = Agent.load(
        str(model),
        tracker_store=TurnTrackerStore(settings.trackers_url),
        action_endpoint=ActionEndpoint(
            f"http://127.0.0.1:{settings.actions_port}/webhook", settings.seconds_for_an_action
        ),
        generator=LanguageFirst(),  # the agent gives it the model's responses
    )
    prepare_actions()
    remember_histories()
    processor = agent.processor
    processor.graph_runner = faster(processor.graph_runner)
    index_rules(processor.graph_runner)
    gc.collect()
    gc.freeze()  # what is loaded stays: the collector need not look through it at every turn
    return agent


def make_app(model: Path, settings: Settings) -> Sanic:
    """The app; it answers at once, with 503 until the model is loaded."""
    app = Sanic("ramah_engine", configure_logging=False)
    app.config.KEEP_ALIVE_TIMEOUT = 75  # seconds
    app.config.RESPONSE_TIMEOUT = 120
    app.config.REQUEST_MAX_SIZE = 1_000_000  # bytes
    app.ctx.agent = None
    register([TurnChannel(settings.engine_key)], app, route="/webhooks/")

    async def load_model(app: Sanic) -> None:
        try:
            app.ctx.agent = await asyncio.get_running_loop().run_in_executor(None, load, model, settings)
        except Exception:
            logger.exception("The dialogue model at %s could not be loaded.", model)
            app.ctx.failed = True
            app.stop()

    async def start_loading(app: Sanic, _: asyncio.AbstractEventLoop) -> None:
        app.add_task(load_model(app))

    async def close(app: Sanic, _: asyncio.AbstractEventLoop) -> None:
        if app.ctx.agent:
            await app.ctx.agent.action_endpoint.close()
            app.ctx.agent.tracker_store._tracker_store.close()

    app.ctx.failed = False
    app.register_listener(start_loading, "after_server_start")
    app.register_listener(close, "after_server_stop")
    return app


def serve(port: int, place: Path) -> int:
    """Serve until told to stop.

    Returns:
        the exit code: 1 if the model could not be loaded.

    Raises:
        NoModel: there is no model.
        PortTaken: the port is not free.
        WrongSetUp: there is no key.
    """
    settings = Settings()
    app = make_app(model_at(place), settings)
    with _listen(port) as listening:  # Sanic itself would log a taken port and end as if all were well
        app.run(sock=listening, workers=1, access_log=False, motd=False)
    return 1 if app.ctx.failed else 0


def _listen(port: int) -> socket.socket:
    try:
        return socket.create_server((HOST, port), backlog=100)
    except OSError as error:
        raise PortTaken(f"Port {port} cannot be listened to ({error.strerror}): choose another with --port.") from error
