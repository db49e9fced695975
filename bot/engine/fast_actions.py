"""What Rasa works out anew around every action, worked out once: a schema, and the slots a message can fill at all.

Touches the insides of Rasa's actions, therefore only in the one release it was read from.
"""

from __future__ import annotations

from typing import Any

import rasa
from jsonschema.validators import validator_for
from rasa.core.actions.action import ActionExtractSlots, RemoteAction
from rasa.shared.core.constants import ACTION_VALIDATE_SLOT_MAPPINGS
from rasa.shared.core.domain import Domain

from bot.engine.fast_graph import KNOWN_RELEASE

FILLABLE = "_fillable_slots"  # kept with the domain, whose hash takes milliseconds


def prepare_actions() -> None:
    """From now on, actions of this process do without the work that comes out the same every time."""
    if rasa.__version__ == KNOWN_RELEASE:
        _check_answers_with_one_validator()
        _pass_over_slots_that_no_message_fills()


def _check_answers_with_one_validator() -> None:
    """Rasa's ``jsonschema.validate`` first checks its own schema, 75 ms a call; check the answer only."""
    schema = RemoteAction.action_response_format_spec()
    validator = validator_for(schema)(schema)

    def validate(_: RemoteAction, result: dict[str, Any]) -> bool:
        validator.validate(result)
        return True

    RemoteAction._validate_action_result = validate


def _pass_over_slots_that_no_message_fills() -> None:
    """A slot whose only mapping is ``custom`` without an action is looked at, and left, at every message."""
    run_on_all = ActionExtractSlots.run

    async def run(self: ActionExtractSlots, output_channel: Any, nlg: Any, tracker: Any, domain: Domain) -> Any:
        if ACTION_VALIDATE_SLOT_MAPPINGS in domain.user_actions:  # an action that may want to see all slots
            return await run_on_all(self, output_channel, nlg, tracker, domain)
        return await run_on_all(self, output_channel, nlg, tracker, _fillable(domain))

    ActionExtractSlots.run = run


class _DomainOfFillableSlots:
    """A domain but for the slots that no message can fill."""

    def __init__(self, domain: Domain) -> None:
        self._domain = domain
        self.slots = [slot for slot in domain.slots if any(map(_may_fill, slot.mappings))]

    def __getattr__(self, name: str) -> Any:
        return getattr(self._domain, name)


def _fillable(domain: Domain) -> _DomainOfFillableSlots:
    kept: _DomainOfFillableSlots | None = domain.__dict__.get(FILLABLE)
    if kept is None:
        kept = domain.__dict__[FILLABLE] = _DomainOfFillableSlots(domain)
    return kept


def _may_fill(mapping: dict[str, Any]) -> bool:
    return mapping.get("type") != "custom" or "action" in mapping
