"""The entity finder as a component of Rasa's pipeline."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from rasa.engine.graph import GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import (
    ENTITIES,
    ENTITY_ATTRIBUTE_END,
    ENTITY_ATTRIBUTE_START,
    ENTITY_ATTRIBUTE_TYPE,
    ENTITY_ATTRIBUTE_VALUE,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.entity_finder import LANGUAGES, REGIONS, EntityFinder, entity_finder
from bot.nlu.patterns import data_files
from bot.places.gazetteer import FILE as PLACES
from bot.settings import Settings

LANGUAGE = "language"  # the message's property: {"code": "id", …}


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR], is_trainable=False)
class OrderEntities(GraphComponent, EntityExtractorMixin):
    """``- name: bot.nlu.entities.OrderEntities`` in ``config.yml``, with ``languages``, ``regions`` or ``time_zone``
    (an IANA zone; without it the shop's) if need be."""

    def __init__(self, finder: EntityFinder, today: Callable[[], date]) -> None:
        self._finder = finder
        self._today = today

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {"languages": list(LANGUAGES), "regions": list(REGIONS), "time_zone": ""}

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: Any, resource: Any, execution_context: Any
    ) -> "OrderEntities":  # noqa: UP037 - Rasa reads the annotations and wants no forward reference
        zone = ZoneInfo(config["time_zone"] or Settings().shop_time_zone)
        finder = entity_finder(tuple(config["languages"]), tuple(config["regions"]))
        return cls(finder, lambda: datetime.now(zone).date())

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Changes with the data files, so that a changed word is a reason to train."""
        digest = hashlib.sha256()
        for path in (PLACES, *data_files(config["languages"])):
            digest.update(path.read_bytes())
        return digest.hexdigest()

    def process(self, messages: list[Message]) -> list[Message]:
        """Add what is found to each message's entities."""
        today = self._today()
        for message in messages:
            language = (message.get(LANGUAGE) or {}).get("code") or ""
            found = [
                {
                    ENTITY_ATTRIBUTE_TYPE: entity.entity,
                    ENTITY_ATTRIBUTE_START: entity.start,
                    ENTITY_ATTRIBUTE_END: entity.end,
                    ENTITY_ATTRIBUTE_VALUE: entity.value,
                }
                for entity in self._finder.find(message.get(TEXT) or "", today, language)
            ]
            found = self.add_extractor_name(found)
            message.set(ENTITIES, [*message.get(ENTITIES, []), *found], add_to_output=True)
        return messages
