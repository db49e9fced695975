"""Towns, provinces and streets, and that ordinary words are none."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.places.gazetteer import gazetteer
from tests.nlu.conftest import Found

Said = Callable[..., Found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ongkir ke bandung berapa", [("city", "Bandung")]),
        ("pos ke jb brp hari", [("city", "Johor Bahru")]),
        ("redirect ke PJ boleh?", [("city", "Petaling Jaya")]),
        ("kirim ke jkt", [("city", "Jakarta")]),
        ("dikirim ke adek saya di Jogja", [("city", "Yogyakarta")]),
        ("rumah mertua di Solo", [("city", "Surakarta")]),
        ("sby", [("city", "Surabaya")]),
        ("hantar sarawak tak", [("province", "Sarawak")]),
        ("negeri perak", [("province", "Perak")]),
        ("saya di ntt", [("province", "Nusa Tenggara Timur")]),
        ("Papua Barat Daya", [("province", "Papua Barat Daya")]),
        ("kl", [("city", "Kuala Lumpur"), ("province", "Kuala Lumpur")]),
        ("do you ship to Cebu", [("province", "Cebu")]),
        ("quezon city", [("city", "Quezon City")]),
        ("sepatutnya kajang bukan bangi", [("city", "Kajang"), ("city", "Bangi")]),
    ],
)
def test_shopper_names_a_place(said: Said, text: str, found: Found) -> None:
    assert said(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "tas warna perak ada?",
        "malang betul nasib saya",
        "udah lunas kak",
        "nilai barangnya",
        "sp ada?",
        "perak hati",
    ],
)
def test_an_ordinary_word_is_no_place(said: Said, text: str) -> None:
    assert said(text, "city", "province") == []


@pytest.mark.parametrize(
    ("text", "street"),
    [
        ("Jl. Melati No. 5 RT 03/RW 07, Kel. Sukamaju, Depok 16415", "Jl. Melati No. 5 RT 03/RW 07"),
        ("alamat baru sy 8 lorong sentosa, 41200 klang", "8 lorong sentosa"),
        ("No 12, Jln Mawar 3, 43000 Kajang", "No 12, Jln Mawar 3"),
        ("tlg alamat sy diganti jln diponegoro 45 salatiga", "jln diponegoro 45"),
        ("24 Jalan SS 2/75, 47300 Petaling Jaya", "24 Jalan SS 2/75"),
        ("88 rizal st, makati 1200", "88 rizal st"),
        ("Blk 123 Ang Mo Kio Ave 3 #05-12, Singapore 560123", "Blk 123 Ang Mo Kio Ave 3"),
    ],
)
def test_shopper_names_a_street(said: Said, text: str, street: str) -> None:
    assert said(text, "street") == [("street", street)]


@pytest.mark.parametrize(
    "text", ["paketnya udah jalan belum", "kurirnya masih di jalan 2 hari", "it is on the road", "rt rw nya ketuker"]
)
def test_a_way_is_no_street(said: Said, text: str) -> None:
    assert said(text, "street") == []


def test_all_provinces_are_there_and_their_names_are_those_of_the_address_rules() -> None:
    assert len(gazetteer().provinces("ID")) == 38
    assert len(gazetteer().provinces("MY")) == 16
    for name, places in gazetteer().names.items():
        assert name == name.casefold()
        assert {place.country for place in places} <= {"MY", "ID", "SG", "PH"}
    assert gazetteer().weak <= gazetteer().names.keys()
