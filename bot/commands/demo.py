"""`ramah demo`: everything on this machine, with a store of its own."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

from bot.commands.progress import console
from bot.commands.run import run, trained_model
from bot.demo_store.generator.data_files import data
from bot.demo_store.generator.fixed_orders import fixed_orders
from bot.installation import demo_installation
from bot.settings import Settings


def demo(settings: Settings) -> None:
    """Train if needed, start all four processes and print the addresses.

    Raises:
        Trouble: when something stands in the way.
    """
    installation = demo_installation(settings, trained_model(settings))
    _write_orders_to_ask_about(installation.settings.state_dir / "demo-orders.json")
    write_products(installation.settings.state_dir / "demo-products.json")
    run(installation, lambda: _say_ready(f"http://{settings.gateway_host}:{settings.gateway_port}"))


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


def _say_ready(url: str) -> None:
    console.print()
    console.print("[bold]Kedai Ramah is open.[/bold]")
    console.print(f"  Shop page with the widget  {url}/")
    console.print(f"  API documents              {url}/api")
    console.print("  Orders to ask about        docs/demo-orders.md, and on the shop page")
    console.print("Ctrl-C ends everything.")
