"""Areas a service answers for, written as codes: communes, EPCI, départements, the whole country.

The directory knows no départements: one is written exactly as the EPCI that lie wholly in the area, and the communes of
those that cross its border one by one.
"""

import re
from functools import lru_cache

from importers.fields.cells import Problems, Read, fault, without_repeats
from importers.fields.lists import split_list
from portal.core.problems import Problem
from portal.directory.rules.choices import CompetenceKind
from portal.directory.rules.competence import CompetenceArea
from portal.geography.communes import Communes

_EVERYONE = CompetenceArea(CompetenceKind.EVERYONE)
_FRANCE = frozenset({"france", "99100"})
_ANOTHER_COUNTRY = re.compile(r"99[0-5]\d\d", re.ASCII)
_EPCI = re.compile(r"\d{9}", re.ASCII)
_COMMUNE = re.compile(r"\d[\dab]\d{3}", re.ASCII)

Areas = Read[tuple[CompetenceArea, ...]]


def read_zone(text: str, communes: Communes) -> Areas:
    """Read codes of areas, several to a cell; a code nobody knows is said and left out."""
    words, problems = split_list(text)
    codes = without_repeats([word.lower() for word in words])
    if not _FRANCE.isdisjoint(codes):
        return (_EVERYONE,), problems
    departments = frozenset(code.upper() for code in codes if code.upper() in communes.departments)
    areas: list[CompetenceArea] = list(_cover(communes, departments))
    for code in codes:
        if code.upper() not in departments:
            area, doubts = _area(code, communes)
            areas += [area] if area else []
            problems = (*problems, *doubts)
    return tuple(sorted(set(areas))) or None, problems


def _area(code: str, communes: Communes) -> tuple[CompetenceArea | None, Problems]:
    if _EPCI.fullmatch(code):
        if code in communes.epcis:
            return CompetenceArea(CompetenceKind.EPCI, code), ()
        return None, (_unknown("epci-inconnu", "Ce numéro n’est celui d’aucune intercommunalité d’aujourd’hui", code),)
    if _ANOTHER_COUNTRY.fullmatch(code):
        return None, (fault("zone-hors-de-france", "Cette zone est un autre pays : elle est laissée de côté.", code),)
    if _COMMUNE.fullmatch(code):
        today = communes.todays_code(code.upper())
        if today is not None:
            return CompetenceArea(CompetenceKind.COMMUNE, today), ()
        return None, (_unknown("code-insee-inconnu", "Ce code INSEE n’est celui d’aucune commune", code),)
    return None, (_unknown("zone-inconnue", "Ce code n’est ni une commune, ni un EPCI, ni un département", code),)


def _unknown(kind: str, sentence: str, code: str) -> Problem:
    return fault(kind, f"{sentence} : la zone est lue sans lui, vérifiez-le.", code)


@lru_cache(maxsize=256)
def _cover(communes: Communes, departments: frozenset[str]) -> tuple[CompetenceArea, ...]:
    """Write départements as EPCI where these lie wholly inside, as communes elsewhere."""
    if not departments:
        return ()
    if departments == communes.departments.keys():
        return (_EVERYONE,)
    inside = frozenset(
        code for code, home in zip(communes.codes, communes.departments_of, strict=True) if home in departments
    )
    whole = [epci for epci in communes.epcis if communes.members_of(epci) and communes.members_of(epci) <= inside]
    covered = frozenset(code for epci in whole for code in communes.members_of(epci))
    return (
        *(CompetenceArea(CompetenceKind.EPCI, epci) for epci in whole),
        *(CompetenceArea(CompetenceKind.COMMUNE, code) for code in inside - covered),
    )
