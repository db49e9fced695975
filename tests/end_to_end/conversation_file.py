"""How a conversation is written down: one YAML file each, checked before it runs.

shopper: guest                  # or the id of a signed-in customer, for instance cus_siti
turns:
  - user: "where is 1047"       # typed; or press / submit / photo (see Turn)
    bot: [utter_ask_proof]      # the responses that answered, in order
store:                          # the orders as the conversation left them
  "1060": {shipping_address: {postcode: "43000"}}
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, root_validator


class Strict(BaseModel):
    class Config:
        extra = "forbid"


class Form(Strict):
    name: str
    asks: str | None = None


class Turn(Strict):
    """What the shopper does (exactly one of the first four) and what must be true afterwards."""

    user: str | None = None  # types this
    press: str | None = None  # presses the newest button with this title
    submit: dict[str, Any] | None = None  # sends the newest card, these values over those it showed
    photo: bool = False  # sends a picture

    bot: list[str] | None = None  # response names, all of them, in order
    says: list[str] = []  # each is somewhere in the replies, small and capital letters alike
    never_says: list[str] = []
    buttons: list[str] | None = None  # all titles of the replies, in order
    actions: list[str] = []  # ran, in this order, others may lie between
    slots: dict[str, Any] = {}  # after the turn; null: empty
    form: Form | None = None  # the open form; `no_form: true` for none
    no_form: bool = False
    card: str | None = None  # the type of the newest card
    owner: str | None = None  # bot | queue
    intent: str | None = None

    @root_validator
    def one_deed(cls, values: dict[str, Any]) -> dict[str, Any]:
        deeds = [values.get(name) for name in ("user", "press", "submit")]
        if sum(deed is not None for deed in deeds) + bool(values.get("photo")) != 1:
            raise ValueError("a turn is exactly one of user, press, submit, photo")
        return values


class Conversation(Strict):
    shopper: str = "guest"
    locale: str = "en"
    turns: list[Turn]
    store: dict[str, dict[str, Any]] = {}  # by order number: part of the order as the store dumps it
    handoff: dict[str, Any] | None = None  # part of the context record
    untouched: bool = False  # the whole store is as it was


def read_conversation(path: Path) -> Conversation:
    return Conversation.parse_obj(yaml.safe_load(path.read_text(encoding="utf-8")))
