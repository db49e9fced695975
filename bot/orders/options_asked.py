"""Which size or colour of a product a text asks for, and which of them are there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.orders.product_words import Phrases, ProductWords, has_word
from bot.store.models import Product, Variant

LETTER_SIZE = r"\d{0,2}x{0,3}[sml]|\d{1,2}xl"
SHORT = 3  # characters of a value that is a size by itself: "XL", "42"


@dataclass(frozen=True)
class Asked:
    """``wanted``: the product's own values by option; ``unknown``: what it does not come in, in the shopper's words."""

    wanted: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.wanted or self.unknown)


def options_asked(text: str, product: Product, words: ProductWords) -> Asked:
    """What a text asks for; nothing where it names neither size nor colour nor another option of the product."""
    wanted: dict[str, tuple[str, ...]] = {}
    for name, values in values_of(product).items():
        asked = tuple(value for value in values if asks_for(text, name, value, words))
        if asked:
            wanted[name] = _longest(asked)
    return Asked(wanted, _unknown(text, product, wanted, words))


def values_of(product: Product, variants: Sequence[Variant] | None = None) -> dict[str, list[str]]:
    """The values of each option in the catalogue's order, small to large where the store lists them so."""
    values: dict[str, dict[str, None]] = {}
    for variant in product.variants if variants is None else variants:
        for name, value in variant.options.items():
            values.setdefault(name, {})[value] = None
    return {name: list(of_option) for name, of_option in values.items()}


def variants_like(product: Product, wanted: Mapping[str, Iterable[str]]) -> list[Variant]:
    """The variants that have one of the wanted values of each option."""
    return [
        variant
        for variant in product.variants
        if all(variant.options.get(name) in list(values) for name, values in wanted.items())
    ]


def in_stock(variants: Iterable[Variant]) -> list[Variant]:
    return [variant for variant in variants if variant.available and variant.stock != 0]


def size_option(product: Product, words: ProductWords) -> str | None:
    """The name of the option that is the product's size, if it has sizes."""
    return next((name for name in values_of(product) if name.lower() in words.size_options), None)


def size_beside(product: Product, size: str, steps: int, words: ProductWords) -> str | None:
    """The size some steps above (below: negative) another; ``None`` where there is none."""
    name = size_option(product, words)
    sizes = values_of(product).get(name, []) if name else []
    if size not in sizes:
        return None
    place = sizes.index(size) + steps
    return sizes[place] if 0 <= place < len(sizes) else None


def asks_for(text: str, option: str, value: str, words: ProductWords) -> bool:
    """Whether a text names a value of an option, in the store's word or in one of the shop's others for it."""
    if option.lower() in words.size_options and len(value) <= SHORT:
        return _names_size(text, value, words)
    if re.search(rf"(?<!\w){_spaced(value)}(?!\w)", text, re.IGNORECASE):
        return True
    others = words.options.get(value.lower(), [])
    return bool(Phrases(dict.fromkeys(others, value), words.endings).find(text))


def _names_size(text: str, value: str, words: ProductWords) -> bool:
    """ "42", "XL", "size m"; a letter by itself only as a word of its own, as in "M ada?"."""
    alone = re.search(rf"(?<![\w'’.,$-]){re.escape(value)}(?![\w'’-]|[.,]\d)", text, re.IGNORECASE)
    joined = re.search(rf"(?<!\w)(?:{_any(words.size_words)})[\s.:]*{re.escape(value)}(?!\w)", text, re.IGNORECASE)
    return bool(alone or joined)


def _unknown(text: str, product: Product, wanted: Mapping[str, Sequence[str]], words: ProductWords) -> tuple[str, ...]:
    """Sizes and colours that are asked for and that the product does not come in."""
    unknown = []
    name = size_option(product, words)
    size = re.search(rf"(?<!\w)(?:{_any(words.size_words)})[\s.:]*(\d{{2,3}}|{LETTER_SIZE})(?!\w)", text, re.IGNORECASE)
    if name and size and name not in wanted:
        unknown.append(size[1].upper())
    own = {form for values in values_of(product).values() for value in values for form in _forms(value, words)}
    colours = Phrases({colour: colour for colour in words.colours if colour not in own}, words.endings)
    said = {colour for _, _, colour in colours.find(text) if not has_word(product.title, colour)}
    covered = {form for values in wanted.values() for value in values for form in _forms(value, words)}
    unknown += sorted(colour for colour in said if not any(has_word(form, colour) for form in covered))
    return tuple(unknown)


def _forms(value: str, words: ProductWords) -> list[str]:
    return [value.lower(), *words.options.get(value.lower(), [])]


def _longest(values: tuple[str, ...]) -> tuple[str, ...]:
    """ "mega mendung" and not "mendung" beside it."""
    return tuple(value for value in values if not any(value != other and has_word(other, value) for other in values))


def _spaced(value: str) -> str:
    """ "20000 mAh" is also written "20000mah"."""
    return r"\s*".join(re.escape(part) for part in value.split())


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in words)
