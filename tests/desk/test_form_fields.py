"""The forms as trainers write them: read from the domain and fields.yml, with an own form of theirs."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.desk.config import DeskConfigError
from bot.desk.form.form_fields import load_forms

ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "data/desk/fields.yml"


def test_every_slot_that_a_shipped_form_asks_is_described() -> None:
    forms = load_forms(SHIPPED, ROOT / "domain.yml")
    asked = {slot for slots in forms.asked.values() for slot in slots}
    assert asked == set(forms.fields)
    assert set(forms.jobs) == set(forms.asked)
    for slot in asked:
        assert forms.is_asked(forms.whole(slot))


def test_which_order_is_one_field() -> None:
    forms = load_forms(SHIPPED, ROOT / "domain.yml")
    assert forms.slots_of("cancel_form") == ["order_id", "cancel_reason", "cancel_confirmed"]
    assert forms.slots_of("address_form") == ["order_id", "new_address", "address_confirmed"]
    assert forms.slots_of("") == ["order_id"]


def test_own_form_of_a_trainer_is_lines_of_text(tmp_path: Path) -> None:
    (tmp_path / "domain.yml").write_text("forms: {repair_form: {required_slots: [serial, fault, repair_confirmed]}}\n")
    forms = load_forms(SHIPPED, tmp_path / "domain.yml")
    assert [forms.field(slot).kind for slot in forms.slots_of("repair_form")] == ["text", "text", "confirm"]
    assert forms.may_begin == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("jobs: {}\nfields: {size: {kind: colour}}\n", "fields.size.kind"),
        ("jobs: {}\nfields: {size: {kind: choice}}\n", "a choice needs choices"),
        ("jobs: {}\nfields: [", "could not be read"),
        ("fields: {}\n", "jobs"),
    ],
)
def test_mistake_in_the_file_is_named(tmp_path: Path, text: str, wrong: str) -> None:
    (tmp_path / "fields.yml").write_text(text)
    with pytest.raises(DeskConfigError, match=wrong):
        load_forms(tmp_path / "fields.yml", ROOT / "domain.yml")
