"""What an agent does in a conversation that is written down, and what must be true afterwards."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, root_validator


class Form(BaseModel):
    name: str
    asks: str | None = None

    class Config:
        extra = "forbid"


class OrderJob(BaseModel):
    """An order job done from the desk: previewed, and confirmed unless ``confirm`` is false.

    ``photos: sent`` among the values: those that the shopper sent.
    """

    job: str
    order: str  # its number
    values: dict[str, Any] = {}
    confirm: bool = True
    twice: bool = False  # confirmed a second time, as a nervous finger does

    class Config:
        extra = "forbid"


DEEDS = (
    "comes",
    "leaves",
    "goes_away",
    "is_given_it",
    "looks",
    "claims",
    "races_with",
    "takes_over",
    "assigns_to",
    "releases",
    "transfers",
    "snoozes_minutes",
    "resolves",
    "reopens",
    "writes",
    "notes",
    "labels",
    "fills",
    "takes_back",
    "hands_back",
    "does",
    "merges",
)


class AgentTurn(BaseModel):
    """Exactly one deed of ``agent``, and expectations of the desk and of what the shopper gets."""

    agent: str

    comes: bool | None = None  # opens the desk's page and is there
    leaves: bool | None = None  # closes it
    goes_away: bool | None = None  # is there, and takes nothing
    is_given_it: bool | None = None  # the desk gives it to them; waits for that
    looks: bool | None = None
    claims: bool | None = None
    races_with: str | None = None  # both claim at the same moment
    takes_over: bool | None = None  # a supervisor, from whoever has it
    assigns_to: str | None = None
    releases: bool | None = None
    transfers: dict[str, str] | None = None  # {to: name} or {team: name}, note
    snoozes_minutes: float | None = None
    resolves: bool | None = None
    reopens: bool | None = None
    writes: str | None = None
    notes: str | None = None
    labels: list[str] | None = None
    fills: dict[str, Any] | None = None  # fields of the bot's form
    takes_back: str | None = None  # a field's value
    hands_back: dict[str, Any] | None = None  # {} or {job: name}
    does: OrderJob | None = None
    merges: bool | None = None

    refused: str | None = None  # the desk's code
    told: str | None = None  # the agent who has it, as the refusal says
    owner: str | None = None  # bot | queue | an agent's name
    status: str | None = None
    view: dict[str, Any] = {}  # part of what the desk shows of the conversation
    differs: list[str] | None = None  # paths in which the order is not as it was at the handoff
    done: str | None = None  # how the order job ended
    bot: list[str] | None = None  # responses that the shopper got from bot and system, in order
    says: list[str] = []  # each is somewhere in what the shopper got by it
    never_says: list[str] = []
    buttons: list[str] | None = None
    card: str | None = None
    form: Form | None = None
    no_form: bool = False
    slots: dict[str, Any] = {}

    class Config:
        extra = "forbid"

    @root_validator
    def one_deed(cls, values: dict[str, Any]) -> dict[str, Any]:
        if sum(values.get(name) is not None for name in DEEDS) != 1:
            raise ValueError(f"an agent's turn is exactly one of {', '.join(DEEDS)}")
        return values
