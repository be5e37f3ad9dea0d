"""What a sheet is about, for whoever counts visits: a family and a commune, never the service itself."""

from collections.abc import Iterable

from portal.directory.cards.values import AccessPointCard, ServiceCard
from portal.directory.rules.sensitive import is_sensitive
from portal.search.results.audience import INTIMATE_FAMILIES
from portal.vocabulary.vocabulary import Vocabulary
from portal.web.audience import Subject


def subject_of(offers: Iterable[tuple[ServiceCard, AccessPointCard]], vocabulary: Vocabulary) -> Subject:
    """Say the family that all share, and the one commune where they are, unless it would point at somebody."""
    offers = tuple(offers)
    cards = [card for card, _ in offers]
    families = {_family(card, vocabulary) for card in cards}
    communes = {point.location.commune.code for _, point in offers if point.location is not None}
    is_intimate = bool(families & INTIMATE_FAMILIES) or any(is_sensitive(card.concepts) for card in cards)
    return Subject(theme=_only(families), commune="" if is_intimate else _only(communes))


def _family(card: ServiceCard, vocabulary: Vocabulary) -> str:
    concept = vocabulary.concept(card.concepts[0]) if card.concepts else None
    family = None if concept is None else vocabulary.family(concept.family)
    return "" if family is None else family.slug


def _only(values: set[str]) -> str:
    return next(iter(values)) if len(values) == 1 else ""
