"""`ramah demo`: everything on this machine, with a store of its own."""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from sqlalchemy.engine import Connection

from bot.commands.agent import on_database
from bot.commands.progress import console, step
from bot.commands.run import run, trained_model
from bot.conversations.times import utc_now
from bot.demo_store.generator.data_files import data
from bot.demo_store.generator.fixed_orders import fixed_orders
from bot.desk.config import load_desk_config
from bot.desk.people.demo_agents import DemoAgent, demo_agents, let_in
from bot.installation import demo_installation, with_the_demo_store
from bot.medusa_store.prepare import prepare
from bot.settings import Settings


def demo(settings: Settings, store: str = "demo") -> None:
    """Train if needed, start all four processes and print the addresses.

    Args:
        store: "demo", ours, or "medusa", a real one on this machine.

    Raises:
        Trouble: when something stands in the way.
    """
    settings = with_the_demo_store(settings)
    if store == "medusa":
        with step("Preparing Medusa") as at:
            prepare(settings.state_dir, settings.store_url, at)
    installation = demo_installation(settings, trained_model(settings), store)
    _write_orders_to_ask_about(installation.settings.state_dir / "demo-orders.json")
    write_products(installation.settings.state_dir / "demo-products.json")
    agents = let_demo_agents_in(installation.settings)
    url = f"http://{settings.gateway_host}:{settings.gateway_port}"
    run(installation, lambda: _say_ready(url, agents, installation.settings))


def let_demo_agents_in(settings: Settings) -> list[DemoAgent]:
    """Two agents that only this demo knows, with the passwords of its state folder."""
    agents = demo_agents(settings.state_dir)
    capacity = load_desk_config(settings).capacity

    def work(connection: Connection) -> None:
        for each in agents:
            let_in(connection, each, capacity, utc_now())

    on_database(settings, work)
    return agents


def _write_orders_to_ask_about(path: Path) -> None:
    """For the shop page: invented people only, the same as in docs/demo-orders.md."""
    hints = [
        {
            "number": order.number,
            "about": about,
            "email": order.customer.email,
            "phone": order.customer.phone,
            "postcode": order.shipping_address.postcode,
            "customer": order.customer.id,
        }
        for order, about in fixed_orders()
    ]
    path.write_text(json.dumps(hints))


def write_products(path: Path) -> None:
    """For the shop's product pages: what the catalogue says, in the shop's own currency."""
    products = [
        {
            "id": entry["id"],
            "title": entry["title"],
            "description": entry["description"],
            "price": f"RM {Decimal(str(entry['price'])):.2f}",
            "options": [{"name": name, "values": values} for name, values in entry["options"].items()],
        }
        for entry in data("products")
    ]
    path.write_text(json.dumps(products))


def _say_ready(url: str, agents: Sequence[DemoAgent], settings: Settings) -> None:
    console.print()
    console.print("[bold]Kedai Ramah is open.[/bold]")
    console.print(f"  Shop page with the widget  {url}/")
    console.print(f"  API documents              {url}/api")
    console.print(f"  Agent desk                 {url}/desk")
    for each in agents:
        line = f"    {each.name} ({each.role})".ljust(29)
        console.print(f"{line}{each.email}  {each.password}", highlight=False, markup=False)
    console.print("  Orders to ask about        docs/demo-orders.md, and on the shop page")
    if settings.store_platform == "medusa":
        console.print(f"  Medusa's Admin API         {settings.store_url}/admin (docs/stores/medusa-demo.md)")
    console.print("Ctrl-C ends everything.")
