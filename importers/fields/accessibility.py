"""What disabled people can count on at a place: answers of national files as our features, unknown never read as no."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from importers.fields.cells import Problems, Read, fault, said
from importers.fields.lists import split_list
from importers.fields.yes_no import read_answer
from portal.core.text import fold
from portal.directory.rules.choices import AccessFeature, Answer

if TYPE_CHECKING:
    from portal.core.problems import Problem

Features = Mapping[AccessFeature, Answer]

_DILA = {"acc": Answer.YES, "nac": Answer.NO}
_GTFS = {"0": Answer.UNKNOWN, "1": Answer.YES, "2": Answer.NO}
_ACCESLIBRE: Mapping[str, AccessFeature] = {
    "entree_pmr": AccessFeature.WHEELCHAIR,
    "entree_plain_pied": AccessFeature.STEP_FREE,
    "sanitaires_adaptes": AccessFeature.TOILETS,
    "stationnement_pmr": AccessFeature.PARKING,
    "accueil_cheminement_ascenseur": AccessFeature.LIFT,
    "entree_balise_sonore": AccessFeature.GUIDANCE,
}
_HEARING = "accueil_equipements_malentendants"
_HEARING_WORDS = {
    "bim": AccessFeature.HEARING_LOOP,
    "bmp": AccessFeature.HEARING_LOOP,
    "lsf": AccessFeature.SIGN_LANGUAGE,
}


def read_features(cells: Mapping[AccessFeature, str]) -> tuple[Features, Problems]:
    """Read one yes-or-no cell per feature; what a row does not say stands nowhere."""
    features: dict[AccessFeature, Answer] = {}
    problems: list[Problem] = []
    for feature, text in cells.items():
        answer, found = read_answer(text)
        problems += found
        if answer is not None:
            features[feature] = answer
    return features, tuple(problems)


def read_dila_access(text: str) -> Read[Features]:
    """Read the code of the annuaire de l'administration; on request is neither yes nor no."""
    key = fold(said(text))
    if not key:
        return None, ()
    if key in _DILA:
        return {AccessFeature.WHEELCHAIR: _DILA[key]}, ()
    sentence = "Ce code d’accessibilité ne dit ni oui ni non (ACC, NAC) : précisez-le dans la note d’accès."
    return None, (fault("accessibilite-imprecise", sentence, text),)


def read_gtfs_access(text: str) -> Read[Features]:
    """Read `wheelchair_boarding` of a stop."""
    key = text.strip()
    if not key:
        return None, ()
    if key in _GTFS:
        return {AccessFeature.WHEELCHAIR: _GTFS[key]}, ()
    return None, (fault("accessibilite-illisible", "Cette case attend 0, 1 ou 2 : corrigez-la.", text),)


def read_acceslibre(cells: Mapping[str, str]) -> tuple[Features, Problems]:
    """Read the columns of an Acceslibre export; an equipment that is listed is there, one that is not is unknown."""
    asked = {feature: cells.get(column, "") for column, feature in _ACCESLIBRE.items()}
    features, problems = read_features(asked)
    listed = split_list(cells.get(_HEARING, ""))[0]
    heard = {_HEARING_WORDS[fold(word)]: Answer.YES for word in listed if fold(word) in _HEARING_WORDS}
    return {**features, **heard}, problems
