"""The names of filters and of their values."""

from collections.abc import Callable, Mapping

from portal.core.languages import FRENCH, Label
from portal.directory.rules.names import ACCESS_LABELS, COST_LABELS, LANGUAGE_LABELS, MODE_LABELS
from portal.search.requests import MODES
from portal.vocabulary.audiences import Audience
from portal.vocabulary.vocabulary import Vocabulary

FACET_LABELS: Mapping[str, Label] = {
    "theme": Label("Thème", "Topic"),
    "concept": Label("Type de service", "Kind of service"),
    "audience": Label("Public", "Audience"),
    "mode": Label("Comment", "How"),
    "cost": Label("Coût", "Cost"),
    "access": Label("Accessibilité", "Accessibility"),
    "language": Label("Langue", "Language"),
}
FACET_NAMES: Mapping[str, str] = {
    "theme": "theme",
    "concept": "concept",
    "audience": "public",
    "mode": "mode",
    "cost": "cout",
    "access": "accessibilite",
    "language": "langue",
}
"""Name inside -> name in addresses and in the API."""
_MODE_NAMES = {mode.value: name for name, mode in MODES.items()}


def label_of(facet: str, value: str, vocabulary: Vocabulary, language: str = FRENCH) -> str:
    """Name a value of a filter; one nobody named keeps its code."""
    label = _LABELS[facet](value, vocabulary)
    return value if label is None else label.said(language)


def address_of(facet: str, value: str, vocabulary: Vocabulary) -> str:
    """Write a value of a filter as addresses do."""
    if facet == "mode":
        return _MODE_NAMES.get(value, value)
    family = vocabulary.family(value) if facet == "theme" else None
    return family.slug if family is not None else value


def _theme(value: str, vocabulary: Vocabulary) -> Label | None:
    family = vocabulary.family(value)
    return None if family is None else family.label


def _concept(value: str, vocabulary: Vocabulary) -> Label | None:
    concept = vocabulary.concept(value)
    return None if concept is None else concept.label


_LABELS: Mapping[str, Callable[[str, Vocabulary], Label | None]] = {
    "theme": _theme,
    "concept": _concept,
    "audience": lambda value, _: Audience(value).label,
    "mode": lambda value, _: MODE_LABELS.get(value),
    "cost": lambda value, _: COST_LABELS.get(value),
    "access": lambda value, _: ACCESS_LABELS.get(value),
    "language": lambda value, _: LANGUAGE_LABELS.get(value),
}
