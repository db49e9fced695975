"""Whether anything answers at the store's address, before any key is sent there."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import httpx

PATIENCE = 5.0  # seconds
SKEW = 60.0  # seconds between two clocks from which signatures and sessions begin to fail


@dataclass(frozen=True)
class Reach:
    """``trouble``: a sentence, if nothing answers; ``skew``: a sentence, if its clock and ours differ."""

    seconds: float = 0.0
    trouble: str = ""
    skew: str = ""


async def reach(url: str) -> Reach:
    """One request without a key; any answer will do."""
    began = time.monotonic()
    try:
        async with httpx.AsyncClient(timeout=PATIENCE, trust_env=False) as client:
            response = await client.get(url)
    except httpx.HTTPError as failure:
        return Reach(trouble=_sentence(failure, url))
    except (httpx.InvalidURL, ValueError) as failure:
        return Reach(trouble=f"{url} is no web address: {failure}.")
    return Reach(time.monotonic() - began, skew=_skew(response.headers.get("date", "")))


def _sentence(failure: httpx.HTTPError, url: str) -> str:
    host, text = urlsplit(url).hostname, str(failure)
    if "CERTIFICATE_VERIFY_FAILED" in text:
        return f"The certificate of {host} is not to be trusted ({text.rpartition(']')[2].strip()}): nothing is sent."
    if "SSL" in text:
        return f"{host} does not speak TLS as it should ({text}): is {url} right, https and port?"
    if isinstance(failure, httpx.ConnectTimeout):
        return f"{url} cannot be reached: no connection in {PATIENCE:.0f} seconds. Is a firewall between?"
    if isinstance(failure, httpx.ConnectError):
        named = any(word in text for word in ("Name or service", "name resolution", "nodename", "No address"))
        why = f"there is no host {host}" if named else "nothing listens there"
        return f"{url} cannot be reached: {why}. Is the store running, and [store] url right?"
    if isinstance(failure, httpx.TimeoutException):
        return f"{url} takes connections, but did not answer in {PATIENCE:.0f} seconds."
    return f"{url} does not answer as a web server does ({type(failure).__name__})."


def _skew(date: str) -> str:
    try:
        apart = (parsedate_to_datetime(date) - datetime.now(timezone.utc)).total_seconds()
    except (TypeError, ValueError):
        return ""
    if abs(apart) < SKEW:
        return ""
    which = "ahead of" if apart > 0 else "behind"
    return f"The store's clock is {abs(apart):.0f} seconds {which} this machine's: webhooks' times would not fit."
