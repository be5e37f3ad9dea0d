"""What the map of a list cannot show, or only roughly, said by the numbers of the list."""

from collections.abc import Iterable, Sequence

from portal.search.listed import ListedService
from portal.web.sentences import gettext, ngettext

_A_ROW = 3
"""Numbers in a row from which the first and the last are enough."""


def off_map(items: Iterable[ListedService], *, first: int) -> str:
    """Say which services of a list have no point on its map, and which a rough one; empty when all have their own."""
    numbered = [*enumerate(items, first)]
    off = [number for number, item in numbered if item.pin is None]
    roughly = [number for number, item in numbered if item.pin is not None and item.pin.is_approximate]
    return " ".join([*_roughly(roughly), *_off(off)])


def _roughly(numbers: Sequence[int]) -> Iterable[str]:
    if numbers:
        yield ngettext(
            "Le numéro %(numbers)s est au centre de sa commune : sa position n’est pas connue plus précisément.",
            "Les numéros %(numbers)s sont au centre de leur commune : leur position n’est pas connue plus précisément.",
            len(numbers),
            numbers=_listed(numbers),
        )


def _off(numbers: Sequence[int]) -> Iterable[str]:
    if numbers:
        yield ngettext(
            "Le numéro %(numbers)s n’est pas sur la carte : c’est à domicile, à distance, ou l’adresse n’est pas "
            "donnée.",
            "Les numéros %(numbers)s ne sont pas sur la carte : c’est à domicile, à distance, ou l’adresse n’est pas "
            "donnée.",
            len(numbers),
            numbers=_listed(numbers),
        )


def _listed(numbers: Sequence[int]) -> str:
    """Write numbers in a sentence: "1, 4 et 8 à 12"."""
    rows: list[list[int]] = []
    for number in numbers:
        if rows and number == rows[-1][-1] + 1:
            rows[-1].append(number)
        else:
            rows.append([number])
    *others, last = [words for row in rows for words in _row(row)]
    return str(gettext("%(others)s et %(last)s", others=", ".join(others), last=last)) if others else last


def _row(row: Sequence[int]) -> Iterable[str]:
    if len(row) < _A_ROW:
        return map(str, row)
    return (str(gettext("%(first)s à %(last)s", first=row[0], last=row[-1])),)
