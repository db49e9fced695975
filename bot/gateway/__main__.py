"""``python -m bot.gateway``: one process that serves shoppers until it is told to stop."""

from __future__ import annotations

import gc
import socket
import sys
from typing import Any

from pydantic import ValidationError

from bot.conversations.database import ConversationLog
from bot.conversations.migrate import migrate
from bot.conversations.turns import give_back
from bot.desk.people.demo_agents import shut_out
from bot.gateway.app import make_app
from bot.gateway.customer_token import CustomerTokens
from bot.gateway.delivery import LocalDelivery
from bot.gateway.desk.open_sessions import OpenSessions
from bot.gateway.desk.parts import DeskParts, open_desk
from bot.gateway.desk.sender import Sender
from bot.gateway.desk.sweeper import Sweeper
from bot.gateway.desk.tongues import wording_of
from bot.gateway.engine_client import EngineClient
from bot.gateway.logs import set_up_logs
from bot.gateway.only_one import OnlyOne
from bot.gateway.open_tokens import OpenTokens
from bot.gateway.order_watcher import OrderWatcher
from bot.gateway.parts import Parts
from bot.gateway.photo_files import PhotoFiles
from bot.gateway.rate_limit import RateLimits
from bot.gateway.receipt_writer import ReceiptWriter
from bot.gateway.runner import TurnRunner
from bot.gateway.words import Words
from bot.help_centre import library_of
from bot.knowledge.library import Library
from bot.orders.policy_file import load_policy
from bot.settings import Settings
from bot.shop_file.mistakes import ShopFileError

SWITCH_SECONDS = 0.0005  # a thread of the database never holds up the loop for the usual five milliseconds


def main() -> int:
    set_up_logs()
    try:
        settings = Settings()
        customers = CustomerTokens(settings.customer_keys, settings.customer_audience)
        words = Words(settings.words_dir)
        policy = load_policy(settings.policy_file, settings.shop_time_zone)
        library, desk = library_of(settings, policy), open_desk(settings, policy, words)
        _need_keys(settings)
        settings.state_dir.mkdir(parents=True, exist_ok=True)
        listener = _listen(settings.gateway_host, settings.gateway_port)
    except ShopFileError as error:
        _refuse(str(error))
        return 1
    except ValidationError as error:
        return _refuse(f"A setting is wrong: RAMAH_{str(error.errors()[0]['loc'][0]).upper()}.")
    except (ValueError, OSError) as error:
        return _refuse(str(error))
    _serve(settings, words, library, customers, desk, listener)
    return 0


def _need_keys(settings: Settings) -> None:
    for name in ("engine_key", "pepper"):
        if not getattr(settings, name):
            raise ValueError(f"RAMAH_{name.upper()} is not set; give it a long random value.")


def _listen(host: str, port: int) -> socket.socket:
    try:
        listener = socket.create_server((host, port), backlog=1024)
    except OSError as error:
        raise OSError(f"The gateway cannot listen on {host}:{port}: {error.strerror}.") from error
    listener.setblocking(False)
    return listener


def _refuse(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 2


def _serve(  # noqa: PLR0917 - what main has read, in one place
    settings: Settings,
    words: Words,
    library: Library,
    customers: CustomerTokens,
    desk: DeskParts,
    listener: socket.socket,
) -> None:
    log = ConversationLog(settings.conversations_url)
    engine = EngineClient(settings.engine_url, settings.engine_key, settings.seconds_for_a_turn)
    delivery = LocalDelivery()
    runner = TurnRunner(log, engine, delivery, words, desk.rules, patience=settings.engine_patience)
    parts = Parts(
        settings=settings,
        log=log,
        words=words,
        library=library,
        tokens=OpenTokens(log),
        sessions=OpenSessions(log),
        delivery=delivery,
        runner=runner,
        limits=RateLimits(settings.pepper, settings.rate_limit_factor),
        customers=customers,
        photos=PhotoFiles(settings.state_dir / "photos"),
        receipts=ReceiptWriter(log),
        desk=desk,
    )
    sender, sweeper = Sender(log, desk.outward), Sweeper(log, delivery, desk.rules)
    watcher = OrderWatcher(
        log, delivery, desk.orders, desk.policy, wording_of(parts), by_mail=desk.outward.mail is not None
    )
    app = make_app(parts, watcher)
    alone = OnlyOne(settings.state_dir / "gateway.lock")

    async def start(*_: Any) -> None:
        await migrate(log)
        if not settings.demo:
            await log.write(shut_out)
        if log.is_sqlite and alone.is_mine():
            # No other gateway lives: whatever was begun, its runner is gone.
            await log.write(give_back)
        runner.start()
        sender.start()
        sweeper.start()
        watcher.start()
        parts.receipts.start()
        _spare_the_collector()
        sys.setswitchinterval(SWITCH_SECONDS)

    async def stop(*_: Any) -> None:
        await runner.stop()
        await sender.stop()
        await sweeper.stop()
        await watcher.stop()

    async def close(*_: Any) -> None:
        await parts.receipts.stop()
        await engine.close()
        await desk.orders.close()
        parts.photos.close()
        await log.close()

    app.register_listener(start, "before_server_start")
    app.register_listener(stop, "before_server_stop")
    app.register_listener(close, "after_server_stop")
    app.run(sock=listener, motd=False, access_log=False)


def _spare_the_collector() -> None:
    """What is there from the start stays. To look through all of it now and then would hold up everybody for a while:
    a quarter of a second on a slow machine, while people wait for each other's words."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)


if __name__ == "__main__":
    sys.exit(main())
