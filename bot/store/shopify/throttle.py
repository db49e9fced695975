"""How long to wait until a question can be paid for: each costs points, and points come back with time.

https://shopify.dev/docs/api/usage/rate-limits
"""

from __future__ import annotations

from typing import Any

from bot.store.answers import DEFAULT_RETRY_AFTER


def pause_until_affordable(body: dict[str, Any]) -> float:
    """Seconds, from what the answer tells about the question's cost and about the points that are left."""
    try:
        cost = body["extensions"]["cost"]
        status = cost["throttleStatus"]
        missing = float(cost["requestedQueryCost"]) - float(status["currentlyAvailable"])
        return round(max(0.1, missing / float(status["restoreRate"])), 2)
    except (KeyError, TypeError, ValueError, ZeroDivisionError):
        return DEFAULT_RETRY_AFTER
