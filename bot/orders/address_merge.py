"""An address with one piece changed: "sorry, the postcode is 43000"."""

from __future__ import annotations

from bot.orders.address_check import clean
from bot.orders.country_rules import country_rules
from bot.orders.policy import Policy
from bot.store.models import Address


def merge_address(old: Address, pieces: dict[str, str], policy: Policy) -> Address:
    """``old`` with some pieces changed; what no longer fits them is made to fit or emptied, never kept silently.

    Another country empties region, city and postcode; a postcode of another region brings that region along, and what
    lies in the old region (city, district) is emptied.
    """
    values = {**old.dict(), **{field: clean(value) for field, value in pieces.items()}}
    country = values["country"] = values["country"].upper()
    if country != old.country:
        for field in ("district", "city", "region", "postcode"):
            values[field] = clean(pieces.get(field, ""))
    try:
        rules = country_rules(country)
    except ValueError:
        return Address(**values)
    if values["region"] and (official := rules.region_named(values["region"], policy)):
        values["region"] = official
    if "region" not in pieces and values["postcode"]:
        derived = rules.region_of_postcode(values["postcode"])
        if derived and "region" in rules.allowed:
            values["region"] = derived
    moved = old.region and values["region"] != old.region and country == old.country
    for field in ("district", "city"):
        if moved and field not in pieces:
            values[field] = ""
    return Address(**values)
