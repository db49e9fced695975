"""Which passwords the desk takes."""

from __future__ import annotations

import pytest

from bot.desk.people.passwords import WeakPassword, check_password, hash_password, is_outdated, random_password, verify

ABOUT = {"name": "Siti Aminah", "email": "siti.aminah@example.com"}


@pytest.mark.parametrize(
    "password",
    [
        "short",
        "elevenchars",
        "aaaaaaaaaaaaaaaa",
        "121212121212",
        "Password1234",
        "passwordpassword",
        "123456789012",
        "qwertyuiop123",
        "abcdefghijklmnop",
        "siti.aminah@example.com",
        "SitiAminah2024",
        "siti aminah!!",
        "rahasia123456",
        "KataLaluan123",
        "ramah-admin-1234",
        "x" * 201,
    ],
)
def test_what_others_would_try_first_is_refused(password: str) -> None:
    with pytest.raises(WeakPassword):
        check_password(password, **ABOUT)


@pytest.mark.parametrize(
    "password", ["a long walk to the river", "kN7#vq2Lw!pz", "hujan rintik di sawah", "ß€漢字かな絵文字 good"]
)
def test_a_phrase_of_ones_own_is_taken(password: str) -> None:
    check_password(password, **ABOUT)


def test_random_ones_are_always_taken() -> None:
    for _ in range(200):
        check_password(random_password(), name="Budi", email="budi@demo.ramah.example")


def test_the_same_letters_of_another_keyboard_open() -> None:
    kept = hash_password("caf\u00e9 au lait ce matin")
    assert kept.startswith("$argon2id$")
    assert verify(kept, "cafe\u0301 au lait ce matin")
    assert not verify(kept, "cafe au lait ce matin")
    assert not is_outdated(kept)


def test_nothing_opens_where_there_is_no_hash() -> None:
    assert not verify(None, "")
    assert not verify("no hash at all", "a long walk to the river")
    assert not verify(hash_password("a long walk to the river"), "\ud800 half a letter")
