"""One article: a Markdown file with front matter."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import frontmatter
import yaml
from pydantic import BaseModel, Extra, Field, ValidationError

from bot.knowledge.facts import BrokenFile, FactsOf, fill
from bot.knowledge.passages import Passage, passages_of

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class FrontMatter(BaseModel, extra=Extra.forbid):
    """What stands between the two lines of ``---``.

    Attributes:
        title: the article's heading.
        questions: how shoppers ask for it, in their own words.
        language: that of the folder.
        topic: under which heading the list of all articles shows it.
        valid_until: the last day on which it is shown, in the shop's time zone.
        intents: of which questions of the classifier it is an answer.
    """

    title: str = Field(min_length=1)
    questions: list[str] = Field(min_items=1)
    language: str
    topic: str = ""
    valid_until: date | None = None
    intents: list[str] = []


@dataclass(frozen=True)
class Article:
    """``slug`` is the file's name, the same in every language; ``markdown`` has its facts filled in."""

    slug: str
    language: str
    title: str
    topic: str
    questions: tuple[str, ...]
    intents: tuple[str, ...]
    valid_until: date | None
    markdown: str
    passages: tuple[Passage, ...]

    def is_valid(self, today: date) -> bool:
        return self.valid_until is None or today <= self.valid_until


def read_article(path: Path, facts_of: FactsOf) -> Article:
    """The article in ``<language>/<slug>.md``.

    Raises:
        BrokenFile: with the reason why it cannot be shown.
    """
    language = path.parent.name
    if not SLUG.fullmatch(path.stem):
        raise BrokenFile("its name must be small letters and digits with single hyphens between, like delivery-time.md")
    about, text = _parts(path)
    if about.language != language:
        raise BrokenFile(f'its language is "{about.language}", but it lies in the folder {language}')
    facts = facts_of(language)
    markdown = fill(text, facts)
    passages = tuple(passages_of(markdown))
    if not passages:
        raise BrokenFile("there is no text below the front matter")
    return Article(
        slug=path.stem,
        language=language,
        title=fill(about.title, facts),
        topic=about.topic.strip(),
        questions=tuple(fill(question, facts) for question in about.questions),
        intents=tuple(about.intents),
        valid_until=about.valid_until,
        markdown=markdown,
        passages=passages,
    )


def _parts(path: Path) -> tuple[FrontMatter, str]:
    try:
        post = frontmatter.loads(path.read_text("utf-8"), handler=frontmatter.YAMLHandler())
    except (OSError, UnicodeDecodeError) as error:
        raise BrokenFile(f"it cannot be read ({error})") from error
    except yaml.YAMLError as error:
        raise BrokenFile(f"its front matter is no YAML ({' '.join(str(error).split())})") from error
    if not post.metadata:
        raise BrokenFile("it does not begin with front matter (title, questions and language between two lines of ---)")
    try:
        return FrontMatter.parse_obj(post.metadata), post.content
    except ValidationError as error:
        problems = [f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors()]
        raise BrokenFile(f"its front matter is wrong ({'; '.join(problems)})") from error
