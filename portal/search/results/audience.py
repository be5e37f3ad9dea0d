"""What a search was about, for whoever counts visits: never its words, never the position of the visitor."""

from portal.directory.rules.sensitive import is_sensitive
from portal.geography.points import Point
from portal.search.answers import Answer
from portal.vocabulary.entries import Family
from portal.vocabulary.vocabulary import Vocabulary
from portal.web.audience import is_about

INTIMATE_FAMILIES = frozenset({"social", "sante", "handicap", "urgences"})
"""Illness, addiction, violence, poverty: in a village, a commune beside them would be somebody's name."""


def tell_subject(answer: Answer, vocabulary: Vocabulary) -> None:
    """Say the family of what was asked for, the commune that was named, and whether nothing was found."""
    family = _family(answer, vocabulary)
    is_about(
        theme=family,
        commune="" if _is_intimate(family, answer) else _commune(answer),
        found_nothing=answer.total == 0,
    )


def _is_intimate(family: str, answer: Answer) -> bool:
    understood = answer.understood
    concepts = {*understood.concepts, answer.request.theme or ""}
    return family in INTIMATE_FAMILIES or bool(understood.emergencies) or is_sensitive(concepts)


def _commune(answer: Answer) -> str:
    place = None if isinstance(answer.request.where, Point) else answer.understood.place
    return "" if place is None else place.commune.code


def _family(answer: Answer, vocabulary: Vocabulary) -> str:
    code = next(iter(answer.understood.concepts), "")
    entry = vocabulary.theme(answer.request.theme or code)
    family = entry if entry is None or isinstance(entry, Family) else vocabulary.family(entry.family)
    return "" if family is None else family.slug
