"""What an agent's page may ask of the queue."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import StrictStr, conint, conlist, root_validator, validator

from bot.desk.queue.queue_list import MOST, PAGE, Sort, View, Wanted
from bot.gateway.shapes import Shape

MAX_NOTE = 4000
MAX_IN_BULK = 200


class Nothing(Shape):
    pass


class ListQuery(Shape):
    view: View = "queue"
    language: str | None = None
    reason: str | None = None
    team: str | None = None
    label: str | None = None
    agent: str | None = None
    sort: Sort | None = None
    limit: conint(ge=1, le=MOST) = PAGE  # type: ignore[valid-type]
    before: str | None = None

    def wanted(self) -> Wanted:
        return Wanted(**self.dict())


class AssignRequest(Shape):
    agent_id: StrictStr


class TransferRequest(Shape):
    agent_id: StrictStr | None = None
    team: StrictStr | None = None
    note: StrictStr = StrictStr("")

    @validator("note")
    def _is_note(cls, value: str) -> str:
        if len(value) > MAX_NOTE or "\0" in value:
            raise ValueError("note")
        return value

    @root_validator(skip_on_failure=True)
    def _is_one(cls, values: dict[str, str | None]) -> dict[str, str | None]:
        if (values["agent_id"] is None) == (values["team"] is None):
            raise ValueError("agent_id or team")
        return values


class SnoozeRequest(Shape):
    until: datetime

    @validator("until")
    def _has_zone(cls, value: datetime) -> datetime:
        if value.tzinfo is None:
            raise ValueError("a time zone")
        return value


class BulkRequest(Shape):
    conversations: conlist(StrictStr, min_items=1, max_items=MAX_IN_BULK)  # type: ignore[valid-type]
    action: Literal["resolve", "assign", "claim", "label"]
    agent_id: StrictStr | None = None
    label: StrictStr | None = None

    @root_validator(skip_on_failure=True)
    def _has_what_it_needs(cls, values: dict[str, str | None]) -> dict[str, str | None]:
        needs = {"assign": "agent_id", "label": "label"}.get(str(values["action"]))
        if needs and not values[needs]:
            raise ValueError(needs)
        return values
