"""``python -m bot.gateway``: one process that serves shoppers until it is told to stop."""

from __future__ import annotations

import socket
import sys
from typing import Any

from pydantic import ValidationError

from bot.conversations.database import ConversationLog
from bot.conversations.migrate import migrate
from bot.conversations.turns import give_back
from bot.gateway.app import make_app
from bot.gateway.customer_token import CustomerTokens
from bot.gateway.delivery import LocalDelivery
from bot.gateway.engine_client import EngineClient
from bot.gateway.logs import set_up_logs
from bot.gateway.only_one import OnlyOne
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


def main() -> int:
    set_up_logs()
    try:
        settings = Settings()
        customers = CustomerTokens(settings.customer_keys, settings.customer_audience)
        words = Words(settings.words_dir)
        library = library_of(settings, load_policy(settings.policy_file, settings.shop_time_zone))
        _need_keys(settings)
        settings.state_dir.mkdir(parents=True, exist_ok=True)
        listener = _listen(settings.gateway_host, settings.gateway_port)
    except ValidationError as error:
        return _refuse(f"A setting is wrong: RAMAH_{str(error.errors()[0]['loc'][0]).upper()}.")
    except (ValueError, OSError) as error:
        return _refuse(str(error))
    _serve(settings, words, library, customers, listener)
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


def _serve(
    settings: Settings, words: Words, library: Library, customers: CustomerTokens, listener: socket.socket
) -> None:
    log = ConversationLog(settings.conversations_url)
    engine = EngineClient(settings.engine_url, settings.engine_key, settings.engine_timeout)
    delivery = LocalDelivery()
    runner = TurnRunner(log, engine, delivery, words, settings.engine_patience)
    parts = Parts(
        settings=settings,
        log=log,
        words=words,
        library=library,
        delivery=delivery,
        runner=runner,
        limits=RateLimits(settings.pepper, settings.rate_limit_factor),
        customers=customers,
        photos=PhotoFiles(settings.state_dir / "photos"),
        receipts=ReceiptWriter(log),
    )
    app = make_app(parts)
    alone = OnlyOne(settings.state_dir / "gateway.lock")

    async def start(*_: Any) -> None:
        await migrate(log)
        if log.is_sqlite and alone.is_mine():
            # No other gateway lives: whatever was begun, its runner is gone.
            await log.write(give_back)
        runner.start()
        parts.receipts.start()

    async def stop(*_: Any) -> None:
        await runner.stop()

    async def close(*_: Any) -> None:
        await parts.receipts.stop()
        await engine.close()
        parts.photos.close()
        await log.close()

    app.register_listener(start, "before_server_start")
    app.register_listener(stop, "before_server_stop")
    app.register_listener(close, "after_server_stop")
    app.run(sock=listener, motd=False, access_log=False)


if __name__ == "__main__":
    sys.exit(main())
