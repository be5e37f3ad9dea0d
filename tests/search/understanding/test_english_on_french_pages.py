"""Who asks a French page in English is understood, and told so."""

import pytest

from portal.search.opening import vocabulary_of
from portal.search.understanding.english import is_in_english
from portal.search.understanding.everyday import everyday_words
from portal.search.understanding.needs import NeedBook
from portal.search.understanding.phrases import shipped_phrases

VOCABULARY = vocabulary_of(None)
FRENCH = everyday_words(VOCABULARY) | NeedBook(VOCABULARY, shipped_phrases()).words.keys()
PLACES = frozenset({"romilly", "nogent"})


@pytest.mark.parametrize(
    "question", ["doctor near romilly", "renew my passport", "home help mother", "I need food", "childcare for my baby"]
)
def test_a_question_in_english_is_told_from_french(question: str) -> None:
    assert is_in_english(question, FRENCH, PLACES)


@pytest.mark.parametrize(
    "question",
    ["médecin romilly", "pension alimentaire", "job d’été", "food truck", "coworking nogent", "je suis seule", "train"],
)
def test_french_words_that_english_has_too_stay_french(question: str) -> None:
    assert not is_in_english(question, FRENCH, PLACES)
