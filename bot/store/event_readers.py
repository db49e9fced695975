"""How the webhooks of a platform are read: each adapter brings ``webhook.read_event`` beside itself."""

from __future__ import annotations

from importlib import import_module

from bot.store import demo_webhook
from bot.store.events import ReadEvent
from bot.store.platforms import PLATFORMS


def event_reader(platform: str) -> ReadEvent | None:
    """The reader of one of our platforms, or ``read_event`` in the module of the shop's own; None: it sends none."""
    if platform == "demo":
        return demo_webhook.read_event
    module = f"bot.store.{platform}.webhook" if platform in PLATFORMS else platform.partition(":")[0]
    try:
        found: ReadEvent | None = getattr(import_module(module), "read_event", None)
    except ModuleNotFoundError:
        return None
    return found
