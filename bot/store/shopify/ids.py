"""Shopify's ids: gid://shopify/Order/1 in its API, the bare number in its older ones and in shops' own systems."""

from __future__ import annotations

import re

GID = re.compile(r"gid://shopify/(?P<kind>[A-Za-z]+)/(?P<number>[0-9]{1,20})")
NUMBER = re.compile(r"[0-9]{1,20}", re.ASCII)


def gid(kind: str, text: str) -> str | None:
    """The id of a thing of that kind, from its gid or its number; None when it is neither."""
    if NUMBER.fullmatch(text):
        return f"gid://shopify/{kind}/{text}"
    found = GID.fullmatch(text)
    return text if found and found["kind"] == kind else None


def number(text: str) -> str:
    """The number at the end of a gid."""
    return text.rpartition("/")[2]
