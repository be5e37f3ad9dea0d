"""What a source declares of its files, so that reading does not have to guess it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

Columns = tuple[str, ...]


@dataclass(frozen=True)
class Layout:
    """The shape a source gives its tables; everything left out is found out."""

    expected: frozenset[str] = frozenset()
    """Header names, in any spelling: the header is the row that holds most of them, below titles if need be."""
    columns: Columns = ()
    """The names of the columns of a file without header."""
    kinds: Mapping[str, tuple[Columns, ...]] = field(default_factory=dict)
    """For files whose first cell says the kind of row: the columns of each kind (first cell included).

    A kind may have several shapes; the number of cells chooses. No kind is a header.
    """
    short_rows: bool = False
    """Whether the last cells of a row may be left out, as GTFS allows."""
    delimiter: str = ""
    encoding: str = ""
    sheet: str = ""
    """The sheet of a workbook by name; the first visible one with content otherwise."""
    key: str = ""
    """The member of a JSON object that holds the list; found out otherwise."""
    within: str = ""
    """The member of each JSON record whose list holds the rows in truth, counted through the whole file."""


def headed_by(names: Mapping[str, Iterable[str]]) -> Layout:
    """Expect a header that holds some of the names of columns, whatever each column is called among its own."""
    return Layout(expected=frozenset(name for spellings in names.values() for name in spellings))


UNDECLARED = Layout()
IGNORE_MARK = "__ignore__"
"""Heads a column whose ticked rows, or stands in front of a help row, that are no rows of the source."""
IGNORE_NAMES = frozenset({IGNORE_MARK, "ignorer", "a ignorer", "ne pas importer"})
"""The names of such a column, in small letters without accents."""
