"""Order, tracking, phone and post numbers in sentences of each language."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.nlu.conftest import Found

Said = Callable[..., Found]

ORDER_NUMBERS = {
    "#W2378156": "W2378156",
    "1047": "1047",
    "INV/20240512/MPL/3921": "INV/20240512/MPL/3921",
    "2405129XK3PQ7": "2405129XK3PQ7",
    "240611ABQX72KD": "240611ABQX72KD",
    "290876543212345": "290876543212345",
    "576543210987654321": "576543210987654321",
}
TRACKING_NUMBERS = [
    "JP1234567890",  # J&T Indonesia
    "630123456789",  # J&T Malaysia
    "EP123456789MY",  # Pos Laju
    "ERC123456789MY",
    "SPXMY012345678901",  # Shopee Express
    "SPXID0123456789A",
    "CGKN712345678",  # JNE
    "010880012345678",
    "002345678901",  # SiCepat
    "NVMYSHPEE123456789",  # Ninja Van
    "LEXMY123456789",  # Lazada
    "LXRP-1234567890",
    "11LP1234567890",  # Lion Parcel
    "10001234567890",  # AnterAja
]
SENTENCES = [
    "where is {} please",
    "kak {} udah sampai mana ya",
    "tolong check {} ni dah sampai mana",
    "{}",
]


@pytest.mark.parametrize("sentence", SENTENCES)
@pytest.mark.parametrize(("typed", "value"), ORDER_NUMBERS.items())
def test_shopper_asks_for_an_order_by_its_number(said: Said, sentence: str, typed: str, value: str) -> None:
    assert said(sentence.format(typed)) == [("order_number", value)]


@pytest.mark.parametrize("sentence", SENTENCES)
@pytest.mark.parametrize("number", TRACKING_NUMBERS)
def test_shopper_asks_for_a_parcel_by_its_number(said: Said, sentence: str, number: str) -> None:
    assert said(sentence.format(number)) == [("tracking_number", number)]


@pytest.mark.parametrize(
    ("text", "entity", "value"),
    [
        ("no resi 123456789012", "tracking_number", "123456789012"),
        ("resinya 8877665544 kak", "tracking_number", "8877665544"),
        ("nombor penjejakan 8877665544", "tracking_number", "8877665544"),
        ("no pesanan 630123456789", "order_number", "630123456789"),
        ("nomor ordernya 10477", "order_number", "10477"),
        ("nombor tempahan saya 10477 ye", "order_number", "10477"),
        ("kod pos 43000", "postcode", "43000"),
        ("poskod saya 50480", "postcode", "50480"),
        ("kodeposnya 12190 ya kak", "postcode", "12190"),
        ("kode pos rumah saya 50275", "postcode", "50275"),
        ("wa 0812-3456-7890", "phone", "+6281234567890"),
        ("no hp 0857 1122 3344", "phone", "+6285711223344"),
        ("hpnya +62 812 9988 7766", "phone", "+6281299887766"),
        ("6281234567890", "phone", "+6281234567890"),
        ("no tel 012-345 6789", "phone", "+60123456789"),
        ("6012-345 6789", "phone", "+60123456789"),
        ("tel: +6011-2345 6781", "phone", "+601123456781"),
        ("wasap sy 013 556 7711", "phone", "+60135567711"),
        ("hp no. +65 9123 4567", "phone", "+6591234567"),
        ("my mobile, 0917 555 0142", "phone", "+639175550142"),
    ],
)
def test_words_around_a_number_tell_what_it_is(said: Said, text: str, entity: str, value: str) -> None:
    assert said(text) == [(entity, value)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("where is my order XJ12H", "XJ12H"),
        ("pesanan saya sale-10c7y dah sampai mana", "SALE-10C7Y"),
        ("nomor pesanannya YYC6Y", "YYC6Y"),
    ],
)
def test_code_beside_the_word_order_is_its_number(said: Said, text: str, value: str) -> None:
    assert said(text) == [("order_number", value)]


@pytest.mark.parametrize("text", ["is the fan XJ12H quiet", "promo code RAYA25", "saiz XL2XL ada?"])
def test_code_about_which_nothing_is_said_is_no_order(said: Said, text: str) -> None:
    assert said(text, "order_number", "code") == []


@pytest.mark.parametrize(
    "text",
    [
        "power bank 10000 mah ada?",
        "kipas 1500 watt",
        "stok 1000 biji lagi",
        "lot 1432 kampung gong badak",
        "tahun 2024",
        "no rek 1234567890",
        "akaun maybank 112233445566",
    ],
)
def test_a_number_of_something_else_is_no_order(said: Said, text: str) -> None:
    assert said(text, "order_number", "postcode", "tracking_number", "phone") == []


def test_number_and_proof_in_one_message(said: Said) -> None:
    assert said("ini kak nomornya 1090, emailnya rina@example.com") == [
        ("order_number", "1090"),
        ("email", "rina@example.com"),
    ]
    assert said("1047 poskod 43650") == [("order_number", "1047"), ("postcode", "43650")]
    assert said("pesanan 1052 hp 081298765432") == [("order_number", "1052"), ("phone", "+6281298765432")]


def test_a_postcode_is_known_by_the_town_beside_it(said: Said) -> None:
    assert said("43000 kajang") == [("postcode", "43000"), ("city", "Kajang")]
    assert said("makati 1200") == [("city", "Makati"), ("postcode", "1200")]
    assert said("1047 jakarta", "order_number", "postcode") == [("order_number", "1047")]
