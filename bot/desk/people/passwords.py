"""Agents' passwords: argon2id, and what is too easy to guess. Slow by design: never call on the event loop."""

from __future__ import annotations

import re
import secrets
import unicodedata
from functools import lru_cache

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST = 12
LONGEST = 200  # a bound on work, not on safety
_HASHER = PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=4, type=Type.ID)  # RFC 9106

_COMMON = re.compile(
    r"(password|passw0rd|kata ?sandi|kata ?laluan|rahasia|rahsia|qwerty\w{0,6}|asdfgh\w{0,6}|zxcvbn\w{0,4}|letmein"
    r"|welcome|iloveyou|sayang|indonesia|malaysia|bismillah|dragon|monkey|football|princess|sunshine|superman"
    r"|trustno1|changeme|default|secret|admin|administrator|supervisor|agent|login|hello|ramah|kedai|shop"
    r"|whatever|customer|service|1q2w3e4r5t|q1w2e3r4|abc|test|guest|master|root|user)"
)
_RUNS = ("01234567890123456789", "98765432109876543210", "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm")


class WeakPassword(ValueError):
    """Too short, too long, or easy to guess."""


def hash_password(password: str) -> str:
    return _HASHER.hash(_normal(password))


def verify(kept: str | None, password: str) -> bool:
    """Whether it is the password of that hash. Without one the same work is done, and the answer is no."""
    try:
        right = _HASHER.verify(kept or _nobodys(), _normal(password))
    except (VerificationError, InvalidHashError):
        return False
    return right and kept is not None


def is_outdated(kept: str) -> bool:
    """Whether it was made with other parameters than today's."""
    return _HASHER.check_needs_rehash(kept)


def check_password(password: str, *, name: str, email: str) -> None:
    """Raises ``WeakPassword``."""
    normal = _normal(password)
    if not SHORTEST <= len(normal) <= LONGEST:
        raise WeakPassword
    plain = normal.casefold()
    if len(set(plain)) < 5 or _left_over(plain, name.casefold(), email.casefold()) < 5:
        raise WeakPassword


def random_password() -> str:
    return secrets.token_urlsafe(15)


def _left_over(plain: str, name: str, email: str) -> int:
    """How many characters remain without what anybody would try first."""
    known = {email, email.partition("@")[0], name, re.sub(r"\s", "", name), *name.split(), *re.split(r"[@.]", email)}
    for word in sorted((word for word in known if len(word) >= 3), key=len, reverse=True):
        plain = plain.replace(word, "")
    plain = _COMMON.sub("", plain)
    for run in _RUNS:
        for length in range(len(run), 3, -1):
            for start in range(len(run) - length + 1):
                plain = plain.replace(run[start : start + length], "")
    return len(set(plain))


def _normal(password: str) -> str:
    # The same letters typed on another keyboard are the same password; half a surrogate cannot be hashed.
    return unicodedata.normalize("NFKC", password).encode("utf-8", "replace").decode("utf-8")


@lru_cache(maxsize=1)
def _nobodys() -> str:
    return _HASHER.hash(secrets.token_urlsafe(32))
