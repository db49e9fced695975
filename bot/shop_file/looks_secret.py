"""Whether a value looks like a key that somebody pasted into a file for everybody to read."""

from __future__ import annotations

import re

SECRET_NAMES = frozenset(
    {"key", "keys", "token", "secret", "password", "api_key", "apikey", "access_token", "secret_key", "secret_token"}
    | {"consumer_key", "consumer_secret", "webhook_secret", "store_key", "smtp_url", "smtp_password"}
)
# How the platforms' keys begin: Medusa, Shopify, WooCommerce, Ecwid; then what is long and made by no person.
_KEYS = re.compile(
    r"""(sk|pk)_[0-9a-f]{16,}
      | shp(at|ss|ca|pa)_\w{16,}
      | c[ks]_[0-9a-f]{16,}(:cs_\w*)?
      | (secret|public|private)_\w{16,}
      | whsec_\w{8,}
      | eyJ[\w-]{10,}\.[\w-]+\.[\w-]+
      | (?i:bearer|basic)\s+\S{8,}
      | (?=[^a-z]*[a-z])(?=[^A-Z]*[A-Z])(?=(?:\D*\d){3})[\w+/=-]{24,}
      | [0-9a-f]{32,}
    """,
    re.VERBOSE,
)
_PASSWORD_IN_URL = re.compile(r"[a-z][a-z0-9+.-]*://[^/@\s]*:[^/@\s]+@", re.IGNORECASE)


def looks_secret(value: str) -> bool:
    return bool(_KEYS.fullmatch(value.strip()) or _PASSWORD_IN_URL.match(value.strip()))
