"""Words as the classifier shall see them: a number is a number, an email an email, whichever it is."""

from __future__ import annotations

import re

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.tokenizers.tokenizer import Token
from rasa.nlu.tokenizers.whitespace_tokenizer import WhitespaceTokenizer
from rasa.shared.nlu.training_data.message import Message

NUMBER = re.compile(r"\d{3,}")
EMAIL = re.compile(r"\S+@\S+")
A_NUMBER, AN_EMAIL = MASKS = ("0000", "someone@mail")


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER], is_trainable=False)
class MaskingTokenizer(WhitespaceTokenizer):
    """Sets each token's lemma, which is what Rasa's featurizers count; the text itself stays as it is."""

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        tokens: list[Token] = super().tokenize(message, attribute)
        lemmas = [masked(token.text) for token in tokens]
        alone = all(lemma in MASKS for lemma in lemmas)
        for index, (token, lemma) in enumerate(zip(tokens, lemmas, strict=True)):
            # Beside other words an email, or a second number, says nothing about what is wanted: it is the proof.
            unheard = not alone and (lemma == AN_EMAIL or (lemma == A_NUMBER and A_NUMBER in lemmas[:index]))
            token.lemma = "" if unheard else lemma
        return tokens


def masked(word: str) -> str:
    """ "1047" and "#W2378156" alike become "0000"."""
    if EMAIL.fullmatch(word):
        return AN_EMAIL
    return A_NUMBER if NUMBER.search(word) else word
