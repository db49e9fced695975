"""The bot's forms as agents see them: what each asks (``domain.yml``), and of what kind (``data/desk/fields.yml``)."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ValidationError, validator

from bot.desk.config import DeskConfigError

Kind = Literal["order", "address", "items", "choice", "conditions", "photos", "text", "confirm"]
CONFIRMED = "_confirmed"


class _Part(BaseModel):
    class Config:
        extra = "forbid"
        frozen = True


class Field(_Part):
    """``part_of``: asked for another field's sake and filled with it. ``reason``, ``items``, ``wish``: the slots that
    decide what may be chosen, and whether it is asked at all. ``without``: choices that it does not offer."""

    kind: Kind = "text"
    part_of: str = ""
    choices: Literal["", "cancel_reasons", "return_reasons", "problem_kinds", "wishes", "lost_wishes"] = ""
    reason: str = ""
    items: str = ""
    wish: str = ""
    without: tuple[str, ...] = ()

    @validator("choices", always=True)
    def _has_choices(cls, choices: str, values: dict[str, Any]) -> str:
        if (values.get("kind") == "choice") != bool(choices):
            raise ValueError("a choice needs choices, and nothing else has them")
        return choices


class _File(_Part):
    jobs: dict[str, str]
    fields: dict[str, Field]


class Forms(_Part):
    """``asked``: by form, its slots in their order."""

    asked: dict[str, tuple[str, ...]]
    jobs: dict[str, str]
    fields: dict[str, Field]

    def field(self, slot: str) -> Field:
        """Of a form of the trainers' own: text, or a yes that only the shopper gives."""
        return self.fields.get(slot) or Field(kind="confirm" if slot.endswith(CONFIRMED) else "text")

    def whole(self, slot: str) -> str:
        """The field that a slot belongs to."""
        return self.field(slot).part_of or slot

    def slots_of(self, form: str) -> list[str]:
        """Its fields in the order they are asked; without a form, which order it is about."""
        return list(dict.fromkeys(self.whole(slot) for slot in self.asked.get(form) or ("order_id",)))

    def form_of(self, job: str) -> str:
        return next((form for form, name in self.jobs.items() if name == job), "")

    def is_asked(self, slot: str) -> bool:
        return slot == "order_id" or any(slot in slots for slots in self.asked.values())

    @property
    def may_begin(self) -> list[str]:
        """The jobs that the bot can be told to begin."""
        return [job for form, job in self.jobs.items() if form in self.asked]


def load_forms(fields_file: Path, domain_file: Path) -> Forms:
    """Raises ``DeskConfigError`` with one sentence."""
    domain = _read(domain_file)
    asked = {
        name: tuple((form or {}).get("required_slots") or ()) for name, form in (domain.get("forms") or {}).items()
    }
    try:
        file = _File.parse_obj(_read(fields_file))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise DeskConfigError(f"{fields_file}, {where}: {first['msg']}.") from error
    return Forms(asked=asked, jobs=file.jobs, fields=file.fields)


def _read(path: Path) -> dict[str, Any]:
    try:
        content = yaml.safe_load(path.read_text("utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise DeskConfigError(f"{path} could not be read: {error}.") from error
    return content if isinstance(content, dict) else {}
