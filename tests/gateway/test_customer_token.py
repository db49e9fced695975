"""The shop signs who is logged in; nothing else counts."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from itertools import count
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from bot.gateway.customer_token import CustomerTokens
from bot.gateway.problems import Problem
from tests.gateway.conftest import CUSTOMER_SECRET
from tests.gateway.processes import Engine
from tests.gateway.shopper import Shopper

NUMBERS = count(1)


def _claims(**other: Any) -> dict[str, Any]:
    return {"sub": "cus_17", "aud": "ramah", "exp": time.time() + 60, "name": "Siti", "email": "s@example.com"} | other


def _signed(claims: dict[str, Any], key: Any = CUSTOMER_SECRET, algorithm: str = "HS256", kid: Any = "shop-1") -> str:
    return jwt.encode(claims, key, algorithm, {"kid": kid} if kid else None)


async def test_a_logged_in_shopper_is_known_to_the_engine(shopper: Shopper, engine: Engine) -> None:
    await shopper.enter(customer_token=_signed(_claims()))
    await shopper.ask("who am I")
    assert engine.asked()[-1]["context"]["customer"] == {"id": "cus_17", "name": "Siti", "email": "s@example.com"}


async def test_a_wrong_signature_opens_no_conversation(shopper: Shopper) -> None:
    forged = _signed(_claims(), key="another secret that is long enough too")
    answer = await shopper.http.post("/chat/v1/conversations", json={"customer_token": forged})
    assert (answer.status_code, answer.json()["code"]) == (401, "customer_token")


def _private(key: Any) -> bytes:
    return bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))


def _public(key: Any) -> str:
    return str(key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode())


@pytest.mark.parametrize(
    ("key", "algorithm"),
    [
        (rsa.generate_private_key(65537, 2048), "RS256"),
        (ec.generate_private_key(ec.SECP256R1()), "ES256"),
        (ed25519.Ed25519PrivateKey.generate(), "EdDSA"),
    ],
)
def test_each_kind_of_public_key_takes_its_own_algorithm_only(key: Any, algorithm: str) -> None:
    tokens = CustomerTokens({"k": _public(key)}, "ramah")
    assert tokens.customer(_signed(_claims(), _private(key), algorithm, "k")).id == "cus_17"
    with pytest.raises(Problem):  # the public key taken for a secret
        tokens.customer(_hs256_with_public_key(_public(key)))


def _hs256_with_public_key(public: str) -> str:
    """PyJWT refuses to make such a token; an attacker does not."""

    def part(content: dict[str, Any]) -> str:
        return base64.urlsafe_b64encode(json.dumps(content).encode()).rstrip(b"=").decode()

    unsigned = f"{part({'alg': 'HS256', 'kid': 'k'})}.{part(_claims())}"
    signature = hmac.new(public.encode(), unsigned.encode(), hashlib.sha256).digest()
    return f"{unsigned}.{base64.urlsafe_b64encode(signature).rstrip(b'=').decode()}"


@pytest.mark.parametrize(
    "token",
    [
        _signed(_claims(exp=time.time() - 60)),
        _signed(_claims(aud="another shop's bot")),
        _signed({name: value for name, value in _claims().items() if name != "exp"}),
        _signed({name: value for name, value in _claims().items() if name != "aud"}),
        _signed({name: value for name, value in _claims().items() if name != "sub"}),
        _signed(_claims(sub="")),
        _signed(_claims(sub="x" * 101)),
        _signed(_claims(name=["Siti"])),
        _signed(_claims(email="a\0b")),
        _signed(_claims(), kid="unknown"),
        _signed(_claims(), kid=None),
        _signed(_claims(), algorithm="HS512"),
        jwt.encode(_claims(), None, "none", {"kid": "shop-1"}),
        "",
        "a.b.c",
        "é",
    ],
    ids=lambda _: f"wrong token {next(NUMBERS)}",  # the tokens hold the time: no name for a test
)
def test_a_token_that_is_not_quite_right_is_nobody(token: str) -> None:
    tokens = CustomerTokens({"shop-1": CUSTOMER_SECRET}, "ramah")
    with pytest.raises(Problem, match="customer_token"):
        tokens.customer(token)


def test_a_short_secret_is_refused_at_the_start() -> None:
    with pytest.raises(ValueError, match="shorter than 32 bytes"):
        CustomerTokens({"shop-1": "short"}, "ramah")
