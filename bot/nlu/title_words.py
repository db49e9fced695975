"""What is known of the words of product titles: ``title_words.yml``."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import yaml
from pydantic import BaseModel, Extra, StrictStr

FILE = Path(__file__).parent / "title_words.yml"


class TitleWords(BaseModel, extra=Extra.forbid):
    """``everyday`` words tell no product by themselves, ``ordinary`` ones are no misspelt word of a title."""

    everyday: frozenset[StrictStr]
    ordinary: frozenset[StrictStr]


@lru_cache(maxsize=1)
def title_words() -> TitleWords:
    return TitleWords.parse_obj(yaml.safe_load(FILE.read_text("utf-8")))
