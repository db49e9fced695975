"""Who is compared, the quick ones first."""

from __future__ import annotations

from benchmarks.classifiers.contender import Contender, here
from benchmarks.classifiers.diet import EPOCHS, diet
from benchmarks.classifiers.linear import (
    complement_bayes,
    pieces_only,
    regression_on_shipped_features,
    regression_on_words,
    regression_on_words_and_letters,
    shipped,
    support_vectors,
    without_concepts,
    without_normaliser,
    without_pieces,
    without_stems,
    words_and_pieces,
)
from benchmarks.classifiers.textcat import BAG_OF_WORDS, CNN, categoriser

SHIPPED = Contender("shipped", "linear SVM, as shipped", here(support_vectors(shipped)))
BAYES = Contender("bayes", "complement naive Bayes, words and letters", here(complement_bayes))
REGRESSION = Contender(
    "regression-shipped", "logistic regression, features as shipped", here(regression_on_shipped_features)
)
TEXTCAT = Contender("textcat-bow", "spaCy textcat, bag of words", here(categoriser(BAG_OF_WORDS, 0.01)))

CONTENDERS = (
    SHIPPED,
    BAYES,
    Contender("regression-words", "logistic regression, words and pairs", here(regression_on_words)),
    Contender("regression-letters", "logistic regression, words and letters", here(regression_on_words_and_letters)),
    REGRESSION,
    TEXTCAT,
    Contender("textcat-cnn", "spaCy textcat, CNN", here(categoriser(CNN))),
    Contender("diet", f"DIET, {EPOCHS} epochs", diet(), parts=0),  # one training takes half an hour
    Contender(
        "ensemble-bayes",
        "mean of SVM, logistic regression, naive Bayes",
        None,
        members=(SHIPPED, REGRESSION, BAYES),
    ),
    Contender(
        "ensemble-textcat",
        "mean of SVM, logistic regression, textcat",
        None,
        members=(SHIPPED, REGRESSION, TEXTCAT),
    ),
)

# The shipped classifier without one of its parts each.
ABLATIONS = (
    Contender("no-normaliser", "without the normaliser", here(support_vectors(without_normaliser)), parts=0),
    Contender("no-stems", "without stems", here(support_vectors(without_stems)), parts=0),
    Contender("no-concepts", "without concepts", here(support_vectors(without_concepts)), parts=0),
    Contender("no-pieces", "without letter pieces", here(support_vectors(without_pieces)), parts=0),
    Contender("pieces-only", "letter pieces only", here(support_vectors(pieces_only)), parts=0),
    Contender(
        "typed", "typed words and their pieces only, no word lists", here(support_vectors(words_and_pieces)), parts=0
    ),
)
