"""The demo shop as Medusa is filled with it: the same products and fixed orders as in the demo store."""

from __future__ import annotations

from datetime import date
from typing import Any

from bot.demo_store.generator.data_files import data
from bot.demo_store.generator.shop_data import generate

SEED = 1  # as the demo store's own
NAME = "Kedai Ramah"
WAREHOUSE = {
    "name": "Warehouse",
    "address": {
        "address_1": "1 Jalan Gudang",
        "city": "Shah Alam",
        "province": "Selangor",
        "postal_code": "40150",
        "country_code": "MY",
    },
}
RETURN_REASONS = (  # the codes of data/policy.yml and what a person reads in Medusa
    ("does_not_fit", "Does not fit"),
    ("changed_mind", "Changed mind"),
    ("wrong_item", "Wrong item"),
    ("damaged", "Damaged"),
    ("faulty", "Faulty"),
    ("missing_item", "Missing item"),
    ("not_as_described", "Not as described"),
    ("arrived_too_late", "Arrived too late"),
    ("other", "Other"),
)


def shop_document(today: date) -> dict[str, Any]:
    """What ``server/seed.js`` reads. Medusa's ids of lines are unique in the shop: line 1 of 1071 is ``ord_1071_1``."""
    whole = generate(today, SEED)
    fixed = {entry["number"] for entry in data("personas")}
    return {
        "name": NAME,
        "currencies": _currencies(),
        "warehouse": WAREHOUSE,
        "return_reasons": dict(RETURN_REASONS),
        "products": whole["products"],
        "orders": [_with_line_ids(each) for each in whole["orders"] if each["order"]["number"] in fixed],
    }


def _currencies() -> dict[str, dict[str, Any]]:
    """By Medusa's code, with what delivery costs; US dollars are there for shoppers from elsewhere."""
    countries: dict[str, list[str]] = {}
    for country, facts in data("countries").items():
        countries.setdefault(facts["currency"], []).append(country.lower())
    ours: dict[str, dict[str, Any]] = {
        code.lower(): {"countries": countries[code], "shipping": float(rule["shipping"])}
        for code, rule in data("currencies").items()
    }
    return ours | {"usd": {"countries": ["us"], "shipping": 5.0}}


def _with_line_ids(entry: dict[str, Any]) -> dict[str, Any]:
    order: dict[str, Any] = entry["order"]
    for line in order["lines"]:
        line["id"] = line_id(order["id"], line["id"])
    for holder in (*order["shipments"], *order["cases"]):
        for item in holder["items"]:
            item["line_id"] = line_id(order["id"], item["line_id"])
    return {"order": order}


def line_id(order_id: str, line: str) -> str:
    return f"{order_id}_{line}"
