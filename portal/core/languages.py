"""The languages the portal speaks: whoever says words takes one of their codes, French unless told otherwise."""

from dataclasses import dataclass

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
        """Give the name in a language; French where it has no other."""
        return (self.en or self.fr) if language == ENGLISH else self.fr

    def filled(self, **values: "Label | str") -> "Label":
        """Put words in the gaps of a sentence, in both languages."""
        return Label(
            self.fr.format(**values), self.en.format(**{name: _english(each) for name, each in values.items()})
        )


def _english(words: Label | str) -> str:
    return words if isinstance(words, str) else words.said(ENGLISH)
