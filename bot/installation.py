"""One installation on one machine: its settings, keys and processes, the same for the demo, a shop and the tests."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from bot.medusa_store.prepare import prepared_medusa
from bot.processes import plan
from bot.processes.keys import keys_in
from bot.settings import Settings

PROJECT = Path(__file__).resolve().parent.parent
DEMO_KEY_ID = "demo"  # the demo shop's JWT key id


@dataclass(frozen=True)
class Installation:
    settings: Settings
    processes: list[plan.Process]
    environment: dict[str, str]  # what every process gets
    logs: Path


def demo_installation(settings: Settings, model: Path, store: str = "demo") -> Installation:
    """All four processes, with keys made for this state folder and signed-in demo customers.

    Args:
        store: "demo", or "medusa", which has been prepared before (``bot.medusa_store.prepare``).
    """
    keys, settings = keys_in(settings.state_dir), with_the_demo_store(settings)
    settings = settings.copy(
        update={
            "state_dir": settings.state_dir.resolve(),
            "engine_key": settings.engine_key or keys["engine_key"],
            "store_key": settings.store_key or keys["store_key"],
            "pepper": settings.pepper or keys["pepper"],
            "customer_keys": settings.customer_keys | {DEMO_KEY_ID: keys["demo_customer_key"]},
            "demo": True,
        }
    )
    if store == "medusa":
        settings = settings.copy(update={"store_platform": store, **prepared_medusa(settings.state_dir)})
        return _assemble(settings, [plan.medusa_store(settings)], model)
    secret = settings.store_webhook_secret or keys["store_events_secret"]
    settings = settings.copy(update={"store_webhook_secret": secret})
    return _assemble(settings, [plan.demo_store(settings, settings.state_dir / "demo-store.db")], model)


def with_the_demo_store(settings: Settings) -> Settings:
    """Whatever store the shop's own file names: the demo never touches that one."""
    if settings.store_platform == "demo":
        return settings
    names = ("store_platform", "store_url", "store_key", "store_options", "store_webhook_secret")
    return settings.copy(update={name: Settings.__fields__[name].get_default() for name in names})


def shop_installation(settings: Settings, model: Path) -> Installation:
    """Action server, Rasa and gateway before a store of the shop's own."""
    keys = keys_in(settings.state_dir)
    settings = settings.copy(
        update={
            "state_dir": settings.state_dir.resolve(),
            "engine_key": settings.engine_key or keys["engine_key"],
            "pepper": settings.pepper or keys["pepper"],
        }
    )
    return _assemble(settings, [], model)


def with_files_in(project: Path, settings: Settings) -> Settings:
    """The settings with the places of the trainers' files from the root: `ramah` may be called from any folder."""
    return settings.copy(
        update={
            "policy_file": project / settings.policy_file,
            "words_dir": project / settings.words_dir,
            "articles_dir": project / settings.articles_dir,
            "products_file": project / settings.products_file,
            "recommend_file": project / settings.recommend_file,
            "desk_dir": project / settings.desk_dir,
        }
    )


def _assemble(settings: Settings, first: list[plan.Process], model: Path) -> Installation:
    settings = with_files_in(PROJECT, settings)
    processes = [*first, plan.actions(settings), plan.engine(settings, model), plan.gateway(settings)]
    return Installation(settings, processes, environment_of(settings), settings.state_dir / "logs")


def environment_of(settings: Settings) -> dict[str, str]:
    """The settings as the environment variables that ``Settings`` reads back in a child."""
    fields = json.loads(settings.json())
    return {
        f"RAMAH_{name.upper()}": value if isinstance(value, str) else json.dumps(value)
        for name, value in fields.items()
        if value is not None
    }
