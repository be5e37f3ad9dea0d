"""What was found, said in one line: how many, for what, where and when."""

from portal.core.languages import FRENCH
from portal.core.text import cut
from portal.geography.grammar import of_commune, printed
from portal.geography.points import Point
from portal.search.answers import Answer
from portal.vocabulary.vocabulary import Vocabulary
from portal.web.languages import current_language
from portal.web.sentences import gettext, ngettext

_LONGEST_SUBJECT = 60


def headline(answer: Answer, vocabulary: Vocabulary) -> str:
    """Say what was found: "12 services pour « nounou » près de Romilly-sur-Seine (10)"."""
    return _sometime(_somewhere(_for_what(_counted(answer.total), answer, vocabulary), answer), answer)


def theme_name(theme: str, vocabulary: Vocabulary) -> str:
    """Name a family or a kind of service in the language of the page; a code nobody knows stays."""
    entry = vocabulary.theme(theme)
    if entry is None:
        return theme
    return entry.label.said(current_language())


def near(name: str) -> str:
    """Prepare the name of a place for a sentence that says "near" it."""
    return of_commune(printed(name)) if current_language() == FRENCH else printed(name)


def _counted(total: int) -> str:
    said: str = ngettext("%(num)d service", "%(num)d services", total) if total else gettext("Aucun service")
    return said


def _for_what(said: str, answer: Answer, vocabulary: Vocabulary) -> str:
    # A whole sentence stands in the field; the title only recalls it.
    subject = cut(answer.understood.subject, _LONGEST_SUBJECT)
    if subject:
        said = gettext("%(services)s pour « %(subject)s »", services=said, subject=subject)
    elif answer.request.theme:
        theme = theme_name(answer.request.theme, vocabulary)
        said = gettext("%(services)s : %(theme)s", services=said, theme=theme)
    return said


def _somewhere(said: str, answer: Answer) -> str:
    place = answer.understood.place
    if place is not None:
        said = gettext("%(services)s près %(place)s", services=said, place=near(place.words))
    elif isinstance(answer.request.where, Point):
        said = gettext("%(services)s près de vous", services=said)
    return said


def _sometime(said: str, answer: Answer) -> str:
    when = answer.understood.when
    if when and answer.total > 1:
        said = gettext("%(services)s, ouverts %(when)s", services=said, when=when)
    elif when:
        said = gettext("%(services)s, ouvert %(when)s", services=said, when=when)
    return said
