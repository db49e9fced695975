"""`ramah try`: what the shipped model makes of one message, and what the bot would do, as if a conversation began."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.commands.foreseen import Foreseen
from bot.commands.progress import complaints, console
from bot.commands.quiet_rasa import prepare_quietly
from bot.commands.run import trained_model
from bot.installation import with_files_in
from bot.processes.trouble import Trouble
from bot.project.project import Project
from bot.settings import Settings

if TYPE_CHECKING:  # Rasa is imported only after it was prepared
    from rasa.shared.core.domain import Domain

    from bot.engine.understanding import Understanding

SHOWN = 5  # intents of the ranking
LANGUAGE = "language"


def try_text(text: str, page: str, given: Sequence[str], project: Path, settings: Settings) -> None:
    """Print language, normalised text, intents, entities, and what the bot would do.

    Args:
        page: BCP 47 tag of the shopper's page; the shop's own if empty.
        given: slots known before, as "name=value".

    Raises:
        Trouble: a slot is not one, or no model can be trained.
    """
    if not text.strip():
        raise Trouble('Say something: ramah try "where is my order 1047".')
    model = trained_model(settings, project=project)
    prepare_quietly()
    from bot.engine.understanding import Understanding  # noqa: PLC0415

    complaints.print(f"Loading {model.name} ...", style="dim")
    settings = with_files_in(project, settings)
    understanding = Understanding(model, settings)
    for name, said in told(
        text, page, given, understanding, Foreseen(Project(project), understanding.domain, settings)
    ):
        console.print(f"[bold]{name:<12}[/bold]", end="")
        console.print(said, markup=False, soft_wrap=True)


def told(
    text: str, page: str, given: Sequence[str], understanding: Understanding, foreseen: Foreseen
) -> Iterator[tuple[str, str]]:
    """What is printed: pairs of a heading (empty if it is the one before) and a text."""
    slots = _slots(given, understanding.domain)
    parsed = understanding.parse(text)
    language = understanding.language(parsed, page, slots)
    slots = {**slots, LANGUAGE: language}
    yield from _understood(text, parsed, language)
    yield from foreseen.lines(understanding.steps(parsed, slots), parsed, slots)


def _understood(text: str, parsed: Mapping[str, Any], language: str) -> Iterator[tuple[str, str]]:
    yield "text", text
    scores: Mapping[str, float] = (parsed.get(LANGUAGE) or {}).get("scores") or {}
    ranked = sorted(scores.items(), key=lambda each: -each[1])
    yield "language", ", ".join(f"{name} {score:.0%}" for name, score in ranked) + f"; answered in {language}"
    yield "normalised", str(parsed.get("normalised") or "")
    ranking = parsed.get("intent_ranking") or [parsed["intent"]]
    for number, entry in enumerate(ranking[:SHOWN]):
        yield "" if number else "intents", f"{entry['confidence']:>4.0%}  {entry['name']}"
    entities = [_entity(entity) for entity in parsed["entities"]] or ["none"]
    for number, entity in enumerate(entities):
        yield "" if number else "entities", entity


def _entity(entity: Mapping[str, Any]) -> str:
    value = entity["value"]
    said = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return f"{entity['entity']} = {said} (characters {entity['start']} to {entity['end']})"


def _slots(given: Sequence[str], domain: Domain) -> dict[str, Any]:
    known = {slot.name for slot in domain.slots}
    slots: dict[str, Any] = {}
    for each in given:
        name, sign, value = each.partition("=")
        if not sign or name not in known:
            raise Trouble(f'"{each}" sets no slot: write --slots name=value, with a name of domain.yml.')
        try:
            slots[name] = json.loads(value)
        except json.JSONDecodeError:
            slots[name] = value
    return slots
