from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.orders.address import may_change_address, preview_address_change
from bot.orders.address_check import check_address
from bot.orders.address_form import countries_of, form_fields, format_lines
from bot.orders.address_text import merge_address, parse_address
from bot.orders.country_rules import country_rules
from bot.orders.verdict import Helper, Refused
from bot.store.models import Address, Order, OrderState, ShipmentState
from tests.orders.made_up import HOME, NOW, POLICY, changed_policy, delivered_order, line, order, parcel, shipped_order


def base(country: str) -> Address:
    return HOME if country == "MY" else Address(name="Siti Aminah", line1="1 Old Road", line2="rear", country=country)


@pytest.mark.parametrize(
    ("country", "text", "expected"),
    [
        ("MY", "12 Jalan Mawar, Taman Sri, 43000 Kajang, Selangor",
         {"line1": "12 Jalan Mawar", "district": "Taman Sri", "city": "Kajang", "region": "Selangor",
          "postcode": "43000"}),
        ("MY", "12 jalan mawar taman sri 43000 kajang selangor",
         {"line1": "12 jalan mawar taman sri", "city": "Kajang", "region": "Selangor", "postcode": "43000"}),
        ("MY", "Unit 5-3, Menara ABC, Jalan Ampang, 50450 Kuala Lumpur",
         {"line1": "Unit 5-3", "line2": "Menara ABC, Jalan Ampang", "city": "Kuala Lumpur", "region": "Kuala Lumpur",
          "postcode": "50450"}),
        ("MY", "No 8\nJalan Bukit Bintang\n55100 Kuala Lumpur\nMalaysia",
         {"line1": "No 8", "line2": "Jalan Bukit Bintang", "city": "Kuala Lumpur", "postcode": "55100"}),
        ("MY", "12 Jalan Mawar, Kajang, Selangor, 43000",
         {"line1": "12 Jalan Mawar", "city": "Kajang", "region": "Selangor", "postcode": "43000"}),
        ("MY", "No. 7, Lorong Delima 3, 11700 Gelugor, Penang, 012-345 6789",
         {"line1": "No. 7", "city": "Gelugor", "region": "Pulau Pinang", "postcode": "11700", "phone": "+60123456789"}),
        ("SG", "Blk 123 Ang Mo Kio Ave 3 #05-12, Singapore 560123",
         {"line1": "Blk 123 Ang Mo Kio Ave 3 #05-12", "postcode": "560123", "city": ""}),
        ("SG", "10 Anson Road, #12-01 International Plaza, S079903",
         {"line1": "10 Anson Road", "line2": "#12-01 International Plaza", "postcode": "079903"}),
        ("ID", "Jl. Sudirman No. 45, Kel. Senayan, Jakarta Selatan 12190, DKI Jakarta",
         {"line1": "Jl. Sudirman No. 45", "line2": "Kel. Senayan", "city": "Jakarta Selatan", "region": "DKI Jakarta"}),
        ("ID", "Jl. Malioboro 5, Yogyakarta 55271, DIY",
         {"line1": "Jl. Malioboro 5", "city": "Yogyakarta", "region": "Daerah Istimewa Yogyakarta"}),
        ("PH", "123 Rizal Street, Brgy. San Antonio, Makati City, 1203 Metro Manila",
         {"line1": "123 Rizal Street", "district": "Brgy. San Antonio", "city": "Makati City", "postcode": "1203"}),
        ("PH", "1234 Rizal Ave, Manila, 1000 Metro Manila", {"line1": "1234 Rizal Ave", "postcode": "1000"}),
        ("US", "12345 Main Street, Springfield, IL 62701, USA",
         {"line1": "12345 Main Street", "city": "Springfield", "region": "IL", "postcode": "62701"}),
        ("MY", "No 12, Jln Mawar 3, Tmn Sri, 43000 Kajang, Selangor",
         {"line1": "No 12", "line2": "Jln Mawar 3", "district": "Tmn Sri", "city": "Kajang", "region": "Selangor"}),
        ("MY", "12 jln ss2/75 pj 47300", {"line1": "12 jln ss2/75", "city": "Petaling Jaya", "region": "Selangor"}),
        ("MY", "blok C-3-12 flat sri sabah, cheras, 56100 kl, dekat guard house",
         {"line1": "blok C-3-12 flat sri sabah", "line2": "cheras, dekat guard house", "city": "Kuala Lumpur"}),
        ("MY", "12, Jalan Mawar, 43000 Kajang Selangor Darul Ehsan, Malaysia",
         {"line1": "12", "line2": "Jalan Mawar", "city": "Kajang", "region": "Selangor"}),
        ("MY", "A-5-8 pangsapuri melati, seksyen 7, shah alam 40000",
         {"line1": "A-5-8 pangsapuri melati", "line2": "seksyen 7", "city": "Shah Alam", "region": "Selangor"}),
        ("MY", "10 Jalan Johor, 50480 Kuala Lumpur", {"line1": "10 Jalan Johor", "region": "Kuala Lumpur"}),
        ("MY", "no 77 jalan masjid lama, 08000 sungai petani, kedah, rumah warna kuning",
         {"line1": "no 77 jalan masjid lama", "line2": "rumah warna kuning", "city": "Sungai Petani"}),
        ("ID", "Jl. Melati No. 5 RT 03/RW 07, Kel. Sukamaju, Kec. Cilodong, Depok, Jawa Barat 16415",
         {"line1": "Jl. Melati No. 5 RT 03/RW 07", "line2": "Kel. Sukamaju", "district": "Kec. Cilodong",
          "city": "Depok", "region": "Jawa Barat", "postcode": "16415"}),
        ("ID", "jl melati 5 rt 03 rw 07 kel sukamaju kec cilodong kota depok jawa barat 16415",
         {"line1": "jl melati 5 rt 03 rw 07", "line2": "kel sukamaju", "district": "kec cilodong", "city": "Depok"}),
        ("ID", "jl kenanga 8 kec. tebet jaksel 12810",
         {"line1": "jl kenanga 8", "district": "kec. tebet", "city": "Jakarta Selatan", "region": "DKI Jakarta"}),
        ("ID", "perum griya asri blok c2 no 11, cibinong, bogor 16913",
         {"line1": "perum griya asri blok c2 no 11", "line2": "cibinong", "city": "Bogor", "region": "Jawa Barat"}),
        ("ID", "Jalan Merdeka No. 1, Kabupaten Bandung, Jabar, kode pos 40132",
         {"line1": "Jalan Merdeka No. 1", "city": "Kabupaten Bandung", "region": "Jawa Barat", "postcode": "40132"}),
        ("ID", "Jl Trans Papua 4, Merauke, Papua Selatan 99611", {"city": "Merauke", "region": "Papua Selatan"}),
        ("ID", "gang mawar 2 no 17b, dekat masjid al ikhlas, medan 20122, HP 0812-3456-7890",
         {"line1": "gang mawar 2 no 17b", "line2": "dekat masjid al ikhlas", "city": "Medan",
          "region": "Sumatera Utara", "phone": "+6281234567890"}),
        ("MY", "Jl. Melati 5, Depok, Jawa Barat 16415",
         {"line1": "Jl. Melati 5", "city": "Depok", "country": "ID"}),
        ("ID", "12 jalan mawar, taman sri, 43000 kajang", {"line1": "12 jalan mawar", "country": "MY"}),
        ("MY", "10 Anson Road, Singapore 079903, Singapore", {"line1": "10 Anson Road", "country": "SG", "region": ""}),
    ],
)  # fmt: skip
def test_shopper_types_an_address_in_one_go(country: str, text: str, expected: dict[str, str]) -> None:
    guess = parse_address(text, POLICY, base(country))
    assert {field: getattr(guess.address, field) for field in expected} == expected
    assert guess.address.name == "Siti Aminah"
    assert check_address(guess.address, POLICY).errors == {}


def test_shopper_gives_the_receiver_with_the_address() -> None:
    guess = parse_address("a.n. Budi Santoso, Jl. Melati 5, Depok 16412", POLICY, base("ID"))
    assert guess.address.name == "Budi Santoso"
    assert guess.address.line1 == "Jl. Melati 5"


@pytest.mark.parametrize(("text", "missing"), [("jln diponegoro 45 salatiga", "postcode"), ("jl melati 5", "city")])
def test_what_an_indonesian_address_lacks_is_asked(text: str, missing: str) -> None:
    guess = parse_address(text, POLICY, base("ID"))
    assert missing in check_address(guess.address, POLICY).errors


@pytest.mark.parametrize("text", ["43200", "postcode is 43200", "sorry, postcode is 43200", "poskod 43200"])
def test_shopper_corrects_only_the_postcode(text: str) -> None:
    guess = parse_address(text, POLICY, HOME)
    assert guess.found == ("postcode",)
    assert guess.address == HOME.copy(update={"postcode": "43200"})


def test_a_postcode_of_another_state_brings_it_along_and_asks_for_the_town() -> None:
    moved = merge_address(HOME, {"postcode": "50450"}, POLICY)
    assert (moved.region, moved.city, moved.district) == ("Kuala Lumpur", "", "")
    assert moved.line1 == HOME.line1
    assert check_address(moved, POLICY).errors == {"city": "required"}


@pytest.mark.parametrize("text", ["hello there", "yes please", "Kajang", "tak jadi", "ga usah kak", ""])
def test_what_is_no_address_changes_nothing(text: str) -> None:
    guess = parse_address(text, POLICY, HOME)
    assert guess.found == ()
    assert guess.address == HOME


@pytest.mark.parametrize(
    ("country", "values", "errors"),
    [
        ("MY", {"postcode": "4300"}, {"postcode": "invalid"}),
        ("MY", {"postcode": "50450"}, {"postcode": "not_in_region"}),
        ("MY", {"region": "Bavaria"}, {"region": "invalid"}),
        ("MY", {"city": " "}, {"city": "required"}),
        ("MY", {"line1": "x" * 121}, {"line1": "too_long"}),
        ("MY", {"phone": "12"}, {"phone": "invalid"}),
        ("MY", {"phone": "call me"}, {"phone": "invalid"}),
        ("SG", {"postcode": "56012", "city": "", "region": ""}, {"postcode": "invalid"}),
        ("ID", {"region": "Jakarta", "postcode": "", "city": ""}, {"city": "required", "postcode": "required"}),
        ("DE", {"country": "DE"}, {"country": "not_delivered"}),
    ],
)
def test_each_wrong_field_is_named_by_code(country: str, values: dict[str, str], errors: dict[str, str]) -> None:
    assert check_address(HOME.copy(update={"country": country, **values}), POLICY).errors == errors


def test_what_people_write_is_tidied() -> None:
    typed = HOME.copy(
        update={"postcode": "43 000", "region": "selangor", "phone": "012-345 6789", "line1": " 12  Jalan\tMawar, "}
    )
    assert check_address(typed, POLICY).address == HOME


def test_a_malay_or_short_region_name_is_understood() -> None:
    penang = HOME.copy(update={"region": "Penang", "postcode": "10250", "city": "George Town"})
    assert check_address(penang, POLICY).address.region == "Pulau Pinang"


@pytest.mark.parametrize("country", POLICY.shop.delivers_to)
def test_the_form_asks_every_required_field_of_the_country(country: str) -> None:
    fields = {field.name: field for field in form_fields(country, POLICY)}
    required = {name for name, field in fields.items() if field.required}
    assert country_rules(country).required_fields(POLICY) == required
    assert all(field.autocomplete for field in fields.values())
    assert bool(fields["region"].options if "region" in fields else True)
    assert set(fields) <= set(Address.__fields__)
    assert countries_of(POLICY)[0] == "MY"


def test_an_address_is_written_as_its_country_does() -> None:
    assert format_lines(HOME, "Malaysia") == [
        "Siti Aminah", "12 Jalan Mawar", "Taman Sri", "43000 Kajang", "Selangor", "Malaysia",
    ]  # fmt: skip
    singapore = Address(name="Tan", line1="Blk 1", line2="#02-03", postcode="560123", country="SG")
    assert format_lines(singapore) == ["Tan", "Blk 1", "#02-03", "SINGAPORE 560123"]


words = st.text(st.sampled_from("abcdefghij"), min_size=3, max_size=9).map(str.title)


PLACES = [
    ("MY", "Selangor", "43000"),
    ("MY", "Pulau Pinang", "10250"),
    ("MY", "Sarawak", "93350"),
    ("PH", "Metro Manila", "1203"),
    ("PH", "Laguna", "4027"),
    ("ID", "Jawa Barat", "40132"),
    ("ID", "Bali", "80225"),
    ("US", "CA", "94105"),
]


@given(number=st.integers(1, 999), street=words, town=words, place=st.sampled_from(PLACES))
@settings(max_examples=100, deadline=None)
def test_an_address_survives_being_written_and_read_again(
    number: int, street: str, town: str, place: tuple[str, str, str]
) -> None:
    country, region, postcode = place
    written = Address(
        name=HOME.name, line1=f"{number} Jalan {street}", city=town, region=region, postcode=postcode, country=country
    )
    assert check_address(written, POLICY).errors == {}
    text = ", ".join(format_lines(written))
    assert parse_address(text, POLICY, base(country)).address == written.copy(update={"phone": base(country).phone})


@given(text=st.text(max_size=200), country=st.sampled_from(POLICY.shop.delivers_to))
@settings(max_examples=150, deadline=None)
def test_no_text_breaks_the_reading(text: str, country: str) -> None:
    guess = parse_address(text, POLICY, base(country))
    assert set(guess.found) <= set(Address.__fields__)
    check_address(guess.address, POLICY)


@pytest.mark.parametrize(
    ("shown", "reason", "helper"),
    [
        (shipped_order(), "already_shipped", Helper.person),
        (delivered_order(), "already_delivered", Helper.nobody),
        (order(OrderState.cancelled), "already_cancelled", Helper.nobody),
        (order(shipments=[parcel(ShipmentState.in_transit, [line()])]), "already_shipped", Helper.person),
    ],
)  # fmt: skip
def test_too_late_for_another_address(shown: Order, reason: str, helper: Helper) -> None:
    verdict = may_change_address(shown, POLICY, NOW)
    assert (verdict.allowed, verdict.reason, verdict.helper) == (False, reason, helper)


def test_a_partly_shipped_order_keeps_its_address() -> None:
    sent, kept = line("l1"), line("l2")
    partly = order(OrderState.partly_shipped, [sent, kept], shipments=[parcel(ShipmentState.in_transit, [sent])])
    assert may_change_address(partly, POLICY, NOW).reason == "partly_shipped"


@pytest.mark.parametrize("state", [OrderState.unpaid, OrderState.paid, OrderState.packed])
def test_before_it_leaves_the_address_may_change(state: OrderState) -> None:
    assert may_change_address(order(state), POLICY, NOW).allowed


def test_a_platform_that_cannot_leaves_it_to_a_person() -> None:
    verdict = may_change_address(order(), POLICY, NOW, frozenset())
    assert (verdict.reason, verdict.helper) == ("not_supported", Helper.person)


def test_shopper_sees_old_and_new_side_by_side() -> None:
    preview = preview_address_change(order(), HOME.copy(update={"line1": "7 Jalan Cempaka"}), POLICY, NOW)
    assert preview.changed == ("line1",)
    assert preview.old_lines[1] == "12 Jalan Mawar"
    assert preview.new_lines[1] == "7 Jalan Cempaka"
    assert preview.from_slot(preview.to_slot()) == preview


def test_the_same_address_again_is_no_change() -> None:
    with pytest.raises(Refused) as refusal:
        preview_address_change(order(), HOME.copy(update={"line1": "12 JALAN MAWAR "}), POLICY, NOW)
    assert refusal.value.verdict.reason == "unchanged"


def test_another_country_is_for_a_person_unless_the_shop_says_otherwise() -> None:
    abroad = Address(name="Siti Aminah", line1="Blk 1", postcode="560123", country="SG")
    with pytest.raises(Refused) as refusal:
        preview_address_change(order(), abroad, POLICY, NOW)
    assert (refusal.value.verdict.reason, refusal.value.verdict.helper) == ("another_country", Helper.person)
    open_policy = changed_policy("address_change", another_country=Helper.bot)
    assert "country" in preview_address_change(order(), abroad, open_policy, NOW).changed


def test_a_town_in_singapore_is_no_difference() -> None:
    stored = Address(name="Tan", line1="Blk 1", city="Singapore", postcode="560123", country="SG")
    new = stored.copy(update={"city": "", "line1": "Blk 2"})
    assert preview_address_change(order(shipping_address=stored), new, POLICY, NOW).changed == ("line1",)
