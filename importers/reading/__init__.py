"""Read files: bytes in, `RawRow(line, cells)` out; nothing here knows the directory.

    pieces = pieces_of(path)                 the files at a path: a file, a zip, a folder; or Unreadable
    table = open_table(piece, layout)        what it looks like and where its columns are; or Unreadable
    for outcome in table.rows(): ...         RawRow | Refusal, and last Unreadable when the file breaks off
    reading = survey(table)                  the same read through, with counts, to be shown; or Unreadable
    answer = web.fetch(url, known=marks)     Fetched(piece, marks) | NotModified | Unreadable

Nothing raises. `Unreadable` refuses a whole file, also after rows were given: what came before it must not be used.
A `Refusal` is one line that is no row. A row with `doubts` is whole, but a human should look: it is quarantined.
Blank lines, titles above the header and rows marked `__ignore__` are no rows and are not counted; every other line is
part of exactly one row or refusal. `rows()` may be called again and starts afresh. `Layout` holds what a source
declares of its files (expected header names, columns without header, kinds of rows, sheet, key of a JSON list); what
is left out is found out. `Caps` are the limits, checked before and while reading.
"""

from importers.reading.caps import Caps
from importers.reading.fetching import Answer, Fetched, InMemoryWeb, Marks, NotModified, OpenWeb, Web
from importers.reading.files import open_table, pieces_of, pieces_within
from importers.reading.layouts import Layout, headed_by
from importers.reading.pieces import Piece, piece_of_bytes, piece_of_file
from importers.reading.rows import RawRow, Reading, Refusal, RowOutcome, Table, Unreadable, survey

__all__ = [
    "Answer",
    "Caps",
    "Fetched",
    "InMemoryWeb",
    "Layout",
    "Marks",
    "NotModified",
    "OpenWeb",
    "Piece",
    "RawRow",
    "Reading",
    "Refusal",
    "RowOutcome",
    "Table",
    "Unreadable",
    "Web",
    "headed_by",
    "open_table",
    "piece_of_bytes",
    "piece_of_file",
    "pieces_of",
    "pieces_within",
    "survey",
]
