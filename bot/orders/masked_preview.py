"""What records keep of what was to be written: which order, what about it, and nothing that names a person."""

from __future__ import annotations

from typing import Any

from bot.orders.address import AddressPreview
from bot.orders.mask import mask_address


def masked_preview(data: dict[str, Any]) -> dict[str, Any]:
    """``data``: a preview's ``to_slot``, of whichever job. Always ``order``; then ``reason``, ``wish``, ``situation``,
    ``items`` (pieces by title), or ``old``, ``new`` and what ``changed`` of an address."""
    kept: dict[str, Any] = {"order": data["number"]}
    if {"old", "new"} <= data.keys():
        preview = AddressPreview.from_slot(data)
        kept["changed"] = list(preview.changed)
        kept |= {"old": mask_address(preview.old).dict(), "new": mask_address(preview.new).dict()}
    request = data.get("request") or {}
    kept |= {name: given for name in ("reason", "wish", "situation") if (given := request.get(name, data.get(name)))}
    if data.get("items"):
        kept["items"] = {item["title"]: item["quantity"] for item in data["items"]}
    return kept
