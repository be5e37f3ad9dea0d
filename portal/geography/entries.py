"""The tables a look-up asks: every name and code of every commune, as rows of entries.

Entries are numbered: first the communes, in the order of their codes, then the aliases.
"""

import re
from typing import TYPE_CHECKING

import numpy as np

from portal.geography.names import keys, loose_key, loose_keys, spelled_out
from portal.geography.prefixes import SortedKeys
from portal.geography.typos import TypoTable

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from portal.geography.communes import Communes

    Rows = NDArray[np.intp]

NONE: "Rows" = np.array([], dtype=np.intp)
_SHORTEST_PREFIX = 2
_SHORTEST_HEAD = 5
_SLIPS_IN_A_HEAD = 1
_AFTER_THE_HEAD = re.compile(r"(?m) (?:sur|sous|les|lez|en)\b.*$")


class Entries:
    """Names and codes, each answered by the rows of the entries that bear it."""

    def __init__(self, communes: "Communes") -> None:
        spelled = keys([*communes.names, *communes.alias_names])
        loose = loose_keys(spelled)
        self._spelled, self._loose = SortedKeys(spelled), SortedKeys(loose)
        self._typos, self._heads = _whole_names(spelled, loose), _heads(spelled)
        self._codes = SortedKeys(list(communes.codes))
        served = np.array([len(codes.split()) for codes in communes.postal_codes])
        postal = " ".join(codes for codes in communes.postal_codes if codes).split(" ")
        self._postal = SortedKeys(postal, np.repeat(np.arange(len(communes)), served))
        self._by_department = _rows_by_department(communes)
        own = np.arange(len(communes), dtype=np.intp)
        behind = np.array([communes.row_of(code) for code in communes.alias_communes], dtype=np.intp)
        self.commune_of = np.concatenate([own, behind])
        """Row of the commune behind each entry."""

    def with_postal_code(self, code: str) -> "Rows":
        """Give the communes a postal code serves."""
        return self._postal.equal_to(code)

    def with_postal_code_beginning(self, digits: str) -> "Rows":
        """Give the communes with a postal code that begins so."""
        return self._postal.beginning_with(digits) if len(digits) >= _SHORTEST_PREFIX else NONE

    def with_code(self, code: str) -> "Rows":
        """Give the commune of an INSEE code of today."""
        return self._codes.equal_to(code)

    def in_departments(self, departments: "frozenset[str]") -> "Rows":
        """Give the communes of some départements."""
        return np.concatenate([self._by_department[code] for code in sorted(departments)])

    def named(self, key: str) -> "Rows":
        """Give the entries of exactly this name."""
        return self._spelled.equal_to(key)

    def nearly_named(self, key: str) -> "Rows":
        """Give the entries of this name but for "St", articles and small words."""
        spelled = spelled_out(key)
        return np.concatenate([self._spelled.equal_to(spelled), self._loose.equal_to(loose_key(spelled))])

    def beginning_with(self, key: str) -> "Rows":
        """Give the entries whose name begins so, with or without its small words."""
        if len(key) < _SHORTEST_PREFIX:
            return NONE
        spelled = spelled_out(key)
        loose = loose_key(spelled)
        found = [self._spelled.beginning_with(key)]
        if spelled != key:
            found.append(self._spelled.beginning_with(spelled))
        # "saint jean de" must not become "saint jean": what follows the small word is still being typed.
        if loose.split()[-1] == spelled.split()[-1]:
            found.append(self._loose.beginning_with(loose))
        return np.concatenate(found)

    def slipped(self, key: str) -> "dict[int, Rows]":
        """Give, by number of slips, the entries so far away, or whose name up to "-sur-" is one slip away."""
        spelled = spelled_out(key)
        written = {spelled.replace(" ", ""), loose_key(spelled).replace(" ", "")}
        near = [each for name in sorted(written) for each in self._typos.near(name)]
        near += self._heads.near(spelled.replace(" ", ""), most=_SLIPS_IN_A_HEAD)
        return {
            slips: np.array([each.row for each in near if each.slips == slips], dtype=np.intp)
            for slips in sorted({each.slips for each in near})
        }


def _whole_names(spelled: list[str], loose: list[str]) -> TypoTable:
    """Put whole names, and names without small words where they differ, into one table."""
    shorter = [row for row, (whole, short) in enumerate(zip(spelled, loose, strict=True)) if whole != short]
    names = _without_spaces([*spelled, *(loose[row] for row in shorter)])
    return TypoTable(names, np.array([*range(len(spelled)), *shorter], dtype=np.intp))


def _heads(spelled: list[str]) -> TypoTable:
    """Put what people call a town in short: "Romilly" for Romilly-sur-Seine."""
    cut = _AFTER_THE_HEAD.sub("", "\n".join(spelled)).split("\n")
    rows = [row for row, head in enumerate(cut) if len(head) >= _SHORTEST_HEAD and head != spelled[row]]
    return TypoTable(_without_spaces([cut[row] for row in rows]), np.array(rows, dtype=np.intp))


def _without_spaces(names: list[str]) -> list[str]:
    return "\n".join(names).replace(" ", "").split("\n")


def _rows_by_department(communes: "Communes") -> "dict[str, Rows]":
    rows: dict[str, list[int]] = {}
    for row, department in enumerate(communes.departments_of):
        rows.setdefault(department, []).append(row)
    return {department: np.array(each, dtype=np.intp) for department, each in rows.items()}
