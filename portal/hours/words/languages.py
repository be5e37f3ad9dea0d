"""From the code of a language to its words."""

from collections.abc import Mapping

from portal.core.languages import ENGLISH, FRENCH
from portal.hours.words.english import IN_ENGLISH
from portal.hours.words.french import IN_FRENCH
from portal.hours.words.phrases import Phrases

_SPOKEN: Mapping[str, Phrases] = {FRENCH: IN_FRENCH, ENGLISH: IN_ENGLISH}


def phrases_in(language: str) -> Phrases:
    """Give the words of a language."""
    return _SPOKEN[language]
