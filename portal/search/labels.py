"""The names of filters and of their values."""

from collections.abc import Callable, Mapping

from portal.core.languages import FRENCH, Label
from portal.directory.rules.choices import AccessFeature, Cost
from portal.hours.slots import Mode
from portal.search.requests import MODES
from portal.vocabulary.audiences import Audience
from portal.vocabulary.vocabulary import Vocabulary

FACET_LABELS: Mapping[str, Label] = {
    "theme": Label("Thème", "Theme"),
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
MODE_LABELS: Mapping[str, Label] = {
    Mode.ON_SITE: Label("Sur place", "On site"),
    Mode.PHONE: Label("Par téléphone", "By phone"),
    Mode.VIDEO: Label("En visio", "By video call"),
    Mode.HOME: Label("À domicile", "At your home"),
}
_COSTS: Mapping[str, Label] = {
    Cost.FREE: Label("Gratuit", "Free"),
    Cost.PAID: Label("Payant", "Paid"),
    Cost.DEPENDS: Label("Selon la situation", "Depends on your situation"),
    Cost.UNKNOWN: Label("Coût non précisé", "Cost not given"),
}
_ACCESS: Mapping[str, Label] = {
    AccessFeature.WHEELCHAIR: Label("Fauteuil roulant", "Wheelchair access"),
    AccessFeature.STEP_FREE: Label("Sans marche", "Step-free"),
    AccessFeature.TOILETS: Label("Toilettes adaptées", "Accessible toilet"),
    AccessFeature.PARKING: Label("Stationnement réservé", "Disabled parking"),
    AccessFeature.LIFT: Label("Ascenseur", "Lift"),
    AccessFeature.HEARING_LOOP: Label("Boucle magnétique", "Hearing loop"),
    AccessFeature.GUIDANCE: Label("Guidage pour malvoyants", "Guidance for visually impaired people"),
    AccessFeature.SIGN_LANGUAGE: Label("Langue des signes", "Sign language"),
}
_LANGUAGES: Mapping[str, Label] = {
    "fr": Label("Français", "French"),
    "en": Label("Anglais", "English"),
    "de": Label("Allemand", "German"),
    "es": Label("Espagnol", "Spanish"),
    "it": Label("Italien", "Italian"),
    "pt": Label("Portugais", "Portuguese"),
    "ar": Label("Arabe", "Arabic"),
    "tr": Label("Turc", "Turkish"),
    "pl": Label("Polonais", "Polish"),
    "ro": Label("Roumain", "Romanian"),
    "ru": Label("Russe", "Russian"),
    "uk": Label("Ukrainien", "Ukrainian"),
    "fsl": Label("Langue des signes", "Sign language"),
}
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
    "cost": lambda value, _: _COSTS.get(value),
    "access": lambda value, _: _ACCESS.get(value),
    "language": lambda value, _: _LANGUAGES.get(value),
}
