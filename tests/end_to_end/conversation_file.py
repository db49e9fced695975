"""How a conversation is written down: one YAML file each, checked before it runs.

shopper: guest                  # or the id of a signed-in customer, for instance cus_siti
turns:
  - user: "where is 1047"       # typed; or press / submit / photo … (see Turn)
    bot: [utter_ask_proof]      # the responses that answered, in order
stranger:                       # somebody else, who talks first, and whose buttons may be stolen
  turns: […]
  - agent: aini                 # an agent's turn (tests/end_to_end/agent_turn.py)
    claims: true
store:                          # the orders as the conversation left them
  "1060": {shipping_address: {postcode: "43000"}}
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, root_validator

from tests.end_to_end.agent_turn import AgentTurn, Form
from tests.end_to_end.desks import Kind


class Strict(BaseModel):
    class Config:
        extra = "forbid"


DEEDS = ("user", "press", "press_first", "steal", "forge", "submit", "photo", "rates", "returns", "hours_pass")


class Turn(Strict):
    """What the shopper does (exactly one of the deeds) and what must be true afterwards."""

    user: str | None = None  # types this
    press: str | None = None  # presses the newest button with this title
    press_first: str | None = None  # presses the oldest button with this title, far up
    steal: str | None = None  # presses the stranger's newest button with this title
    forge: str | None = None  # sends this in place of a button's token
    submit: dict[str, Any] | None = None  # sends the newest card, these values over those it showed
    photo: bool | None = None  # sends a picture
    rates: dict[str, Any] | None = None  # {score, comment}: answers the question how it was
    returns: bool | None = None  # opens the page again, and reads what was said meanwhile
    hours_pass: float | None = None  # all that has a time in this conversation is so much older
    store_down: bool = False  # while the store is dead

    bot: list[str] | None = None  # response names, all of them, in order
    says: list[str] = []  # each is somewhere in the replies, small and capital letters alike
    never_says: list[str] = []
    matches: list[str] = []  # each is a regular expression found in the replies
    buttons: list[str] | None = None  # all titles of the replies, in order
    actions: list[str] = []  # ran, in this order, others may lie between
    slots: dict[str, Any] = {}  # after the turn; null: empty
    form: Form | None = None  # the open form; `no_form: true` for none
    no_form: bool = False
    card: str | None = None  # the type of one of the cards
    card_shows: list[str] = []  # each is somewhere in the cards
    same_answer_as: int | None = None  # the replies are word for word those of that turn (the first is 1)
    refused: str | None = None  # the gateway took nothing, and said this code
    owner: str | None = None  # bot | queue | an agent's name
    intent: str | None = None

    @root_validator
    def one_deed(cls, values: dict[str, Any]) -> dict[str, Any]:
        if sum(values.get(name) is not None for name in DEEDS) != 1:
            raise ValueError(f"a turn is exactly one of {', '.join(DEEDS)}")
        return values


class Stranger(Strict):
    shopper: str = "guest"
    turns: list[Turn]


class Conversation(Strict):
    shopper: str = "guest"
    locale: str = "en"
    desk: Kind = "claim"
    turns: list[AgentTurn | Turn]
    stranger: Stranger | None = None
    store: dict[str, dict[str, Any]] = {}  # by order number: part of the order as the store dumps it
    handoff: dict[str, Any] | None = None  # part of the context record
    transcript: list[str] = []  # each is somewhere in what was said before the handoff
    untouched: bool = False  # the whole store is as it was


def read_conversation(path: Path) -> Conversation:
    return Conversation.parse_obj(yaml.safe_load(path.read_text(encoding="utf-8")))
