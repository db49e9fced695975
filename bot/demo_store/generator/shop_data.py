"""The whole demo shop as it stands on a day: the same day and seed give the same shop, to the letter."""

from __future__ import annotations

import json
from datetime import date
from random import Random

from bot.demo_store.books import Document
from bot.demo_store.generator.catalogue import build_catalogue
from bot.demo_store.generator.data_files import data
from bot.demo_store.generator.order_building import Bought, OrderBuilding
from bot.demo_store.generator.people import build_people, persona
from bot.demo_store.ramah.file_format import VERSION
from bot.store.models import Order
from bot.store.wire import to_json

PEOPLE = 110
FIRST_NUMBER = 1200
TIMES = ("placed", "shipped", "delivered", "cancelled", "promised")


def generate(today: date, seed: int) -> Document:
    """A store file in Ramah's own format."""
    rng = Random(seed)  # noqa: S311 - invents shoppers, guards nothing
    catalogue = build_catalogue(rng)
    building = OrderBuilding(today, rng)
    orders = [_persona_order(entry, catalogue, building) for entry in data("personas")]
    orders += _crowd(catalogue, building, rng)
    return {
        "version": VERSION,
        "facts": {},
        "products": catalogue,
        "orders": [{"order": json.loads(to_json(order)), "notes": {}} for order in orders],
    }


def _persona_order(entry: Document, catalogue: list[Document], building: OrderBuilding) -> Order:
    bought = [_wanted(catalogue, item) for item in entry["items"]]
    return building.build(entry["number"], persona(entry["buyer"]), bought, entry["story"])


def _crowd(catalogue: list[Document], building: OrderBuilding, rng: Random) -> list[Order]:
    """Everybody else's orders, numbered in the order in which they were placed."""
    stories = [_drawn(story, rng) for story in data("stories") for _ in range(story["count"])]
    stories.sort(key=lambda story: -int(story["placed"]))
    people = build_people(PEOPLE, rng)
    orders = []
    for number, story in enumerate(stories, start=FIRST_NUMBER):
        fewest, most = story.get("items", (1, 3))
        chosen = rng.sample(catalogue, rng.randint(fewest, most))
        bought = [(each, rng.choice(each["variants"]), rng.choice((1, 1, 1, 2, 3))) for each in chosen]
        orders.append(building.build(str(number), rng.choice(people), bought, story))
    return orders


def _drawn(story: Document, rng: Random) -> Document:
    """The story with one day drawn for each of its spans, in an order that can happen."""
    drawn = {name: rng.randint(*story[name]) for name in TIMES if name in story}
    return {**story, **drawn}


def _wanted(catalogue: list[Document], item: Document) -> Bought:
    product = next(each for each in catalogue if each["id"] == item["product"])
    variant = next(each for each in product["variants"] if list(each["options"].values()) == item["options"])
    return product, variant, item.get("quantity", 1)
