"""How complete a sheet is: a score, and what is missing in words an operator can act on."""

from dataclasses import dataclass


@dataclass(frozen=True)
class SheetFacts:
    """What a sheet holds, as far as completeness goes; each is a question answered by yes or no."""

    has_summary: bool = False
    has_description: bool = False
    has_concept: bool = False
    has_audience: bool = False
    has_cost: bool = False
    has_access_point: bool = False
    has_opening_everywhere: bool = False
    has_read_opening: bool = False
    has_public_contact: bool = False
    has_point: bool = False
    has_accessibility: bool = False
    was_verified: bool = False


@dataclass(frozen=True)
class Completeness:
    """A score out of 100 and what would raise it, the weightiest first."""

    score: int
    missing: tuple[str, ...]


_CRITERIA: tuple[tuple[str, int, str], ...] = (
    ("has_access_point", 16, "Indiquez comment joindre le service : un lieu, un téléphone ou une tournée."),
    ("has_public_contact", 14, "Ajoutez un téléphone ou une adresse électronique visible du public."),
    ("has_opening_everywhere", 14, "Indiquez les horaires de chaque point d’accès."),
    ("has_concept", 12, "Choisissez au moins un thème, pour que la fiche soit trouvée."),
    ("has_summary", 10, "Rédigez un résumé d’une ou deux phrases simples."),
    ("has_read_opening", 8, "Réécrivez les horaires que le portail n’a pas compris."),
    ("was_verified", 7, "Faites vérifier la fiche par le service."),
    ("has_cost", 5, "Précisez si le service est gratuit ou payant."),
    ("has_point", 4, "Placez le lieu sur la carte."),
    ("has_accessibility", 4, "Dites si le lieu est accessible en fauteuil roulant."),
    ("has_description", 3, "Décrivez le service."),
    ("has_audience", 3, "Précisez à qui le service s’adresse."),
)


def completeness(facts: SheetFacts) -> Completeness:
    """Weigh what a sheet holds against what a visitor needs."""
    met = [(weight, sentence, bool(getattr(facts, name))) for name, weight, sentence in _CRITERIA]
    return Completeness(
        score=sum(weight for weight, _, holds in met if holds),
        missing=tuple(sentence for _, sentence, holds in met if not holds),
    )
