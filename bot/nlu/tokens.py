"""Words as the classifier shall see them: a number is a number, an email an email, whichever it is."""

from __future__ import annotations

import re

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.tokenizers.tokenizer import Token
from rasa.nlu.tokenizers.whitespace_tokenizer import WhitespaceTokenizer
from rasa.shared.nlu.training_data.message import Message

NUMBER = re.compile(r"\d{3,}")
EMAIL = re.compile(r"\S+@\S+")


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER], is_trainable=False)
class MaskingTokenizer(WhitespaceTokenizer):
    """Sets each token's lemma, which is what Rasa's featurizers count; the text itself stays as it is."""

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        tokens: list[Token] = super().tokenize(message, attribute)
        for token in tokens:
            token.lemma = masked(token.text)
        return tokens


def masked(word: str) -> str:
    """ "1047" and "#W2378156" alike become "0000"."""
    if EMAIL.fullmatch(word):
        return "someone@mail"
    return "0000" if NUMBER.search(word) else word
