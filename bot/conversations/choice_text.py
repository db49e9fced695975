"""What a shopper's choice looks like in the transcript."""

from __future__ import annotations

from typing import Any

from bot.conversations.choices import Choice


def text_of_choice(choice: Choice, values: dict[str, Any], card: dict[str, Any] | None) -> str:
    """A button's title; for a filled-in card its values in the order they came, items by their titles."""
    if choice.title:
        return choice.title
    titles = {str(item.get("id")): str(item.get("title")) for item in (card or {}).get("items", [])}
    parts: list[str] = []
    for value in values.values():
        if isinstance(value, list):
            parts += [_item(entry, titles) for entry in value if isinstance(entry, dict)]
        elif isinstance(value, str | int | float) and str(value).strip():
            parts.append(str(value).strip())
    return ", ".join(parts)[:2000]


def _item(entry: dict[str, Any], titles: dict[str, str]) -> str:
    title = titles.get(str(entry.get("id")), str(entry.get("id", "")))
    return f"{entry.get('quantity', 1)} × {title}"
