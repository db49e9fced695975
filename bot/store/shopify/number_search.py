"""A typed order number as a search for the order's name; the search only narrows, it never decides.

https://shopify.dev/docs/api/usage/search-syntax
"""

from __future__ import annotations

import re

LONGEST = 60
NOT_OF_A_NAME = re.compile(r"[^\w.\-]")  # what could mean something to the search: quotes, colons, brackets, stars


def name_query(typed: str) -> str | None:
    """None for what can be no order's name."""
    bare = NOT_OF_A_NAME.sub("", typed)
    if not bare or len(typed) > LONGEST:
        return None
    return f'name:"{bare}" OR name:"#{bare}"'
