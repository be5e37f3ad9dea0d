"""The languages the portal speaks: whoever says words takes one of their codes, French unless told otherwise."""

from dataclasses import dataclass
from functools import lru_cache

from portal.core.text import french_spacing

FRENCH = "fr"
ENGLISH = "en"
LANGUAGES = (FRENCH, ENGLISH)


@dataclass(frozen=True)
class Label:
    """A name in the two languages of the portal."""

    fr: str
    en: str

    def __str__(self) -> str:
        return self.fr

    def said(self, language: str = FRENCH) -> str:
        """Give the name in a language, spaced as it is printed; French where it has no other."""
        return self.en if language == ENGLISH and self.en else _printed(self.fr)

    def filled(self, **values: "Label | str") -> "Label":
        """Put words in the gaps of a sentence, in both languages."""
        return Label(
            self.fr.format(**values), self.en.format(**{name: _english(each) for name, each in values.items()})
        )


@lru_cache(maxsize=4096)
def _printed(french: str) -> str:
    return french_spacing(french)


def _english(words: Label | str) -> str:
    return words if isinstance(words, str) else words.said(ENGLISH)
