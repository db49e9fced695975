"""An address is read without what is said around it."""

from __future__ import annotations

import pytest

from bot.installation import PROJECT
from bot.languages import spoken_languages
from bot.orders.address_talk import AddressTalk
from bot.wording.words import words_in

WORDS = PROJECT / "data" / "words"
TALK = AddressTalk.of(*(words_in(each, WORDS).group("heard") for each in spoken_languages(WORDS)))


@pytest.mark.parametrize(
    ("said", "address"),
    [
        ("no sorry, please send it to 3 Jalan Mawar, 41000 Klang", "3 Jalan Mawar, 41000 Klang"),
        ("alamat baru saya di Jl. Melati 5, 40115 Bandung", "Jl. Melati 5, 40115 Bandung"),
        ("hantar ke 3 Jalan Mawar, 41000 Klang ya", "3 Jalan Mawar, 41000 Klang"),
        ("3 Jalan Mawar, 41000 Klang instead, thanks", "3 Jalan Mawar, 41000 Klang"),
        ("3 Jalan Mawar, 41000 Klang", "3 Jalan Mawar, 41000 Klang"),
    ],
)
def test_what_is_said_around_an_address_is_no_part_of_it(said: str, address: str) -> None:
    assert TALK.after_lead(TALK.without_end(said))[0] == address
