"""How an action speaks: a response by name, with the shopper's own words, numbers, buttons and at most one card."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.shop import the_shop
from actions.turn import turn_of
from actions.words import Words, words_in
from bot.languages import ENGLISH
from bot.wording.formats import Formats, formats_for

Button = dict[str, str]
Card = Mapping[str, Any]


class Voice:
    """Speaks to one shopper, in one turn, in one language."""

    def __init__(self, dispatcher: CollectingDispatcher, words: Words, formats: Formats, language: str) -> None:
        self._dispatcher = dispatcher
        self.words = words
        self.formats = formats
        self.language = language

    def say(self, response: str, *, buttons: Sequence[Button] = (), card: Card | None = None, **values: object) -> None:
        """Give a response of the domain; ``values`` go into its placeholders."""
        spoken = {name: str(value) for name, value in values.items()}
        spoken["language"] = self.language  # the slot as it was before this action does not count
        self._dispatcher.utter_message(
            response=response, buttons=list(buttons), json_message=dict(card) if card else None, **spoken
        )

    def button(
        self, word: str, intent: str, *, entities: Mapping[str, object] | None = None, **values: object
    ) -> Button:
        """A button whose title is a word of ``buttons`` in the words file."""
        return {"title": self.words.text(f"buttons.{word}", **values), "payload": payload(intent, entities)}


def payload(intent: str, entities: Mapping[str, object] | None = None) -> str:
    """What Rasa takes for an intent with entities; the gateway never lets it out of the house."""
    return f"/{intent}{json.dumps(entities, ensure_ascii=False)}" if entities else f"/{intent}"


def voice_of(dispatcher: CollectingDispatcher, tracker: Tracker, language: str | None = None) -> Voice:
    """``language``: where it is another than the slot's, which this action is about to set."""
    turn, shop = turn_of(tracker), the_shop()
    language = language or tracker.get_slot("language") or ENGLISH
    words = words_in(language, shop.settings.words_dir)
    whole = shop.policy.shop.whole_amounts
    formats = formats_for(turn.locale, turn.time_zone, words.group("money"), whole, language=language)
    return Voice(dispatcher, words, formats, language)
