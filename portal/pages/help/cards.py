"""The frozen values of the help page: questions to try, and the acronyms of the thesaurus."""

from dataclasses import dataclass
from urllib.parse import urlencode

from flask_babel import gettext

from portal.core.text import fold
from portal.geography.lookup import communes
from portal.geography.territory import Territory
from portal.vocabulary.glossary import glossary
from portal.vocabulary.vocabulary import Vocabulary
from portal.web.addresses import to
from portal.web.languages import current_language


@dataclass(frozen=True)
class Example:
    """A question to try, and what it shows."""

    words: str
    href: str
    why: str


@dataclass(frozen=True)
class Acronym:
    """Letters, what they stand for, and where to look for it."""

    letters: str
    meaning: str
    href: str


def examples_for(territory: Territory | None) -> tuple[Example, ...]:
    """Give questions as people ask them, around the first town of the territory."""
    town = _town(territory)
    return (
        _example(f"nounou {town}".strip(), gettext("un besoin, avec vos mots, et une commune")),
        _example("refaire ma carte d’identité samedi", gettext("une phrase, et un jour")),
        _example("médecin ouvert maintenant", gettext("seulement ce qui est ouvert à l’instant")),
        _example("RAM", gettext("un sigle, même ancien")),
        _example("j’ai perdu mon emploi", gettext("une situation, quand on ne sait pas quoi chercher")),
    )


def glossary_of(vocabulary: Vocabulary) -> tuple[Acronym, ...]:
    """List the acronyms that are explained, in alphabetical order."""
    concepts = {letters: concept.code for concept in vocabulary.shown_concepts for letters in concept.acronyms}
    named = sorted(glossary().items(), key=lambda each: fold(each[0]))
    return tuple(
        Acronym(letters, meaning.said(current_language()), _search(theme=concepts[letters]))
        for letters, meaning in named
        if letters in concepts
    )


def _town(territory: Territory | None) -> str:
    if territory is None or not territory.poles:
        return ""
    first = min(territory.poles, key=lambda pole: pole.level)
    commune = communes().communes.get(first.commune)
    return "" if commune is None else f"à {commune.name}"


def _example(words: str, why: str) -> Example:
    return Example(words=words, href=_search(quoi=words), why=why)


def _search(**parameters: str) -> str:
    return f"{to('/recherche')}?{urlencode(parameters)}"
