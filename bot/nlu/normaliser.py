"""Text as it was meant: slang, short forms, repeated letters, doubled words and typing errors undone.

A spaCy pipeline a language (blank: no weights): its tokenizer, and one component that gives each token its ``norm``.
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc
from spacy.util import get_lang_class

from bot.nlu.lexicon import LANGUAGES, Lexicon, lexicon_of
from bot.nlu.spelling import Speller

LONGEST = 1000  # characters that are looked at
NUMBER = "0000"
EMAIL = "someone@mail"
ENDINGS = ("nya", "ku", "mu", "lah", "kah", "kan", "s", "'s")  # of a known word: no typing error
NOTHING = " "  # spaCy takes an empty norm for none
_NUMBER = re.compile(r"\d{3,}")
_EMAIL = re.compile(r"\S+@\S+\.\S+")
_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_SIGNS = r"[?!.,;:()\[\]{}\"“”…*~_=+|<>/\\]"
_PICTURE = r"[\u2190-\u2bff\u3000-\u303f\ufe0f\U0001f000-\U0001ffff]"
_REPEATED = re.compile(r"(.)\1{2,}")
_DOUBLED = re.compile(r"([a-z]{2,})(?:2|²|-\1|-\1(?:nya|an))(nya|an|lah)?$")
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "`": "'"})


class Norms:
    """The spaCy component: sets each token's ``norm_``."""

    def __init__(self, lexicon: Lexicon, counts: Mapping[str, int]) -> None:
        self._short_forms = lexicon.short_forms
        meant = {word for form in lexicon.short_forms.values() for word in form.split()}
        known = {*lexicon.words, *lexicon.function_words, *lexicon.particles, *meant}
        self._speller = Speller({**dict.fromkeys(sorted(known), 1), **counts})

    def __call__(self, doc: Doc) -> Doc:
        for token in doc:
            token.norm_ = self.norm(token.text.lower()) or NOTHING
        return doc

    def norm(self, word: str) -> str:
        """One word in small letters, as it was meant; several words for a short form that stands for them."""
        if mask := _masked(word):
            return mask
        if not any(letter.isalnum() for letter in word):
            return _symbol(word)
        word = word.strip("'\"*_~.-")
        for form in (word, *_squeezed(word)):
            if form in self._short_forms:
                return self._short_forms[form]
            if form in self._speller:
                return form
        doubled = _DOUBLED.fullmatch(word)
        if doubled:
            return self.norm(doubled[1])
        return self._mended((_squeezed(word) or [word])[-1])

    def _mended(self, word: str) -> str:
        ended = any(word.endswith(ending) and word.removesuffix(ending) in self._speller for ending in ENDINGS)
        return word if ended else self._speller.mend(word)


@Language.factory("ramah_normaliser", default_config={"language": "en", "counts": {}})
def make_norms(nlp: Language, name: str, language: str, counts: dict[str, int]) -> Norms:
    """What spaCy calls to put the component into a pipeline."""
    return Norms(lexicon_of(language), counts)


class Normaliser:
    """Normalises texts of some languages.

    Args:
        counts: for each language the words that are known and how often they were seen (of the training examples,
            or of the articles); the lexicon's words are known besides.
    """

    def __init__(self, counts: Mapping[str, Mapping[str, int]], languages: Sequence[str] = LANGUAGES) -> None:
        self.pipelines = {language: _pipeline(language, counts.get(language, {})) for language in languages}

    def doc(self, text: str, language: str) -> Doc:
        """The text's tokens; ``norm_`` is what each means, empty where it means nothing."""
        return self.pipelines[language](text[:LONGEST].translate(_APOSTROPHES))

    def words(self, text: str, language: str) -> list[str]:
        """What is left of a text: words in small letters, numbers and emails masked."""
        words = [word for token in self.doc(text, language) for word in token.norm_.split()]
        return [word for word, last in zip(words, ["", *words], strict=False) if word != "?" or last != "?"]


def _pipeline(language: str, counts: Mapping[str, int]) -> Language:
    # The language's own tokenizer would take seconds to be made, and then not be used.
    nlp: Language = get_lang_class(language)(create_tokenizer=_tokenizer)
    nlp.add_pipe("ramah_normaliser", config={"language": language, "counts": dict(counts)})
    return nlp


def _tokenizer(nlp: Language) -> Tokenizer:
    """Signs part words; numbers, links, addresses and doubled words ("barang-barang") stay in one piece."""
    return Tokenizer(
        nlp.vocab,
        prefix_search=re.compile(rf"^(?:{_SIGNS}|{_PICTURE})").search,
        suffix_search=re.compile(rf"(?:{_SIGNS}|{_PICTURE})$").search,
        infix_finditer=re.compile(rf"{_PICTURE}|(?<=[^\W\d]){_SIGNS}(?=[^\W\d])|[?!,;]+").finditer,
        token_match=re.compile(rf"{_LINK.pattern}|{_EMAIL.pattern}", re.IGNORECASE).fullmatch,
    )


def _masked(word: str) -> str | None:
    """A number is a number, an email an email, whichever it is."""
    if _EMAIL.fullmatch(word):
        return EMAIL
    if _LINK.fullmatch(word):
        return "link"
    return NUMBER if _NUMBER.search(word) else None


def _squeezed(word: str) -> list[str]:
    """ "plsss", "soooo": with the repeated letters twice, then once."""
    if not _REPEATED.search(word):
        return []
    return [_REPEATED.sub(r"\1\1", word), _REPEATED.sub(r"\1", word)]


def _symbol(word: str) -> str:
    """A question mark and an emoji are words; other signs mean nothing."""
    if "?" in word:
        return "?"
    return word[0] if ord(word[0]) > 0x2190 else ""


@lru_cache(maxsize=1)
def _plain() -> Normaliser:
    return Normaliser({})


def normalise(text: str, language: str) -> str:
    """Slang and short forms undone with the lexicons alone, for whoever has no model at hand (the articles' search)."""
    return " ".join(_plain().words(text, language))
