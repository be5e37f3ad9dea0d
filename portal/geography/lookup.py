"""From the words of a person to communes, best first; in memory, without network.

The order is: the code typed, the exact name, another name borne exactly (delegated or former commune, locality), the
name but for its article, small words or "St/Ste", names that begin so, names one or two slips away. Inside each of
these classes come the communes of the installed territory, then names before aliases, then fewer slips, then more
people, then the code: the order is complete and the same every time. A postal code lists all its communes and a name
all its homonyms, whatever the limit. Slips are only looked for when no name fits.

A postal code comes before the INSEE code of the same digits: people know the one, programs ask `Communes.get`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from portal.geography.communes import Alias, Commune, Communes
from portal.geography.entries import Entries
from portal.geography.questions import Question, department_keys, readings

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from portal.geography.entries import Rows

LIMIT = 10
_NO_HOME: frozenset[str] = frozenset()


class Match(IntEnum):
    """How the words met the commune, the best first."""

    POSTAL_CODE = 0
    CODE = 1
    OLD_CODE = 2
    EXACT = 3
    OTHER_NAME = 4
    VARIANT = 5
    PREFIX = 6
    TYPO = 7
    SAME_POSTAL_CODE = 8
    """The name beside the postal code fits nothing: the communes of the code are offered."""


_ALL_LISTED = frozenset({Match.POSTAL_CODE, Match.CODE, Match.EXACT, Match.VARIANT, Match.SAME_POSTAL_CODE})
"""Classes in which every commune's own name or code counts, beyond any limit."""
_NAMED = frozenset({Match.EXACT, Match.OTHER_NAME, Match.VARIANT})
"""Classes after which other readings and slips are no longer likely."""


@dataclass(frozen=True, slots=True)
class Found:
    """A commune, how it was found, and through which other name or old code."""

    commune: Commune
    match: Match
    alias: Alias | None = None


class _Candidate(NamedTuple):
    """What decides the order, and last the entry it stands for."""

    match: Match
    bucket: int
    slips: int
    rank: int
    entry: int


class Lookup:
    """All communes of France, found by what people write."""

    def __init__(self, communes: Communes) -> None:
        self.communes = communes
        self._entries = Entries(communes)
        self._department_keys = department_keys(communes.departments)
        self._rank = np.empty(len(communes), dtype=np.int64)
        # More people first; a stable sort keeps the order of the codes among equals.
        self._rank[np.argsort(-communes.populations, kind="stable")] = np.arange(len(communes))
        self._standings = lru_cache(maxsize=8)(self._standings_at)

    def find(self, text: str, *, home: frozenset[str] = _NO_HOME, limit: int = LIMIT) -> tuple[Found, ...]:
        """Find communes, best first, those of `home` (INSEE codes) first within each class; maybe none."""
        asked = readings(text, departments=self._department_keys)
        answer = _Answer(self._entries, standings=self._standings(home), communes=len(self.communes), limit=limit)
        for question in asked:
            self._by_code(question, answer)
            self._by_name(question, answer)
            if answer.has(_NAMED):
                break
        else:
            self._by_slips(asked, answer)
        return tuple(self._found(candidate) for candidate in answer.best())

    def named(self, key: str, *, home: frozenset[str] = _NO_HOME, limit: int = LIMIT) -> tuple[Found, ...]:
        """Find the communes that bear a name exactly (see `names.keys`): for words that may well be no place at all."""
        same = self._entries.named(key)
        if not len(same):
            return ()
        answer = _Answer(self._entries, standings=self._standings(home), communes=len(self.communes), limit=limit)
        answer.add(Match.EXACT, same[same < len(self.communes)])
        answer.add(Match.OTHER_NAME, same[same >= len(self.communes)])
        return tuple(self._found(candidate) for candidate in answer.best())

    def _by_code(self, question: Question, answer: "_Answer") -> None:
        if not question.code or question.name:
            return
        answer.add(Match.POSTAL_CODE, self._entries.with_postal_code(question.code))
        answer.add(Match.CODE, self._entries.with_code(question.code))
        old = self.communes.old_code_row(question.code)
        if old is not None:
            answer.add(Match.OLD_CODE, np.array([len(self.communes) + old]))
        answer.add(Match.PREFIX, self._entries.with_postal_code_beginning(question.code))

    def _by_name(self, question: Question, answer: "_Answer") -> None:
        if not question.name:
            return
        within = self._within(question)
        same = self._entries.named(question.name)
        answer.add(Match.EXACT, same[same < len(self.communes)], within=within)
        answer.add(Match.OTHER_NAME, same[same >= len(self.communes)], within=within)
        answer.add(Match.VARIANT, self._entries.nearly_named(question.name), within=within)
        answer.add(Match.PREFIX, self._entries.beginning_with(question.name), within=within)

    def _by_slips(self, asked: list[Question], answer: "_Answer") -> None:
        for question in asked:
            if question.name and not question.has_digits and not answer.is_full:
                within = self._within(question)
                for slips, entries in self._entries.slipped(question.name).items():
                    answer.add(Match.TYPO, entries, within=within, slips=slips)
        for question in asked:
            if question.name and question.code and not answer.is_started:
                answer.add(Match.SAME_POSTAL_CODE, self._with_either_code(question.code))

    def _within(self, question: Question) -> "NDArray[np.bool_] | None":
        """Say which communes a question is narrowed to; None is all."""
        if question.departments:
            rows = self._entries.in_departments(question.departments)
        elif question.code:
            rows = self._with_either_code(question.code)
        else:
            return None
        within = np.zeros(len(self.communes), dtype=np.bool_)
        within[rows] = True
        return within

    def _with_either_code(self, code: str) -> "Rows":
        rows: Rows = np.concatenate([self._entries.with_postal_code(code), self._entries.with_code(code)])
        return rows

    def _found(self, candidate: _Candidate) -> Found:
        row = candidate.entry - len(self.communes)
        alias = self.communes.alias_at(row) if row >= 0 else None
        return Found(self.communes.at(int(self._entries.commune_of[candidate.entry])), candidate.match, alias)

    def _standings_at(self, home: frozenset[str]) -> "NDArray[np.int64]":
        """Give every entry its place within a class: home before away, names before aliases, then population."""
        step = len(self.communes)
        rank = self._rank.copy()
        rank[[self.communes.row_of(code) for code in sorted(home) if code in self.communes]] -= 2 * step
        standings: NDArray[np.int64] = rank[self._entries.commune_of]
        standings[step:] += step
        return standings


class _Answer:
    """The candidates gathered so far: each commune once, by its best match."""

    def __init__(self, entries: Entries, *, standings: "NDArray[np.int64]", communes: int, limit: int) -> None:
        self._commune_of = entries.commune_of
        self._standings, self._communes, self._limit = standings, communes, limit
        self._best: dict[int, _Candidate] = {}

    @property
    def is_started(self) -> bool:
        """Tell whether anything was found."""
        return bool(self._best)

    @property
    def is_full(self) -> bool:
        """Tell whether enough was found."""
        return len(self._best) >= self._limit

    def has(self, matches: frozenset[Match]) -> bool:
        """Tell whether a commune was found in one of these ways."""
        return any(candidate.match in matches for candidate in self._best.values())

    def add(self, match: Match, entries: "Rows", *, within: "NDArray[np.bool_] | None" = None, slips: int = 0) -> None:
        """Keep the best of some entries: all of them in the classes that are listed in full."""
        if within is not None:
            entries = entries[within[self._commune_of[entries]]]
        if not len(entries):
            return
        listed = match in _ALL_LISTED
        for taken, entry in enumerate(self._in_order(entries, everything=listed)):
            if not listed and taken >= self._limit:
                return
            self._keep(match, entry, slips)

    def best(self) -> list[_Candidate]:
        """Give the communes in order: those listed in full, and others up to the limit."""
        ordered = sorted(self._best.values())
        return [each for place, each in enumerate(ordered) if place < self._limit or self._is_listed(each)]

    def _is_listed(self, candidate: _Candidate) -> bool:
        return candidate.match in _ALL_LISTED and candidate.entry < self._communes

    def _keep(self, match: Match, entry: int, slips: int) -> None:
        bucket, rank = divmod(int(self._standings[entry]), self._communes)
        candidate = _Candidate(match, bucket, slips, rank, entry)
        commune = int(self._commune_of[entry])
        self._best[commune] = min(candidate, self._best.get(commune, candidate))

    def _in_order(self, entries: "Rows", *, everything: bool) -> Iterator[int]:
        """Go through the entries of distinct communes, best standing first, sorting no more than needed."""
        standings = self._standings[entries]
        enough = len(entries) if everything else min(len(entries), 8 * self._limit)
        if enough < len(entries):
            chosen = np.argpartition(standings, enough - 1)[:enough]
            entries, standings = entries[chosen], standings[chosen]
        seen: set[int] = set()
        for entry in entries[np.argsort(standings, kind="stable")].tolist():
            commune = int(self._commune_of[entry])
            if commune not in seen:
                seen.add(commune)
                yield entry


@cache
def communes() -> Lookup:
    """Give the look-up of this process; the first call reads the package's data, the others cost nothing."""
    return Lookup(Communes())
