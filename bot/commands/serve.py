"""`ramah serve`: what a shop runs before its own store."""

from __future__ import annotations

from bot.commands.progress import console
from bot.commands.run import run, trained_model
from bot.installation import shop_installation
from bot.processes.trouble import Trouble
from bot.settings import Settings


def serve(settings: Settings) -> None:
    """Train if needed, start action server, Rasa and gateway.

    Raises:
        Trouble: when the store's key is not set or something stands in the way.
    """
    if not settings.store_key:
        raise Trouble("Name your store in ramah.toml (docs/configuration.md), or look around with `ramah demo`.")
    installation = shop_installation(settings, trained_model(settings))
    url = f"http://{settings.gateway_host}:{settings.gateway_port}"
    run(installation, lambda: console.print(f"Ramah answers at {url}/ (API documents: {url}/api). Ctrl-C ends it."))
