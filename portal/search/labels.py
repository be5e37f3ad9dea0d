"""The French names of filters and of their values."""

from collections.abc import Callable, Mapping

from portal.directory.rules.choices import AccessFeature, Cost
from portal.hours.slots import Mode
from portal.search.requests import MODES
from portal.vocabulary.audiences import Audience
from portal.vocabulary.vocabulary import Vocabulary

FACET_LABELS: Mapping[str, str] = {
    "theme": "Thème",
    "concept": "Type de service",
    "audience": "Public",
    "mode": "Comment",
    "cost": "Coût",
    "access": "Accessibilité",
    "language": "Langue",
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
MODE_LABELS: Mapping[str, str] = {
    Mode.ON_SITE: "Sur place",
    Mode.PHONE: "Par téléphone",
    Mode.VIDEO: "En visio",
    Mode.HOME: "À domicile",
}
_COSTS: Mapping[str, str] = {
    Cost.FREE: "Gratuit",
    Cost.PAID: "Payant",
    Cost.DEPENDS: "Selon la situation",
    Cost.UNKNOWN: "Coût non précisé",
}
_ACCESS: Mapping[str, str] = {
    AccessFeature.WHEELCHAIR: "Fauteuil roulant",
    AccessFeature.STEP_FREE: "Sans marche",
    AccessFeature.TOILETS: "Toilettes adaptées",
    AccessFeature.PARKING: "Stationnement réservé",
    AccessFeature.LIFT: "Ascenseur",
    AccessFeature.HEARING_LOOP: "Boucle magnétique",
    AccessFeature.GUIDANCE: "Guidage pour malvoyants",
    AccessFeature.SIGN_LANGUAGE: "Langue des signes",
}
_LANGUAGES: Mapping[str, str] = {
    "fr": "Français",
    "en": "Anglais",
    "de": "Allemand",
    "es": "Espagnol",
    "it": "Italien",
    "pt": "Portugais",
    "ar": "Arabe",
    "tr": "Turc",
    "pl": "Polonais",
    "ro": "Roumain",
    "ru": "Russe",
    "uk": "Ukrainien",
    "fsl": "Langue des signes",
}
_MODE_NAMES = {mode.value: name for name, mode in MODES.items()}


def label_of(facet: str, value: str, vocabulary: Vocabulary) -> str:
    """Name a value of a filter; one nobody named keeps its code."""
    return _LABELS[facet](value, vocabulary)


def address_of(facet: str, value: str, vocabulary: Vocabulary) -> str:
    """Write a value of a filter as addresses do."""
    if facet == "mode":
        return _MODE_NAMES.get(value, value)
    family = vocabulary.family(value) if facet == "theme" else None
    return family.slug if family is not None else value


def _theme(value: str, vocabulary: Vocabulary) -> str:
    family = vocabulary.family(value)
    return value if family is None else family.label.fr


def _concept(value: str, vocabulary: Vocabulary) -> str:
    concept = vocabulary.concept(value)
    return value if concept is None else concept.label.fr


_LABELS: Mapping[str, Callable[[str, Vocabulary], str]] = {
    "theme": _theme,
    "concept": _concept,
    "audience": lambda value, _: Audience(value).label,
    "mode": lambda value, _: MODE_LABELS.get(value, value),
    "cost": lambda value, _: _COSTS.get(value, value),
    "access": lambda value, _: _ACCESS.get(value, value),
    "language": lambda value, _: _LANGUAGES.get(value, value),
}
