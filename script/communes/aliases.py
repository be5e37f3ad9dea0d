"""The other ways to a commune: delegated and former communes, arrondissements, old codes, localities of La Poste."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from portal.geography.names import keys
from script.communes.contours import point_of
from script.communes.movements import Movement, todays_code
from script.communes.sources import Contours, Division, PostalLine

KINDS = {"commune-deleguee": "delegated", "commune-associee": "associated", "arrondissement-municipal": "district"}
_ELIDED = re.compile(r"\b([dlDL]) (?=\w)")
_SMALL = frozenset(["à", "au", "aux", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les", "lès", "sous", "sur"])


@dataclass(frozen=True, order=True)
class Alias:
    """One line of the file of aliases."""

    commune: str
    kind: str
    name: str
    code: str = ""
    point: tuple[float, float] | None = None


def all_aliases(
    *, divisions: list[Division], movements: list[Movement], postal_lines: list[PostalLine], contours: Contours
) -> list[Alias]:
    """Gather the aliases of all sources, the most telling first, each name once per commune."""
    today = {division.code: division for division in divisions if division.kind == "commune-actuelle"}
    official = list(_divisions(divisions, contours))
    official += _old_codes(today, official=official, movements=movements)
    codes = {alias.code: alias.commune for alias in official}
    localities = _localities(postal_lines, codes=codes, today=today)
    return sorted(_without_repeats([*official, *_old_names(today, movements), *localities], today))


def _divisions(divisions: list[Division], contours: Contours) -> Iterator[Alias]:
    for division in divisions:
        if division.kind in KINDS:
            shape = contours.parts.get(division.code)
            yield Alias(
                commune=division.parent,
                kind=KINDS[division.kind],
                name=division.name,
                # The seat of a new commune kept its code: it is today's commune, not an old one.
                code="" if division.code == division.parent else division.code,
                point=point_of(shape) if shape else None,
            )


def _old_codes(today: dict[str, Division], *, official: list[Alias], movements: list[Movement]) -> list[Alias]:
    """Translate the codes no longer in use; INSEE's own movements are believed before the digest of them."""
    population = {code: division.population for code, division in today.items()}
    heirs = {old: division.code for division in today.values() for old in division.old_codes}
    for code in {movement.code for movement in movements} - today.keys():
        heir = todays_code(code, movements=movements, today=population)
        if heir is not None:
            heirs[code] = heir
    names = {movement.code: movement.name for movement in sorted(movements, key=lambda each: each.day)}
    known = {alias.code for alias in official}
    return [
        Alias(commune=heir, kind="former", name=names.get(code, ""), code=code)
        for code, heir in heirs.items()
        if code not in known and code not in today
    ]


def _old_names(today: dict[str, Division], movements: list[Movement]) -> Iterator[Alias]:
    """Give the names a commune bore under the code it still has."""
    for movement in movements:
        if movement.code in today and movement.code == movement.next_code:
            yield Alias(commune=movement.code, kind="former", name=movement.name)


def _localities(lines: list[PostalLine], *, codes: dict[str, str], today: dict[str, Division]) -> Iterator[Alias]:
    for line in lines:
        commune = codes.get(line.code, line.code)
        if line.locality and commune in today:
            yield Alias(commune=commune, kind="locality", name=cased(line.locality))


def cased(capitals: str) -> str:
    """Write a name of La Poste in small letters: "LES CARROZ D ARACHES" is "Les Carroz d'Araches"."""
    words = [_cased_word(word, first=place == 0) for place, word in enumerate(capitals.lower().split())]
    return _ELIDED.sub(r"\1'", " ".join(words))


def _cased_word(word: str, *, first: bool) -> str:
    spelled = {"st": "Saint", "ste": "Sainte"}.get(word, word)
    return spelled if spelled in _SMALL and not first else spelled[0].upper() + spelled[1:]


def _without_repeats(aliases: Iterable[Alias], today: dict[str, Division]) -> Iterator[Alias]:
    """Drop a name its commune already answers to; a code is kept even if its name is a repeat."""
    ordered = list(aliases)
    names = keys([alias.name for alias in ordered])
    own = dict(zip(today, keys([division.name for division in today.values()]), strict=True))
    seen: set[tuple[str, str]] = set()
    for alias, name in zip(ordered, names, strict=True):
        repeated = name in ("", own[alias.commune]) or (alias.commune, name) in seen
        seen.add((alias.commune, name))
        if not repeated:
            yield alias
        elif alias.code:
            yield replace(alias, name=alias.name if name == own[alias.commune] else "")
