"""The action server: Rasa's own endpoint, on this machine only, with the shop opened before the first call."""

from __future__ import annotations

import asyncio
from typing import Any

import sanic
from rasa_sdk.endpoint import create_app

from actions.shop import Shop, close_shop, open_shop
from bot.orders.attempts import Attempts
from bot.orders.policy_file import load_policy
from bot.settings import Settings
from bot.store.platforms import open_store


def create_server(settings: Settings) -> sanic.Sanic:
    """The Sanic application; ``GET /health`` answers once the shop is open.

    Raises:
        bot.orders.policy_file.PolicyError: the rules can't be read.
        ValueError: a key is missing, or the store cannot be opened as it is configured.
    """
    policy = load_policy(settings.policy_file, settings.shop_time_zone)
    store = open_store(settings.store)  # connects with the first call
    app: sanic.Sanic = create_app("actions", cors_origins="")

    @app.before_server_start
    async def open_the_shop(_app: Any, _loop: Any) -> None:
        attempts = Attempts.in_state_dir(settings.state_dir, settings.pepper)
        shop = Shop(store, policy, attempts, settings)
        open_shop(shop)
        # Beside everything else: the first question about the shop then waits for nothing.
        asyncio.get_running_loop().run_in_executor(None, shop.articles.warm_up)

    @app.after_server_stop
    async def close_the_shop(_app: Any, _loop: Any) -> None:
        await close_shop()

    return app
