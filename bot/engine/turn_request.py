"""One turn as the gateway asks for it, checked at the door."""

from __future__ import annotations

from typing import Any, Literal, Union

from pydantic import BaseModel, ConstrainedStr, Field, validator


class Identifier(ConstrainedStr):
    regex = r"^[A-Za-z0-9_.:-]{1,100}$"


class TextInput(BaseModel):
    """What the shopper typed: text, whatever it begins with."""

    kind: Literal["text"]
    text: str = Field(max_length=4000)

    @validator("text")
    def _writable(cls, text: str) -> str:
        """Half a surrogate pair is a character in JSON, and in no file or database."""
        return text.encode("utf-8", "replace").decode()


class ChoiceInput(BaseModel):
    """A button or card of ours that the shopper used; the gateway has put our own payload back in."""

    kind: Literal["choice"]
    payload: str = Field(min_length=1, max_length=4000)
    values: dict[str, Any] | None = None
    title: str | None = Field(None, max_length=4000)


class PhotoInput(BaseModel):
    kind: Literal["photo"]
    photo_id: Identifier


class TurnRequest(BaseModel):
    turn_id: Identifier
    conversation_id: Identifier
    input: Union[TextInput, ChoiceInput, PhotoInput] = Field(discriminator="kind")  # noqa: UP007 - pydantic 1 needs it
    context: dict[str, Any] = Field(default_factory=dict)

    @property
    def metadata(self) -> dict[str, Any]:
        """What actions are told about the turn, beside the message itself."""
        values = self.input.values if isinstance(self.input, ChoiceInput) else None
        return {
            **self.context,
            "turn_id": self.turn_id,
            "conversation_id": self.conversation_id,
            "values": values or {},
        }
