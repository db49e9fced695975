"""A secret key for Medusa's Admin API, made anew for each shop, also where the shop's data come from the cache."""

from __future__ import annotations

import hashlib
import secrets

from bot.medusa_store.cluster import Cluster

_INSERT = """
INSERT INTO api_key (id, token, salt, redacted, title, type, created_by)
VALUES (%s, %s, %s, %s, 'Ramah', 'secret', 'ramah')
"""


def make_secret_key(cluster: Cluster, database: str) -> str:
    """Written as Medusa's own api-key module does (2.18): what it keeps is the scrypt hash, never the key."""
    token, salt = f"sk_{secrets.token_hex(32)}", secrets.token_hex(16)
    hashed = hashlib.scrypt(token.encode(), salt=salt.encode(), n=16384, r=8, p=1, dklen=64).hex()
    redacted = f"{token[:6]}***{token[-3:]}"
    cluster.ask(_INSERT, [f"apk_{secrets.token_hex(13)}", hashed, salt, redacted], database)
    return token
