"""Sentences of the interface for views and cards, found by the language of the page alone.

The library looks up its context, a locale and a domain for each, at five times the cost; lazy sentences stay its own.
"""

from portal.web.languages import current_language
from portal.web.translations import catalogue


def gettext(words: str, /, **values: object) -> str:
    """Say a sentence in the language of the page."""
    said: str = catalogue(current_language()).ugettext(words)
    return said % values if values else said


def ngettext(one: str, many: str, number: int, /, **values: object) -> str:
    """Say a sentence of one or of many; `%(num)d` in it is the number."""
    said: str = catalogue(current_language()).ungettext(one, many, number)
    return said % {"num": number, **values}
