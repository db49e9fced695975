"""The shipped pipeline on somebody else's data: two intents, and what belongs to none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks import foreign_model
from benchmarks.foreign_model import ForeignModel, train_foreign_model

OOS = "UNKNOWN"
BOOK = [
    "book a table for two", "a table tonight please", "can i reserve a table", "table for four at seven",
    "reserve for tomorrow evening", "i want to book for sunday", "booking for six people", "any table free tonight",
]  # fmt: skip
MENU = [
    "what is on the menu", "do you have vegetarian food", "which soups are there", "is there fish on the menu",
    "show me the menu", "do you serve breakfast", "what desserts do you have", "any vegan dishes",
]  # fmt: skip
NEITHER = [
    "who won the match", "the weather is nice", "tell me about the moon", "what is the capital of peru",
    "my cat is asleep", "play some music", "how tall is the tower", "translate this for me",
]  # fmt: skip
UTTERANCES = [*BOOK, *MENU]
INTENTS = ["book"] * len(BOOK) + ["menu"] * len(MENU)
OWN = """
nlu:
- intent: track_order
  metadata: {language: en}
  examples: |
    - where is my parcel
    - where is the order
    - track my parcel
    - when does my order arrive
    - has my parcel been sent
    - my order is not here
- intent: out_of_scope
  metadata: {language: en}
  examples: |
    - who is the president
    - what is the weather today
    - sing me a song
    - how far is the moon
    - do my homework
    - what is two plus two
- intent: track_order
  metadata: {language: id}
  examples: |
    - paket saya di mana ya
    - pesanan saya sudah dikirim belum
    - kapan paket saya sampai
    - paket saya belum sampai juga
    - sudah sampai mana pesanan saya
    - cek paket saya dong
"""


@pytest.fixture(scope="module", autouse=True)
def _small_shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A shop with few examples of its own: all of ours would take a minute to learn."""
    folder = tmp_path_factory.mktemp("nlu")
    (folder / "own.yml").write_text(OWN, "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(foreign_model, "EXAMPLES", Path(folder))
        yield


@pytest.fixture(scope="module", params=[False, True], ids=["advised", "alone"])
def model(request: pytest.FixtureRequest) -> ForeignModel:
    return train_foreign_model(UTTERANCES, INTENTS, OOS, alone=request.param)


@pytest.mark.parametrize(
    ("text", "intent"), [("can i book a table for sunday", "book"), ("which fish dishes do you have", "menu")]
)
def test_it_learns_a_strangers_intents(model: ForeignModel, text: str, intent: str) -> None:
    assert model.answer(text)[0] == intent


def test_a_foreign_message_is_less_sure_than_a_known_one(model: ForeignModel) -> None:
    assert model.answer("who is the president of the moon")[1] < model.answer("book a table for two")[1]


def test_out_of_scope_never_wins_though_it_is_learnt() -> None:
    model = train_foreign_model([*UTTERANCES, *NEITHER], [*INTENTS, *[OOS] * len(NEITHER)], OOS)
    assert OOS in model.intents.intents
    answers = [model.answer(text) for text in [*NEITHER, "", "zzz", "the weather on the moon"]]
    assert {intent for intent, _ in answers} <= {"book", "menu"}
    assert all(0 <= confidence <= 1 for _, confidence in answers)


def test_what_is_out_of_scope_takes_confidence_from_the_others() -> None:
    with_class = train_foreign_model([*UTTERANCES, *NEITHER], [*INTENTS, *[OOS] * len(NEITHER)], OOS)
    assert with_class.answer("what is the capital of peru")[1] < 0.5


def test_a_strangers_intent_that_is_named_like_ours_is_the_strangers() -> None:
    model = train_foreign_model(UTTERANCES, ["out_of_scope" if each == "book" else each for each in INTENTS], OOS)
    assert model.answer("book a table for two")[0] == "out_of_scope"


def test_one_intent_alone_cannot_be_learnt() -> None:
    with pytest.raises(ValueError, match="two intents"):
        train_foreign_model(BOOK, ["book"] * len(BOOK), OOS, alone=True)
