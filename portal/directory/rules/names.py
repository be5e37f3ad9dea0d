"""What the closed lists of the directory are called, in both languages; unknown is said, never passed over."""

from collections.abc import Callable, Iterable, Mapping

from portal.core.languages import FRENCH, Label
from portal.directory.rules.choices import AccessFeature, Answer, CompetenceKind, Cost, LegalNature, Precision
from portal.directory.rules.competence import CompetenceArea
from portal.hours.slots import Mode

COST_LABELS: Mapping[str, Label] = {
    Cost.FREE: Label("Gratuit", "Free"),
    Cost.PAID: Label("Payant", "Paid"),
    Cost.DEPENDS: Label("Selon la situation", "Depends on your situation"),
    Cost.UNKNOWN: Label("Coût non précisé", "Cost not given"),
}
MODE_LABELS: Mapping[str, Label] = {
    Mode.ON_SITE: Label("Sur place", "On site"),
    Mode.PHONE: Label("Par téléphone", "By phone"),
    Mode.VIDEO: Label("En visio", "By video call"),
    Mode.HOME: Label("À domicile", "At your home"),
}
LEGAL_NATURE_LABELS: Mapping[str, Label] = {
    LegalNature.PUBLIC: Label("Service public", "Public service"),
    LegalNature.PRIVATE: Label("Entreprise ou profession libérale", "Private business"),
    LegalNature.ASSOCIATION: Label("Association", "Non-profit association"),
    LegalNature.UNKNOWN: Label("Statut non précisé", "Legal status not given"),
}
ACCESS_LABELS: Mapping[str, Label] = {
    AccessFeature.WHEELCHAIR: Label("Fauteuil roulant", "Wheelchair access"),
    AccessFeature.STEP_FREE: Label("Sans marche", "Step-free"),
    AccessFeature.TOILETS: Label("Toilettes adaptées", "Accessible toilet"),
    AccessFeature.PARKING: Label("Stationnement réservé", "Disabled parking"),
    AccessFeature.LIFT: Label("Ascenseur", "Lift"),
    AccessFeature.HEARING_LOOP: Label("Boucle magnétique", "Hearing loop"),
    AccessFeature.GUIDANCE: Label("Guidage pour malvoyants", "Guidance for visually impaired people"),
    AccessFeature.SIGN_LANGUAGE: Label("Langue des signes", "Sign language"),
}
ANSWER_LABELS: Mapping[str, Label] = {
    Answer.YES: Label("oui", "yes"),
    Answer.NO: Label("non", "no"),
    Answer.UNKNOWN: Label("non renseigné", "not known"),
}
PRECISION_LABELS: Mapping[str, Label] = {
    Precision.ADDRESS: Label("Emplacement exact", "Exact location"),
    Precision.STREET: Label("Emplacement dans la rue", "Located on the street"),
    Precision.LOCALITY: Label("Emplacement approximatif : le lieu-dit", "Approximate location: the hamlet"),
    Precision.COMMUNE: Label(
        "Emplacement approximatif : le centre de la commune", "Approximate location: the centre of the town or village"
    ),
    Precision.UNKNOWN: Label("Emplacement à vérifier", "Location not confirmed"),
}
LANGUAGE_LABELS: Mapping[str, Label] = {
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
_EVERYONE = Label("Tout le monde, où que l’on habite", "Everyone, wherever they live")
_TERRITORY = Label("Les habitants de tout le territoire", "Residents of the whole area")
_EPCIS = Label("Les habitants de ces intercommunalités : {names}", "Residents of these groups of towns: {names}")
_COMMUNES = Label("Les habitants de ces communes : {names}", "Residents of these towns and villages: {names}")
_ALONE: Mapping[CompetenceKind, Label] = {
    CompetenceKind.EPCI: Label("Les habitants de l’intercommunalité {names}", "Residents of {names}"),
    CompetenceKind.COMMUNE: Label("Les habitants de la commune : {names}", "Residents of {names}"),
}


def competence_words(
    areas: Iterable[CompetenceArea], name_of: Callable[[CompetenceArea], str], language: str = FRENCH
) -> tuple[str, ...]:
    """Say for whom a service answers, the widest area first; nothing when nobody stated it.

    `name_of` gives the name of a commune or an EPCI; one nobody knows is left out.
    """
    stated = sorted(set(areas))
    kinds = {area.kind for area in stated}
    if CompetenceKind.EVERYONE in kinds:
        return (_EVERYONE.said(language),)
    if CompetenceKind.TERRITORY in kinds:
        return (_TERRITORY.said(language),)
    named = (
        _named(kind, form, [name for area in stated if area.kind is kind and (name := name_of(area))])
        for kind, form in ((CompetenceKind.EPCI, _EPCIS), (CompetenceKind.COMMUNE, _COMMUNES))
    )
    return tuple(label.said(language) for label in named if label is not None)


def _named(kind: CompetenceKind, form: Label, names: list[str]) -> Label | None:
    if not names:
        return None
    return (form if len(names) > 1 else _ALONE[kind]).filled(names=", ".join(names))
