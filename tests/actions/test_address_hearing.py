"""Addresses, and corrections of one piece, as shoppers of each language type them."""

from __future__ import annotations

import pytest

from actions.address_hearing import address_in
from actions.hearing import Hearing
from actions.turn import Turn
from actions.words import words_in
from bot.store.models import Address
from tests.demo_store.process import ROOT

pytestmark = pytest.mark.usefixtures("shop_without_store")

BANDUNG = Address(
    name="Dewi", line1="Jl. Anggrek 3", city="Bandung", region="Jawa Barat", postcode="40132", country="ID"
)
KAJANG = Address(name="Siti", line1="12 Jalan Damai", city="Kajang", region="Selangor", postcode="43000", country="MY")


def _heard(text: str, base: Address, language: str, *, draft: bool) -> Address:
    heard = Hearing(text, "correct" if draft else "inform", 1.0, (), Turn("t_1", "c_1"), tapped=False)
    asks = "address_confirmed" if draft else "new_address"
    found = address_in(heard, asks, base, words_in(language, ROOT / "data/words"), draft=draft)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("language", "text", "field", "value"),
    [
        ("id", "kode posnya 40115", "postcode", "40115"),
        ("id", "ralat kak, kode posnya 40115 bukan 40151", "postcode", "40115"),
        ("id", "nama penerimanya ganti jadi Bu Endang ya kak", "name", "Bu Endang"),
        ("id", "nomor unitnya harusnya 12-03", "line2", "12-03"),
        ("id", "nomor hp: 0812 3344 5566", "phone", "0812 3344 5566"),
        ("en", "sorry, the postcode is 40115, not 40151", "postcode", "40115"),
        ("en", "the name should be Endang please", "name", "Endang"),
    ],
)
def test_shopper_corrects_one_piece_and_the_rest_stays(language: str, text: str, field: str, value: str) -> None:
    assert _heard(text, BANDUNG, language, draft=True) == BANDUNG.copy(update={field: value})


def test_malay_shopper_corrects_the_postcode() -> None:
    found = _heard("poskod sepatutnya 43650 bukan 43000", KAJANG, "ms", draft=True)
    assert found == KAJANG.copy(update={"postcode": "43650"})


@pytest.mark.parametrize(
    ("language", "text", "base", "expected"),
    [
        ("en", "the house number is 14", KAJANG, {"line1": "14 Jalan Damai"}),
        ("id", "nomor rumahnya 5 bukan 3", BANDUNG, {"line1": "Jl. Anggrek 5"}),
        ("id", "kotanya jadi Surabaya", BANDUNG, {"city": "Surabaya", "region": "Jawa Timur"}),
        ("en", "should be bangi not kajang", KAJANG, {"city": "Bangi"}),
        ("ms", "sepatutnya bangi bukan kajang", KAJANG, {"city": "Bangi"}),
    ],
)
def test_shopper_corrects_house_number_or_town(
    language: str, text: str, base: Address, expected: dict[str, str]
) -> None:
    assert _heard(text, base, language, draft=True) == base.copy(update=expected)


@pytest.mark.parametrize(
    ("language", "text", "base", "expected"),
    [
        ("ms", "hantar ke no 12, jln mawar 3, tmn sri, 43000 kajang, selangor ye", KAJANG,
         {"line1": "no 12", "line2": "jln mawar 3", "district": "tmn sri", "city": "Kajang"}),
        ("ms", "alamat baru sy 8 lorong sentosa 41200 klang", KAJANG, {"line1": "8 lorong sentosa", "city": "Klang"}),
        ("ms", "tukar alamat ke 12 jln ss2/75 pj 47300 boleh tak", KAJANG, {"city": "Petaling Jaya"}),
        ("id", "kirim ke Jl. Melati No. 5 RT 03/RW 07, Kel. Sukamaju, Kec. Cilodong, Depok 16415 ya kak", BANDUNG,
         {"line1": "Jl. Melati No. 5 RT 03/RW 07", "district": "Kec. Cilodong", "city": "Depok",
          "region": "Jawa Barat", "postcode": "16415"}),
        ("id", "alamatnya jl kenanga 8 kec. tebet jaksel 12810", BANDUNG,
         {"line1": "jl kenanga 8", "city": "Jakarta Selatan", "region": "DKI Jakarta"}),
    ],
)  # fmt: skip
def test_shopper_types_a_whole_address_in_their_language(
    language: str, text: str, base: Address, expected: dict[str, str]
) -> None:
    found = _heard(text, base, language, draft=False)
    assert {field: getattr(found, field) for field in expected} == expected


@pytest.mark.parametrize(
    "text",
    [
        "alamat barunya di Jl Melati No 12, Surabaya 60241 ya kak",
        "tolong kirim ke alamat baru saya Jl Melati No 12, Surabaya 60241, makasih",
        "ini alamatnya: Jl Melati No 12, Surabaya 60241 aja",
        "ganti alamatnya jadi Jl Melati No 12, Surabaya 60241 bisa kak?",
    ],
)
def test_what_is_said_around_an_address_is_no_part_of_it(text: str) -> None:
    found = _heard(text, BANDUNG, "id", draft=False)
    assert (found.line1, found.city, found.postcode) == ("Jl Melati No 12", "Surabaya", "60241")
