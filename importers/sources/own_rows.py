"""Rows of our own spreadsheets that describe one service together: they bear one identifier, each with its own place.

The first row that can be read carries the service, the others are joined to it and passed over as such. A row whose
place is not understood is refused alone: the service comes in with its other places. What rows say of the service
itself must not depend on their order, so that a shuffled list says the same.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from importers.fields.cells import said
from importers.pipeline.declaration import OpenedList, Reference
from importers.pipeline.headers import HeaderMap
from importers.pipeline.lines import Line, Problems
from importers.reading import RawRow, Refusal, RowOutcome, Table
from portal.core.problems import Problem
from portal.core.text import slug

Judge = Callable[[Line, Reference], Problems]
"""Says why the place of a row is not understood; nothing where it is, or where the row names none."""
FATE, JOINED = "fate", "jointe"
_COLUMN = "sort"


def lines_of(line: Line) -> tuple[Line, ...]:
    """Give the lines of one service, in an order that is not that of the file."""
    return tuple(sorted((line, *line.more), key=lambda each: sorted(each.cells.items())))


def joined_line(line: Line) -> Problem | None:
    """Say that a line only completes another."""
    if line.text(FATE) != JOINED:
        return None
    sentence = "Cette ligne complète une autre du même identifiant : un seul service, à plusieurs endroits."
    return Problem("ligne-jointe", sentence, field=line.columns.get("key", ""))


def with_joined_rows(opened: OpenedList, judge: Judge, reference: Callable[[], Reference]) -> OpenedList:
    """Join the rows of a list that share an identifier."""
    column = opened.header.columns.get("key")
    together = _rows_together(opened.table, column) if column else {}
    if not together:
        return opened
    group = _Group(opened.header, judge, reference())
    outcomes = {row.line: row for rows in together.values() for row in group.outcomes(rows)}

    def rows() -> Iterator[RowOutcome]:
        for outcome in opened.table.rows():
            yield outcomes.get(outcome.line, outcome) if isinstance(outcome, RawRow) else outcome

    header = replace(opened.header, columns={**opened.header.columns, FATE: _COLUMN})
    return replace(opened, table=replace(opened.table, rows=rows), header=header)


def _rows_together(table: Table, column: str) -> Mapping[str, list[RawRow]]:
    """Find the rows that share an identifier; of all others only the identifier is held."""
    counts = Counter(_identifier(row, column) for row in table.rows() if isinstance(row, RawRow))
    repeated = {identifier for identifier, n in counts.items() if n > 1 and identifier}
    found: dict[str, list[RawRow]] = {identifier: [] for identifier in repeated}
    for row in table.rows() if repeated else ():
        if isinstance(row, RawRow) and _identifier(row, column) in repeated:
            found[_identifier(row, column)].append(row)
    return found


def _identifier(row: RawRow, column: str) -> str:
    return said(row.cells.get(column, ""))


@dataclass(frozen=True)
class _Group:
    """How rows of one identifier become outcomes: one that carries the service, and one for every other row."""

    header: HeaderMap
    judge: Judge
    reference: Reference

    def outcomes(self, rows: list[RawRow]) -> Iterator[RawRow | Refusal]:
        """Give each row its outcome, in the order of the file."""
        names = self._names(rows)
        if len(names) > 1:
            yield from (replace(row, doubts=(*row.doubts, self._quarrel(rows))) for row in rows)
            return
        faults = {row.line: self._faults(row) for row in rows}
        sound = [row for row in rows if not faults[row.line]]
        distinct = {tuple(row.cells.items()): row for row in reversed(sound)}
        kept = sorted(distinct.values(), key=lambda row: row.line)
        for row in rows:
            if not sound and row is rows[0]:
                yield row
            elif faults[row.line]:
                yield Refusal(row.line, faults[row.line][0])
            else:
                yield _one_of(row, kept)

    def _names(self, rows: list[RawRow]) -> set[str]:
        return {slug(said(self.header.line(row).text("title"))) for row in rows} - {""}

    def _faults(self, row: RawRow) -> Problems:
        line = self.header.line(row)
        return row.doubts or self.judge(line, self.reference)

    def _quarrel(self, rows: list[RawRow]) -> Problem:
        listed = ", ".join(str(row.line) for row in rows[:6])
        sentence = (
            f"Le même identifiant sert à des services de noms différents (lignes {listed}) : donnez à chacun le sien ; "
            "pour un seul service à plusieurs endroits, écrivez partout le même nom."
        )
        column = self.header.columns["key"]
        return Problem("identifiant-repete", sentence, _identifier(rows[0], column), field=column)


def _one_of(row: RawRow, kept: list[RawRow]) -> RawRow:
    """Give the first row all the others; a row that repeats one of them repeats the whole service."""
    carrier = replace(kept[0], more=tuple(kept[1:]))
    if row is kept[0] or all(row is not each for each in kept):
        return replace(carrier, line=row.line)
    return replace(row, cells={**row.cells, _COLUMN: JOINED})
