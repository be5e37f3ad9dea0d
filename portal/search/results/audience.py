"""What a search was about, for whoever counts visits: never its words, never the position of the visitor."""

from portal.geography.points import Point
from portal.search.answers import Answer
from portal.vocabulary.entries import Family
from portal.vocabulary.vocabulary import Vocabulary
from portal.web.audience import is_about


def tell_subject(answer: Answer, vocabulary: Vocabulary) -> None:
    """Say the family of what was asked for, the commune that was named, and whether nothing was found."""
    place = None if isinstance(answer.request.where, Point) else answer.understood.place
    is_about(
        theme=_family(answer, vocabulary),
        commune="" if place is None else place.commune.code,
        found_nothing=answer.total == 0,
    )


def _family(answer: Answer, vocabulary: Vocabulary) -> str:
    code = next(iter(answer.understood.concepts), "")
    entry = vocabulary.theme(answer.request.theme or code)
    family = entry if entry is None or isinstance(entry, Family) else vocabulary.family(entry.family)
    return "" if family is None else family.slug
