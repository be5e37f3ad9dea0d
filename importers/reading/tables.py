"""Delimited text: from bytes to a grid of records, with the encoding and the delimiter that were found."""

from collections.abc import Iterator
from itertools import islice

from importers.reading.caps import Caps, StopReadingError
from importers.reading.delimiters import N_SAMPLE_LINES, Delimiter, declared_in_line, find_delimiter
from importers.reading.encodings import Encoding, Line, find_encoding, text_lines
from importers.reading.headers import Grid
from importers.reading.layouts import Layout
from importers.reading.pieces import Piece
from importers.reading.quoting import Record, RecordSplitter
from importers.reading.rows import Reading, Refusal

_NO_DELIMITERS = frozenset('"\r\n\0 ')


def open_delimited(piece: Piece, layout: Layout, caps: Caps) -> Grid:
    """Find how a text table is written; may raise `StopReadingError`."""
    if len(layout.delimiter) > 1 or layout.delimiter in _NO_DELIMITERS:
        raise StopReadingError(
            "separateur-inconnu",
            "Ce signe ne peut pas séparer des cellules : écrivez un point-virgule, une virgule ou une tabulation.",
            value=layout.delimiter,
        )
    encoding = find_encoding(piece, caps, layout.encoding)
    sample = [line.text for line in islice(text_lines(piece, encoding, caps), N_SAMPLE_LINES)]
    announced = declared_in_line(sample[0]) if sample else ""
    delimiter = find_delimiter(
        sample[1:] if announced else sample, declared=layout.delimiter or announced, expected=layout.expected
    )

    def records(n_cells: int) -> Iterator[Record | Refusal]:
        is_strict = n_cells > 0 and not layout.short_rows
        splitter = RecordSplitter(delimiter.sign, caps, width=n_cells or delimiter.width, is_strict=is_strict)
        return splitter.records(_lines(piece, encoding, caps, skip_first=bool(announced)))

    return Grid(_reading(piece, encoding, delimiter), records)


def _lines(piece: Piece, encoding: Encoding, caps: Caps, *, skip_first: bool) -> Iterator[Line]:
    return islice(text_lines(piece, encoding, caps), 1 if skip_first else 0, None)


def _reading(piece: Piece, encoding: Encoding, delimiter: Delimiter) -> Reading:
    return Reading(piece.name, "texte délimité", encoding=encoding.words, delimiter=delimiter.words)
