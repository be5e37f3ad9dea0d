"""Names of communes inside a French sentence: "du Mériot", "des Riceys", "d’Avant-lès-Marcilly"."""

from portal.core.text import fold

_ARTICLES = (("Le ", "du "), ("Les ", "des "))
_AT = (("Le ", "au "), ("Les ", "aux "))
_ELIDED = frozenset("aeiouy")
_NOT_ELIDED = ("ye", "yo", "ya", "you", "oui", "onz")
"""Yerville and Yolet: their first letter sounds as a consonant."""


def printed(name: str) -> str:
    """Write the name of a commune as it is printed: the official list holds the apostrophes of typewriters."""
    return name.replace("'", "’")


def at_commune(name: str) -> str:
    """Say "at" a commune: "à Barbuise", "au Mériot", "aux Riceys"."""
    return next(
        (joined + name.removeprefix(article) for article, joined in _AT if name.startswith(article)), f"à {name}"
    )


def of_commune(name: str) -> str:
    """Say "of" a commune; an h is left unelided, as half of them are."""
    for article, joined in _ARTICLES:
        if name.startswith(article):
            return joined + name.removeprefix(article)
    folded = fold(name)
    is_elided = folded[:1] in _ELIDED and not folded.startswith(_NOT_ELIDED)
    return f"d’{name}" if is_elided else f"de {name}"
