"""What all of Medusa's objects have in common."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, validator


class Raw(BaseModel):
    """Only the fields that Ramah reads; Medusa sends more."""

    class Config:
        frozen = True
        extra = "ignore"


class WithMetadata(Raw):
    metadata: dict[str, Any] = {}

    @validator("metadata", pre=True)
    def _none_is_empty(cls, value: object) -> object:
        return {} if value is None else value
