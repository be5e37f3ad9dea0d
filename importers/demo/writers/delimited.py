"""Delimited text: rows to bytes, as each producer writes them."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Dialect:
    """How a producer writes its files."""

    delimiter: str = ","
    encoding: str = "utf-8"
    is_quoted: bool = False
    line_end: str = "\n"


def delimited(header: Sequence[str], rows: Iterable[Mapping[str, str]], dialect: Dialect) -> bytes:
    """Write a header and rows; a cell that a row does not name is empty."""
    return delimited_cells((header, *([row.get(name, "") for name in header] for row in rows)), dialect)


def delimited_cells(rows: Iterable[Sequence[str]], dialect: Dialect) -> bytes:
    """Write rows of cells, the header among them."""
    written = io.StringIO(newline="")
    writer = csv.writer(
        written,
        delimiter=dialect.delimiter,
        quoting=csv.QUOTE_ALL if dialect.is_quoted else csv.QUOTE_MINIMAL,
        lineterminator=dialect.line_end,
    )
    writer.writerows(rows)
    return written.getvalue().encode(dialect.encoding)
