"""Reads ``data/policy.yml``: each mistake is a sentence that names the key and its line."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from bot.orders.policy import Policy

KeyPath = tuple[str | int, ...]


class PolicyError(ValueError):
    """The policy file can't be used; ``problems`` has one sentence a mistake."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def load_policy(path: Path, time_zone: str = "UTC") -> Policy:
    """The rules in ``path``; ``time_zone`` is ``Settings.shop_time_zone``.

    Raises:
        PolicyError: the file is missing, no YAML, or breaks a rule.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise PolicyError([f"{path} can't be read: {error.strerror}."]) from error
    return parse_policy(text, name=str(path), time_zone=time_zone)


def parse_policy(text: str, name: str = "policy.yml", time_zone: str = "UTC") -> Policy:
    """Like ``load_policy``, from text; ``name`` begins each sentence."""
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        data = yaml.safe_load(text)
    except yaml.MarkedYAMLError as error:
        line = f", line {error.problem_mark.line + 1}" if error.problem_mark else ""
        raise PolicyError([f"{name}{line}: this is not valid YAML ({error.problem})."]) from error
    if not isinstance(data, dict):
        raise PolicyError([f"{name}: the file must hold the sections of the shop's rules, like returns: and cancel:."])
    lines: dict[KeyPath, int] = {}
    problems = [f"{name}, line {line}: {key} stands there twice." for key, line in _lines(node, (), lines)]
    try:
        policy = Policy.parse_obj({**data, "time_zone": time_zone})
    except ValidationError as error:
        problems += [_sentence(name, problem, lines) for problem in error.errors()]
        raise PolicyError(problems) from error
    if problems:
        raise PolicyError(problems)
    return policy


def _lines(node: yaml.Node | None, at: KeyPath, lines: dict[KeyPath, int]) -> list[tuple[str, int]]:
    """Fills ``lines`` with each key's line; returns the keys that stand there twice."""
    twice: list[tuple[str, int]] = []
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            here = (*at, key.value)
            if here in lines:
                twice.append((_dotted(here), key.start_mark.line + 1))
            lines[here] = key.start_mark.line + 1
            twice += _lines(value, here, lines)
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            here = (*at, index)
            lines[here] = value.start_mark.line + 1
            twice += _lines(value, here, lines)
    return twice


def _sentence(name: str, problem: Any, lines: dict[KeyPath, int]) -> str:
    where: KeyPath = tuple(part for part in problem["loc"] if part not in ("__root__", "__key__"))
    quoted = re.match(r'"([^"]+)"', problem["msg"])  # a wrong key inside the section
    if quoted and (*where, quoted[1]) in lines:
        where = (*where, quoted[1])
    nearest = next((where[:length] for length in range(len(where), 0, -1) if where[:length] in lines), ())
    line = f", line {lines[nearest]}" if nearest else ""
    if where == ("time_zone",):
        return f"RAMAH_SHOP_TIME_ZONE: {problem['msg']}."
    return f"{name}{line}: {_dotted(where)} {_complaint(problem)}."


def _complaint(problem: Any) -> str:
    kind, context = problem["type"], problem.get("ctx", {})
    if kind == "value_error.missing":
        return "is missing"
    if kind == "value_error.extra":
        return "is not a rule Ramah knows (is it spelled right?)"
    if kind == "type_error.enum":
        return "must be one of " + ", ".join(str(value.value) for value in context["enum_values"])
    words = {
        "type_error.integer": "must be a whole number",
        "type_error.bool": "must be true or false",
        "value_error.strictbool": "must be true or false",
        "type_error.list": "must be a list, like [one, two]",
        "type_error.dict": "must be a section with lines of its own",
        "type_error.decimal": "must be a number",
    }
    return words.get(kind) or f"is wrong: {problem['msg']}"


def _dotted(where: KeyPath) -> str:
    return ".".join(str(part + 1) if isinstance(part, int) else part for part in where)
