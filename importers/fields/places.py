"""The commune of a row: by its code first, then by name and postal code, then by name and département.

What is found by one way and contradicted by another is said, never settled in silence. A code that the name and the
postal code both contradict is not believed: the row names no commune, and a person must look.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from importers.fields.cells import Problems, Read, fault, said
from importers.fields.identifiers import read_commune_code, read_postal_code
from portal.core.problems import Problem
from portal.geography.communes import Commune
from portal.geography.lookup import Lookup, Match
from portal.geography.names import loose_key, plain_key, spelled_out

_LEFT_GUADELOUPE = {"97123": "97701", "97127": "97801"}
"""Saint-Barthélemy and Saint-Martin: national health files still write their codes of before 2008."""
_LONGEST_REMEMBERED = 120
_N_HINTS = 3
_SURE = (Match.EXACT, Match.OTHER_NAME, Match.VARIANT)


@dataclass(frozen=True)
class SaidCommune:
    """What the cells of a row say of its commune; empty where they say nothing."""

    code: str = ""
    name: str = ""
    postal_code: str = ""
    department: str = ""
    is_cedex: bool = False
    numeric: frozenset[str] = frozenset()
    """Which of `code` and `postal_code` were number cells."""
    home: frozenset[str] = frozenset()
    """Codes of the communes that count here: of several that may be meant, they are proposed first."""

    @property
    def words(self) -> str:
        """Quote the cells in one line."""
        return " / ".join(each for each in (self.code, self.name, self.postal_code, self.department) if each)


def read_commune(lookup: Lookup, cells: SaidCommune) -> Read[Commune]:
    """Find the commune of a row; a value with problems is the commune of its code, in some disagreement."""
    # A file names the same communes over and over; only cells of a plausible size are remembered.
    return _remembered(lookup, cells) if len(cells.words) <= _LONGEST_REMEMBERED else _read(lookup, cells)


def _read(lookup: Lookup, cells: SaidCommune) -> Read[Commune]:
    code, code_problems = read_commune_code(cells.code, is_number="code" in cells.numeric)
    by_code = _by_code(lookup, code) if code else None
    if by_code is not None:
        return _agreed(lookup, cells, by_code, was_translated=by_code.code != code)
    unknown = () if code is None else (_unknown_code(cells),)
    found, problems = _by_name(lookup, cells)
    return found, (*code_problems, *unknown, *problems)


_remembered = lru_cache(maxsize=10_000)(_read)


def names_commune(lookup: Lookup, name: str, commune: Commune) -> bool:
    """Tell whether a name, spelled anyhow, is one a commune bears or bore."""
    key = _key(name)
    if _key(commune.name) == key:
        return True
    # "BOURG EN BRESSE 2" and "PARIS 12" name a district's office, "TROYES-CHARTREUX" does not name Troyes.
    bare = key.rstrip(" 0123456789")
    names = {_key(commune.name), *(_key(alias.name) for alias in lookup.communes.aliases_of(commune.code))}
    return key in names or (bare != "" and bare in names)


def _by_code(lookup: Lookup, code: str) -> Commune | None:
    today = lookup.communes.todays_code(_LEFT_GUADELOUPE.get(code, code))
    return lookup.communes.get(today) if today else None


def _agreed(lookup: Lookup, cells: SaidCommune, commune: Commune, *, was_translated: bool) -> Read[Commune]:
    """Check the commune of a code against what else the row says."""
    name_differs = bool(said(cells.name)) and not names_commune(lookup, said(cells.name), commune)
    postal, postal_problems = read_postal_code(
        cells.postal_code, is_number="postal_code" in cells.numeric, commune=commune
    )
    postal_differs = postal is not None and not cells.is_cedex and not _delivers(lookup, postal, commune)
    if name_differs and postal_differs and _by_name(lookup, cells)[0] not in {None, commune}:
        sentence = (
            f"Le code INSEE désigne {commune.name}, mais le nom et le code postal une autre commune : "
            "vérifiez lequel est juste."
        )
        return None, (fault("commune-contredite", sentence, cells.words),)
    problems: list[Problem] = [*postal_problems]
    if was_translated:
        sentence = f"Ce code INSEE est ancien : la commune est aujourd’hui {commune.name} ({commune.code})."
        problems.append(fault("code-insee-ancien", sentence, cells.code))
    if name_differs:
        sentence = f"Le code INSEE désigne {commune.name}, pas le nom écrit : vérifiez la commune."
        problems.append(fault("nom-de-commune-different", sentence, cells.name))
    if postal_differs:
        sentence = f"Ce code postal n’est pas l’un de ceux de {commune.name} : vérifiez-le."
        problems.append(fault("code-postal-different", sentence, cells.postal_code))
    return commune, tuple(problems)


def _by_name(lookup: Lookup, cells: SaidCommune) -> Read[Commune]:
    name = said(cells.name)
    postal, problems = read_postal_code(cells.postal_code, is_number="postal_code" in cells.numeric)
    if not name:
        return _by_postal_code(lookup, postal, cells, problems)
    candidates = _named(lookup, name, tuple(_narrowings(postal, said(cells.department))))
    if len(candidates) == 1:
        # The name alone found it: the commune may now prove the zero that its postal code lost.
        is_number = "postal_code" in cells.numeric
        postal, problems = read_postal_code(cells.postal_code, is_number=is_number, commune=candidates[0])
        return _only(lookup, candidates[0], postal, cells, problems)
    if candidates:
        listed = ", ".join(f"{each.name} ({each.department})" for each in candidates[:4])
        sentence = f"Plusieurs communes portent ce nom ({listed}) : ajoutez le code INSEE ou le code postal."
        return None, (*problems, fault("commune-ambigue", sentence, cells.words))
    return None, (*problems, _unknown(lookup, cells))


def _narrowings(postal: str | None, department: str) -> Iterable[str]:
    """Give what may stand behind a name, the most telling first."""
    if postal:
        yield postal
    if department:
        yield department.removeprefix("0") if len(department) == 3 else department  # noqa: PLR2004 - "010" for the Aube
    if postal:
        yield postal[:3] if postal.startswith(("97", "98")) else postal[:2]
    if not (postal or department):
        yield ""


def _named(lookup: Lookup, name: str, narrowings: tuple[str, ...]) -> list[Commune]:
    for narrowing in narrowings:
        found = lookup.find(f"{name} {narrowing}".strip())
        sure = [each for each in found if each.match in _SURE and names_commune(lookup, name, each.commune)]
        best = [each.commune for each in sure if each.match is sure[0].match]
        if best:
            return best
    return []


def _only(
    lookup: Lookup, commune: Commune, postal: str | None, cells: SaidCommune, problems: Problems
) -> Read[Commune]:
    if postal and not cells.is_cedex and not _delivers(lookup, postal, commune):
        sentence = f"Ce code postal n’est pas l’un de ceux de {commune.name} : vérifiez-le."
        problems = (*problems, fault("code-postal-different", sentence, postal))
    return commune, problems


def _by_postal_code(lookup: Lookup, postal: str | None, cells: SaidCommune, problems: Problems) -> Read[Commune]:
    found = [each.commune for each in lookup.find(postal) if each.match is Match.POSTAL_CODE] if postal else []
    if len(found) == 1 and not cells.is_cedex:
        return found[0], problems
    if found:
        sentence = f"Ce code postal couvre {len(found)} communes : indiquez le nom de la commune ou son code INSEE."
        return None, (*problems, fault("commune-ambigue", sentence, cells.words))
    sentence = "La commune manque : indiquez son nom et son code postal, ou son code INSEE."
    return None, (*problems, fault("commune-manquante", sentence, cells.words))


def _delivers(lookup: Lookup, postal: str, commune: Commune) -> bool:
    """Tell whether a postal code serves a commune, if it is one of any commune at all: firms have codes of theirs."""
    if postal in commune.postal_codes:
        return True
    known = any(each.match is Match.POSTAL_CODE for each in lookup.find(postal))
    return not known and postal[:2] == commune.postal_codes[0][:2] if commune.postal_codes else True


def _unknown(lookup: Lookup, cells: SaidCommune) -> Problem:
    narrowed = f"{said(cells.name)} {said(cells.postal_code)[:2]}".strip()
    near = lookup.find(narrowed, home=cells.home) or lookup.find(said(cells.name), home=cells.home)
    names = [f"{each.commune.name} ({each.commune.department})" for each in near[:_N_HINTS]]
    listed = " ou ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))
    hint = f" ; est-ce {listed} ?" if near else "."
    return fault("commune-inconnue", f"Aucune commune ne porte ce nom à cet endroit{hint}", cells.words)


def _unknown_code(cells: SaidCommune) -> Problem:
    sentence = "Ce code INSEE n’est celui d’aucune commune, même ancienne : vérifiez-le."
    return fault("code-insee-inconnu", sentence, cells.code)


def _key(name: str) -> str:
    return _short_key(name) if len(name) <= _LONGEST_REMEMBERED else loose_key(spelled_out(plain_key(name)))


@lru_cache(maxsize=20_000)
def _short_key(name: str) -> str:
    return loose_key(spelled_out(plain_key(name)))
