"""What the drop-down lists of the templates offer: words that our readers of cells all know."""

from importers.templates.columns import Choices
from portal.core.text import fold
from portal.vocabulary.audiences import Audience
from portal.vocabulary.vocabulary import Vocabulary

_FIXED: dict[Choices, tuple[str, ...]] = {
    Choices.NATURES: ("public", "association", "privé"),
    Choices.COSTS: ("gratuit", "payant", "selon la situation"),
    Choices.MODES: ("sur place", "téléphone", "visio", "à domicile"),
    Choices.ANSWERS: ("oui", "non"),
    Choices.APPOINTMENTS: ("sans rendez-vous", "possible", "obligatoire"),
    Choices.AREAS: ("tout le territoire", "tout le monde"),
    Choices.WELCOMES: ("bureau", "atelier", "permanence", "téléphone"),
}


def offered(choices: Choices, vocabulary: Vocabulary) -> tuple[str, ...]:
    """List the words of one drop-down list, as they are shown."""
    if choices is Choices.THEMES:
        return tuple(sorted((concept.label.fr for concept in vocabulary.shown_concepts), key=fold))
    if choices is Choices.AUDIENCES:
        return tuple(sorted((audience.label.fr for audience in Audience), key=fold))
    return _FIXED[choices]
