"""What reading gives: rows as they stood in the file, lines that are no row, and what was understood of the whole."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from portal.core.problems import Problem

N_KEPT_REFUSALS = 50


@dataclass(frozen=True, slots=True)
class RawRow:
    """One row of a file: the words of the source, by column, not yet judged."""

    line: int
    """Where a person finds it: line of the text file, row of the sheet, rank in a JSON list (from 1)."""
    cells: Mapping[str, str]
    numeric: frozenset[str] = frozenset()
    """Columns whose cell was a number, not a text: a code there may have lost zeros or digits."""
    doubts: tuple[Problem, ...] = ()
    """Why a human should look before this row is used; a row with a doubt is quarantined."""
    more: tuple["RawRow", ...] = ()
    """Further rows that describe the same thing, such as its other places; each is counted where it stands."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """One line that cannot be a row, and why."""

    line: int
    problem: Problem


@dataclass(frozen=True)
class Unreadable:
    """A file that cannot be read, or not to its end: nothing of it may be used."""

    problem: Problem


RowOutcome = RawRow | Refusal | Unreadable
"""What a stream of rows holds; `Unreadable` comes last, and takes back the rows before it."""


@dataclass(frozen=True)
class Reading:
    """What was understood of a table; the counts are known once it was surveyed."""

    name: str
    form: str
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    header_line: int = 0
    """0 when the file has no header."""
    columns: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    n_rows: int = 0
    n_doubtful: int = 0
    """Rows, among `n_rows`, that a human should look at."""
    n_refused: int = 0
    refusals: tuple[Refusal, ...] = ()
    """The first lines refused."""


@dataclass(frozen=True)
class Table:
    """A file that was opened: what it looks like, and its rows as often as they are asked for."""

    reading: Reading
    rows: Callable[[], Iterator[RowOutcome]]


def survey(table: Table, *, n_kept: int = N_KEPT_REFUSALS) -> Reading | Unreadable:
    """Read a table through and count; the first refusals are kept to be shown."""
    n_rows = n_doubtful = n_refused = 0
    kept: list[Refusal] = []
    for outcome in table.rows():
        match outcome:
            case Unreadable():
                return outcome
            case Refusal():
                n_refused += 1
                kept.extend([outcome] if n_refused <= n_kept else [])
            case RawRow():
                n_rows += 1
                n_doubtful += bool(outcome.doubts)
    return replace(table.reading, n_rows=n_rows, n_doubtful=n_doubtful, n_refused=n_refused, refusals=tuple(kept))
