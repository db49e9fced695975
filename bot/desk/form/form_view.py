"""The bot's form as agents see it: which job, every field, who filled it, and which question is open."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from bot.desk.form.field_choices import conditions_asked, is_needed, labelled, options_of
from bot.desk.form.field_shown import shown_value
from bot.desk.form.form_fields import Field, Kind
from bot.desk.form.form_known import Known


@dataclass(frozen=True)
class FormField:
    """``label``: where the field has no label of its own (``label_key``), as one of several conditions has."""

    slot: str
    label_key: str
    kind: Kind
    value: Any = None
    shown: str = ""
    by: Literal["bot", "agent"] | None = None
    label: str | None = None
    options: list[dict[str, Any]] | None = None

    @property
    def filled(self) -> bool:
        return self.by is not None

    def as_json(self) -> dict[str, Any]:
        return {name: value for name, value in asdict(self).items() if value is not None} | {
            "value": self.value,
            "by": self.by,
            "filled": self.filled,
        }


@dataclass(frozen=True)
class FormView:
    """``open``: the first question without an answer, which the bot will ask once it has the conversation again."""

    job: str | None
    form: str | None
    open: str | None
    fields: list[FormField]
    jobs: list[str]
    candidates: list[dict[str, Any]] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return {
            "job": self.job,
            "form": self.form,
            "open": self.open,
            "fields": [each.as_json() for each in self.fields],
            "jobs": self.jobs,
            "candidates": self.candidates,
        }


def form_view(known: Known) -> FormView:
    """Without its candidates."""
    forms, form = known.forms, known.form
    fields = [each for slot in forms.slots_of(form) for each in _fields(slot, forms.field(slot), known)]
    shown = {each.slot for each in fields}
    beside = [slot for slot in known.facts if slot.partition(".")[0] not in {name.partition(".")[0] for name in shown}]
    fields += [each for slot in beside for each in _fields(slot, forms.field(slot), known)]
    return FormView(
        job=forms.jobs.get(form) or form or None,
        form=form or None,
        open=_open(fields, known) if form else None,
        fields=fields,
        jobs=forms.may_begin,
    )


def _open(fields: list[FormField], known: Known) -> str | None:
    """The bot's own question while it has no answer: it knows best what it need not ask."""
    missing = [each.slot for each in fields if not each.filled]
    asked = known.forms.whole(known.state.asks) if known.form == known.state.form else ""
    own = [slot for slot in missing if slot.partition(".")[0] == asked]
    return next(iter([*own, *missing]), None)


def _fields(slot: str, kind: Field, known: Known) -> list[FormField]:
    if kind.kind == "conditions":
        return _conditions(slot, kind, known)
    if not is_needed(slot, kind, known):
        return []
    value, by = _value(slot, kind, known)
    options = options_of(slot, kind, known)
    shown = shown_value(slot, kind, value, known) if by else ""
    return [FormField(slot, f"slot.{slot}", kind.kind, value if by else None, shown, by, options=options)]


def _value(slot: str, kind: Field, known: Known) -> tuple[Any, Literal["bot", "agent"] | None]:
    fact, bots = known.facts.get(slot), known.slot(slot)
    if fact is not None:
        return fact.value, "agent"
    if slot == "order_id":
        has = {"id": bots, "number": known.state.slots.get("order_number") or ""}
        return has, "bot" if bots else None
    if kind.kind == "confirm":
        return None, "bot" if bots else None
    return bots, "bot" if bots not in (None, []) else None


def _conditions(slot: str, kind: Field, known: Known) -> list[FormField]:
    """A field each, as soon as it is known which are asked."""
    given = {**(known.slot("conditions_given") or {}), **(known.slot(slot) or {})}
    fields = []
    for code in conditions_asked(kind, known):
        name = f"{slot}.{code}"
        fact = known.facts.get(name)
        value = fact.value if fact is not None else given.get(code)
        by: Literal["bot", "agent"] | None = "agent" if fact is not None else "bot" if code in given else None
        yes_no = [{"value": each, "label": labelled("yes_no", each, known.tongue)} for each in (True, False)]
        shown = labelled("yes_no", value, known.tongue) if by else ""
        label = labelled("condition", code, known.tongue)
        fields.append(FormField(name, f"slot.{slot}", "choice", value, shown, by, label, yes_no))
    return fields
