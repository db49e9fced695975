"""How the desk works: ``data/desk/desk.yml``, and the opening hours of ``ramah.toml``; read and checked once."""

from __future__ import annotations

from typing import Any, Literal

import yaml
from pydantic import BaseModel, Field, ValidationError, validator

from bot.orders.business_days import Holiday, parse_holiday
from bot.settings import Settings
from bot.shop_file.opening_hours import DAYS, Span, span_of

_ELSEWHERE = ("hours", "holidays")  # a shop has them once, in ramah.toml


class DeskConfigError(ValueError):
    """The file cannot be used; the sentence says what to change."""


class _Part(BaseModel):
    class Config:
        extra = "forbid"
        frozen = True
        arbitrary_types_allowed = True


class Incident(_Part):
    """So many conversations of these reasons within so many minutes are one trouble and shown as one."""

    reasons: list[str]
    conversations: int = Field(ge=2)
    minutes: int = Field(ge=1)


class DeskConfig(_Part):
    hours: dict[str, list[Span]]
    holidays: list[Holiday] = []
    answer_within: dict[str, int]  # minutes by reason; "default" for the rest
    escalate_after: int = Field(ge=0)  # minutes
    assignment: Literal["automatic", "claim"]
    capacity: int = Field(ge=1)
    reopen_hours: float = Field(ge=0)
    absent_after: float = Field(ge=1)  # seconds
    unanswered_returns: float = Field(ge=0)  # minutes
    incident: Incident
    teams: dict[str, str]
    labels: list[str]

    @validator("hours", pre=True)
    def _spans(cls, value: Any) -> Any:
        if not isinstance(value, dict) or set(value) - set(DAYS):
            raise ValueError(f"needs the days' English names: {', '.join(DAYS)}")
        return {day: [span_of(text) for text in spans] for day, spans in value.items()}

    @validator("holidays", pre=True)
    def _holidays(cls, value: Any) -> Any:
        return [parse_holiday(str(day)) for day in value]

    @validator("answer_within")
    def _has_default(cls, value: dict[str, int]) -> dict[str, int]:
        if "default" not in value or min(value.values()) < 1:
            raise ValueError("needs a line for default, and minutes from 1")
        return value

    def minutes_for(self, reason: str) -> int:
        return self.answer_within.get(reason, self.answer_within["default"])


def load_desk_config(settings: Settings) -> DeskConfig:
    """``desk.yml`` in ``settings.desk_dir``, with the hours and holidays of the settings.

    Raises:
        DeskConfigError: with one sentence.
    """
    path = settings.desk_dir / "desk.yml"
    try:
        content = yaml.safe_load(path.read_text("utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise DeskConfigError(f"{path} could not be read: {error}.") from error
    if not isinstance(content, dict):
        raise DeskConfigError(f"{path} must hold the desk's lines, like assignment: automatic.")
    for name in _ELSEWHERE:
        if name in content:
            raise DeskConfigError(f"{path}, {name}: they stand in ramah.toml, under [hours]; take them out here.")
    try:
        return DeskConfig.parse_obj({**content, "hours": settings.opening_hours, "holidays": settings.holidays})
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise DeskConfigError(f"{_place(where, str(path))}: {first['msg']}.") from error


def _place(where: str, path: str) -> str:
    """The file is checked before: wrong hours can only come from the environment."""
    names = {"hours": "RAMAH_OPENING_HOURS", "holidays": "RAMAH_HOLIDAYS"}
    return names.get(where.partition(".")[0], f"{path}, {where}")
