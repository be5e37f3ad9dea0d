"""For whose communes a service answers: names or codes of communes and EPCI, the whole territory, or everyone.

A name that several communes bear is asked for again with its postal code; one that an EPCI bears too is that of the
EPCI only when it is written as one ("CC du Nogentais"). Nothing is guessed: a name nobody knows is said.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

from importers.fields.cells import Read, fault, said, without_repeats
from importers.fields.lists import split_list
from importers.fields.places import SaidCommune, read_commune
from portal.core.text import slug
from portal.directory.rules.choices import CompetenceKind
from portal.directory.rules.competence import CompetenceArea
from portal.geography.lookup import Lookup
from portal.geography.names import loose_key, plain_key, spelled_out

_EVERYONE, _TERRITORY = CompetenceArea(CompetenceKind.EVERYONE), CompetenceArea(CompetenceKind.TERRITORY)
_WIDE = {
    "tous": _EVERYONE,
    "tout-le-monde": _EVERYONE,
    "toutes-les-communes": _EVERYONE,
    "sans-limite": _EVERYONE,
    "france-entiere": _EVERYONE,
    "ouvert-a-tous": _EVERYONE,
    "territoire": _TERRITORY,
    "le-territoire": _TERRITORY,
    "tout-le-territoire": _TERRITORY,
    "ensemble-du-territoire": _TERRITORY,
    "l-ensemble-du-territoire": _TERRITORY,
    "petr": _TERRITORY,
    "tout-le-petr": _TERRITORY,
}
_CODED = re.compile(r"(commune|epci)\s*:\s*(.+)", re.IGNORECASE)
_INSEE = re.compile(r"\d[\dAB]\d{3}")
_SIREN = re.compile(r"2\d{8}")
_WITH_CODE = re.compile(r"(.+?)\s*\(?\b(\d{5})\b\)?$")
_WITH_DEPARTMENT = re.compile(r"(.+?)\s*\(\s*(\d{2,3}|2[AB])\s*\)")
_EPCI_KIND = re.compile(
    r"^(?:cc|ca|cu|comcom|com com|communaute (?:de communes|d agglomeration|urbaine)|agglo(?:meration)?|metropole)\b"
)

Areas = Read[tuple[CompetenceArea, ...]]


def read_competence(text: str, lookup: Lookup) -> Areas:
    """Read the areas of a cell."""
    words, problems = split_list(text)
    found: list[CompetenceArea] = []
    for word in words:
        area, faults = _area(said(word), lookup)
        found += [area] if area else []
        problems = (*problems, *faults)
    return without_repeats(found) or None, problems


def _area(word: str, lookup: Lookup) -> Read[CompetenceArea]:
    wide = _WIDE.get(slug(word))
    if wide is not None:
        return wide, ()
    coded = _CODED.fullmatch(word)
    bare = coded[2] if coded else word
    if _SIREN.fullmatch(bare):
        return _epci_of_code(bare, lookup)
    epci = _epci_named(bare, lookup)
    if epci and (_EPCI_KIND.match(_plain(bare)) or (coded and coded[1].lower() == "epci")):
        return CompetenceArea(CompetenceKind.EPCI, epci), ()
    return _commune(bare, lookup)


def _epci_of_code(code: str, lookup: Lookup) -> Read[CompetenceArea]:
    if code in lookup.communes.epcis:
        return CompetenceArea(CompetenceKind.EPCI, code), ()
    sentence = "Ce numéro n’est celui d’aucune intercommunalité : vérifiez-le, ou écrivez son nom."
    return None, (fault("epci-inconnu", sentence, code),)


def _epci_named(name: str, lookup: Lookup) -> str | None:
    codes = _epcis_by_key(lookup).get(_key(name), ())
    return codes[0] if len(codes) == 1 else None


def _commune(word: str, lookup: Lookup) -> Read[CompetenceArea]:
    code = _INSEE.fullmatch(word)
    named, placed = _WITH_CODE.fullmatch(word), _WITH_DEPARTMENT.fullmatch(word)
    cells = SaidCommune(code=word) if code else SaidCommune(name=word)
    if named:
        cells = SaidCommune(name=named[1], postal_code=named[2])
    elif placed:
        cells = SaidCommune(name=placed[1], department=placed[2])
    commune, problems = read_commune(lookup, cells)
    if commune is not None:
        return CompetenceArea(CompetenceKind.COMMUNE, commune.code), problems
    if any(problem.code == "commune-ambigue" for problem in problems):
        return None, problems
    epci = _epci_named(word, lookup)
    hint = f" Vouliez-vous dire « {lookup.communes.epcis[epci]} » ?" if epci else ""
    sentence = (
        "Ce territoire n’est pas compris : écrivez le nom d’une commune, d’une communauté de communes, ou « tout le "
        f"territoire ».{hint}"
    )
    return None, (fault("territoire-inconnu", sentence, word),)


@lru_cache(maxsize=2)
def _epcis_by_key(lookup: Lookup) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for code, name in lookup.communes.epcis.items():
        found[_key(name)] = (*found.get(_key(name), ()), code)
    return found


def _plain(name: str) -> str:
    return spelled_out(plain_key(name))


def _key(name: str) -> str:
    """Write the name of an EPCI without its kind: "CC du Nogentais" and "Communauté de communes du Nogentais"."""
    plain = _plain(name)
    return loose_key(_EPCI_KIND.sub("", plain).strip() or plain)
