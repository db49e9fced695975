"""What shoppers say before and behind an address: "new address is …", "… instead, thanks"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class AddressTalk:
    """Phrases: ``lead`` before an address wherever it stands; ``verb`` … ``to`` likewise ("send 1116 to"); ``start``
    only at the beginning; ``end`` behind it."""

    lead: tuple[str, ...]
    verb: tuple[str, ...]
    to: tuple[str, ...]
    start: tuple[str, ...]
    end: tuple[str, ...]

    @classmethod
    def of(cls, *heard: Mapping[str, Any]) -> AddressTalk:
        """From the ``heard`` of one language's words, or of several."""
        return cls(
            **{name: tuple(phrase for each in heard for phrase in each.get(f"address_{name}") or []) for name in _PARTS}
        )

    def after_lead(self, text: str) -> tuple[str, bool]:
        """The text behind a lead, and whether there was one."""
        for lead in self.lead:
            if re.search(rf"(?<!\w){re.escape(lead)}(?!\w)", text.replace("’", "'"), re.IGNORECASE):
                rest = re.split(rf"(?<!\w){re.escape(lead)}(?!\w)", text, maxsplit=1, flags=re.IGNORECASE)[-1]
                return rest.strip(" :,-"), True
        verbs = "|".join(re.escape(verb) for verb in self.verb)
        for to in self.to:
            pattern = rf"(?<!\w)(?:{verbs})(?!\w).{{0,40}}?(?<!\w){re.escape(to)}\s+(.+)"
            if far := re.search(pattern, text, re.IGNORECASE | re.DOTALL):
                return far[1].strip(" :,-"), True
        for start in self.start:
            if re.match(rf"{re.escape(start)}(?!\w)", text, re.IGNORECASE):
                return text[len(start) :].strip(" :,-"), False
        return text, False

    def without_end(self, text: str) -> str:
        ends = "|".join(re.escape(end) for end in self.end)
        pattern = rf"(?:[\s,?!]+(?:{ends}))+[\s.!]*$"
        return re.sub(pattern, "", text, flags=re.IGNORECASE).rstrip(" ?!") if ends else text


_PARTS = ("lead", "verb", "to", "start", "end")
