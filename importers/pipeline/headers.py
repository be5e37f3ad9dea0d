"""Which column of a file is which: headers are matched by what they say, not by how they are written."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from importers.pipeline.lines import Line
from importers.reading import RawRow
from portal.core.text import fold

_SIGNS = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True)
class HeaderMap:
    """What was understood of a header."""

    columns: Mapping[str, str]
    """Our word -> the column of the file."""
    unmapped: tuple[str, ...]
    """Columns of the file that nothing is read from."""
    remarks: Mapping[str, str] = field(default_factory=dict)
    """Our word -> how sure it is that this is its column, where somebody had to guess."""

    def line(self, row: RawRow) -> Line:
        """Put a row under our own words, with the rows that go with it."""
        return Line(
            number=row.line,
            cells={word: row.cells.get(column, "") for word, column in self.columns.items()},
            columns=self.columns,
            numeric=frozenset(word for word, column in self.columns.items() if column in row.numeric),
            more=tuple(self._beside(each) for each in row.more),
        )

    def _beside(self, row: RawRow) -> Line:
        """Say of which line the columns of a further row are: its problems are told with those of the first."""
        columns = {word: f"{column} (ligne {row.line})" for word, column in self.columns.items()}
        return replace(self.line(row), columns=columns)


def map_header(header: Sequence[str], names: Mapping[str, tuple[str, ...]]) -> HeaderMap:
    """Find the column of each word: "CONTACT.MAIL", "contact_mail" and "Contact mail" are one name."""
    by_key: dict[str, str] = {}
    for column in header:
        by_key.setdefault(header_key(column), column)
    columns: dict[str, str] = {}
    for word, known in names.items():
        found = next((by_key[header_key(name)] for name in known if header_key(name) in by_key), None)
        if found is not None:
            columns[word] = found
    taken = set(columns.values())
    return HeaderMap(columns, tuple(column for column in header if column not in taken))


def header_key(name: str) -> str:
    """Write a header name without case, accents and signs."""
    return _SIGNS.sub(" ", fold(name)).strip()
