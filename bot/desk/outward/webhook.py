"""The webhook: what is posted to the shop's own address, and the signature that proves it came from here."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import httpx

from bot.desk.outward.not_sent import NotSent
from bot.desk.outward.outbox_claims import Parcel

TIMEOUT = httpx.Timeout(10.0, connect=5.0)
_SECRET_LENGTH = 32
_GONE = 410


@dataclass(frozen=True)
class WebhookSettings:
    """``secrets``: one, or two while the receiver changes over; each signs. ``patience``: seconds for one delivery,
    however slowly the other side trickles."""

    url: str
    secrets: tuple[str, ...] = field(repr=False)
    patience: float = 30.0


def webhook_settings(url: str, secret: str) -> WebhookSettings | None:
    """None where no address is set. Raises ``ValueError`` with a sentence.

    Args:
        secret: one, or two with a comma between.
    """
    if not url:
        return None
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("RAMAH_WEBHOOK_URL must be an address that begins with https:// or http://.")
    secrets = tuple(one.strip() for one in secret.split(",") if one.strip())
    if not 1 <= len(secrets) <= 2 or min(map(len, secrets)) < _SECRET_LENGTH:
        raise ValueError("RAMAH_WEBHOOK_SECRET needs one long random value (32 characters or more), or two.")
    return WebhookSettings(url, secrets)


def signature(secrets: tuple[str, ...], body: bytes, at: int) -> str:
    """``t=<unix seconds>,v1=<hex>``, a ``v1`` for each secret; what is signed is the time, a dot and the body."""
    signed = f"{at}.".encode() + body
    marks = [hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest() for secret in secrets]
    return ",".join([f"t={at}", *(f"v1={mark}" for mark in marks)])


class Webhook:
    """Posts parcels; redirects are not followed, for their target is not what the shop has set."""

    def __init__(self, settings: WebhookSettings) -> None:
        self._settings = settings
        self._http = httpx.AsyncClient(timeout=TIMEOUT, follow_redirects=False)

    async def send(self, parcel: Parcel) -> None:
        """Raises ``NotSent``."""
        body = as_bytes(parcel.body)
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "User-Agent": "Ramah",
            "Ramah-Event": parcel.event,
            "Ramah-Delivery": parcel.id,
            "Ramah-Signature": signature(self._settings.secrets, body, int(time.time())),
        }
        try:
            status, after = await asyncio.wait_for(self._post(body, headers), self._settings.patience)
        except (httpx.TimeoutException, asyncio.TimeoutError) as error:
            raise NotSent("timeout") from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise NotSent("connection") from error
        if not 200 <= status < 300:
            raise NotSent(f"http_{status}", lasting=status == _GONE, after=after)

    async def _post(self, body: bytes, headers: dict[str, str]) -> tuple[int, float]:
        """The status, and how many seconds to wait. What else the other side says is not read."""
        async with self._http.stream("POST", self._settings.url, content=body, headers=headers) as answer:
            after = answer.headers.get("retry-after", "")
            return answer.status_code, float(after) if after.isascii() and after.isdigit() else 0.0

    async def close(self) -> None:
        await self._http.aclose()


def as_bytes(body: dict[str, Any]) -> bytes:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
