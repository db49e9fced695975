"""YAML that remembers on which line everything stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

Way = tuple[str | int, ...]  # keys and indices from the top: ("responses", "utter_greet", 0, "text")
# libyaml where it is there: twenty times as fast
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PREFIX = "tag:yaml.org,2002:"
_TEXT = f"{_PREFIX}str"
_READ: Mapping[str, Callable[[str], Any]] = {
    f"{_PREFIX}null": lambda _: None,
    f"{_PREFIX}bool": lambda text: text.lower() in ("true", "yes", "on"),
    f"{_PREFIX}int": lambda text: int(text, 10) if text.lstrip("+-").isdigit() else text,
    f"{_PREFIX}float": lambda text: float(text) if ":" not in text and "_" not in text else text,
}


class BrokenYaml(ValueError):
    """The file is no YAML; the message says why.

    Attributes:
        file: which.
        line: where, from 1.
    """

    def __init__(self, file: Path, line: int, reason: str) -> None:
        super().__init__(reason)
        self.file = file
        self.line = line


@dataclass
class Document:
    """One file.

    Attributes:
        file: where it lies.
        content: as PyYAML reads it, except that keys are texts.
        lines: the line of everything in it, from 1; of a block text ("|"), the line before its first.
        twice: keys that stand twice in one mapping: the way to it, the line of the first and of the second.
        not_text: plain words that YAML takes for something else ("no", "on", "12"): the way to it, and the word.
    """

    file: Path
    content: Any = None
    lines: dict[Way, int] = field(default_factory=dict)
    twice: list[tuple[Way, int, int]] = field(default_factory=list)
    not_text: dict[Way, str] = field(default_factory=dict)

    def line(self, *way: str | int) -> int:
        """The line of what stands there, or of the nearest that it would stand in."""
        while way not in self.lines and way:
            way = way[:-1]
        return self.lines.get(way, 1)

    def section(self, name: str) -> Any:
        """What stands under a key at the top; nothing where there is none."""
        return self.content.get(name) if isinstance(self.content, Mapping) else None


def read(file: Path) -> Document:
    """The file's content with its lines.

    Raises:
        BrokenYaml: it is not YAML.
        OSError: it cannot be read.
    """
    try:
        node = yaml.compose(file.read_text("utf-8"), Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise BrokenYaml(file, mark.line + 1 if mark else 1, error.problem or error.context or str(error)) from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise BrokenYaml(file, 1, " ".join(str(error).split())) from error
    document = Document(file)
    if node is not None:
        document.content = _content(node, (), document)
    return document


def _content(node: yaml.Node, way: Way, document: Document) -> Any:
    document.lines.setdefault(way, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, way, document)
    if isinstance(node, yaml.SequenceNode):
        return [_content(item, (*way, index), document) for index, item in enumerate(node.value)]
    if node.tag != _TEXT:
        document.not_text[way] = node.value
    return _READ.get(node.tag, str)(node.value)


def _mapping(node: yaml.MappingNode, way: Way, document: Document) -> dict[str, Any]:
    content: dict[str, Any] = {}
    for key_node, value in node.value:
        key = str(key_node.value)
        here = (*way, key)
        line = key_node.start_mark.line + 1
        if key in content:
            document.twice.append((here, document.lines[here], line))
        elif key_node.tag != _TEXT:
            document.not_text[here] = key
        document.lines[here] = line
        if isinstance(value, yaml.ScalarNode) and value.style == "|":
            document.lines[here] = value.start_mark.line + 1
        content[key] = _content(value, here, document)
    return content
