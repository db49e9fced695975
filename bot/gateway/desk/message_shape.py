"""A message as agents see it: the chat API's, with when it reached the shopper and which response wrote it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bot.conversations.times import as_text
from bot.desk.conversation.conversation_view import Shown
from bot.gateway.shapes import message_json
from bot.orders.mask import mask_name, mask_text


def agent_message(shown: Shown) -> dict[str, Any]:
    return {
        **message_json(shown.message),
        "delivered_at": _time(shown.delivered_at),
        "read_at": _time(shown.read_at),
        "response": shown.message.response,
    }


def new_message(told: dict[str, Any]) -> dict[str, Any]:
    """The same for one that was stored just now; ``told``: the event's data."""
    return {**told["message"], "delivered_at": None, "read_at": None, "response": told.get("response")}


def without_personal_data(message: dict[str, Any]) -> dict[str, Any]:
    """For somebody who may not see personal data: what forms, orders and photos show goes, but for its kind."""
    author = message["author"]
    if author["kind"] == "shopper" and "name" in author:
        author = {**author, "name": mask_name(author["name"])}
    masked = {**message, "author": author, "text": mask_text(message["text"])}
    masked["buttons"] = [{**button, "title": mask_text(button["title"])} for button in message["buttons"]]
    if "card" in message:
        masked["card"] = {"type": message["card"].get("type")}
    return masked


def _time(moment: datetime | None) -> str | None:
    return as_text(moment) if moment else None
