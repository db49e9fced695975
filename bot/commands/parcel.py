"""`ramah store parcel`: the demo's courier moves a parcel, and everybody who looks at it sees it move."""

from __future__ import annotations

import uuid
from urllib.parse import quote

import httpx

from bot.processes.keys import keys_in
from bot.processes.trouble import Trouble
from bot.settings import Settings


def move(settings: Settings, order: str, state: str, place: str = "") -> str:
    """Move every parcel of a demo order; the order's state is returned.

    Args:
        order: its id or its number.

    Raises:
        Trouble: the demo store is not there, or does not do it.
    """
    key = settings.store_key or keys_in(settings.state_dir)["store_key"]
    url = f"{settings.store_url}/v1/orders/{quote(order, safe='')}/parcels"
    headers = {"Authorization": f"Bearer {key}", "Idempotency-Key": uuid.uuid4().hex}
    try:
        answer = httpx.post(url, json={"state": state, "place": place}, headers=headers, trust_env=False, timeout=10)
    except httpx.HTTPError as error:
        raise Trouble(f"The demo store does not answer at {settings.store_url}: start it with `ramah demo`.") from error
    if answer.status_code == httpx.codes.NOT_FOUND:
        raise Trouble(f"The demo store has no order {order}.")
    if answer.status_code != httpx.codes.OK:
        raise Trouble(f"The demo store does not do that: {answer.json().get('detail', answer.status_code)}")
    return str(answer.json()["state"])
