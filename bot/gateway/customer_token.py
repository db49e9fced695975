"""A logged-in shopper comes with a JWT that the shop signed: key id, signature, expiry and audience are checked.

One key, one algorithm: which one follows from the kind of key, never from the token.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from bot.conversations.records import Customer
from bot.gateway.problems import Problem

MIN_SECRET_BYTES = 32
LEEWAY_SECONDS = 30


@dataclass(frozen=True)
class _Key:
    algorithm: str
    key: Any


class CustomerTokens:
    """``keys``: key id to an HS256 secret or a PEM public key. Raises ``ValueError`` for a key that will not do."""

    def __init__(self, keys: Mapping[str, str], audience: str) -> None:
        self._keys = {key_id: _load(key_id, value) for key_id, value in keys.items()}
        self._audience = audience

    def customer(self, token: str) -> Customer:
        """Who the shop says this is. Raises the ``customer_token`` problem."""
        try:
            key = self._keys[jwt.get_unverified_header(token)["kid"]]
            claims = jwt.decode(
                token,
                key.key,
                algorithms=[key.algorithm],
                audience=self._audience,
                leeway=LEEWAY_SECONDS,
                options={"require": ["exp", "aud", "sub"]},
            )
        except (jwt.PyJWTError, KeyError, TypeError, ValueError) as error:
            raise Problem("customer_token") from error
        return Customer(
            id=_claim(claims, "sub", 100, required=True),
            name=_claim(claims, "name", 200),
            email=_claim(claims, "email", 320),
        )


def _claim(claims: Mapping[str, Any], name: str, longest: int, *, required: bool = False) -> str:
    value = claims.get(name, "")
    if not isinstance(value, str) or len(value) > longest or "\0" in value or (required and not value):
        raise Problem("customer_token")
    return value


def _load(key_id: str, value: str) -> _Key:
    if not value.lstrip().startswith("-----BEGIN"):
        if len(value.encode()) < MIN_SECRET_BYTES:
            raise ValueError(f'The customer key "{key_id}" is shorter than {MIN_SECRET_BYTES} bytes.')
        return _Key("HS256", value)
    key = load_pem_public_key(value.encode())
    if isinstance(key, RSAPublicKey):
        return _Key("RS256", key)
    if isinstance(key, Ed25519PublicKey):
        return _Key("EdDSA", key)
    if isinstance(key, EllipticCurvePublicKey) and isinstance(key.curve, SECP256R1):
        return _Key("ES256", key)
    raise ValueError(f'The customer key "{key_id}" is neither RSA, Ed25519 nor EC P-256.')
