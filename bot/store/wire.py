"""How store models travel as JSON: decimals as exact strings, absent values left out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal

from pydantic import BaseModel
from pydantic.json import pydantic_encoder


def encode(value: object) -> object:
    """What ``json`` cannot write by itself; an amount stays exact ("19.90", never 19.9)."""
    if isinstance(value, Decimal):
        return format(value, "f")
    return pydantic_encoder(value)


def to_json(model: BaseModel | Sequence[BaseModel]) -> str:
    """One model or a list of them as JSON text."""
    if isinstance(model, BaseModel):
        return model.json(encoder=encode, exclude_none=True, ensure_ascii=False)
    return json.dumps([each.dict(exclude_none=True) for each in model], default=encode, ensure_ascii=False)
