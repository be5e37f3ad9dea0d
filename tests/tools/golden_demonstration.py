"""The files and the services of one dated demonstration, as digests that a test holds.

After a change that is meant, write them anew:

    python -m tests.tools.golden_demonstration > tests/importers/demo/golden.txt
"""

import hashlib
import io
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from importers.demo.content import read_content, shipped_content_texts
from importers.demo.timetable import deliveries_of
from importers.reading import RawRow, Table, open_table, piece_of_bytes
from importers.templates.columns import EXAMPLE_MARK, HELP_MARK

REFERENCE_DAY = date(2026, 11, 21)
GOLDEN = Path(__file__).resolve().parents[1] / "importers" / "demo" / "golden.txt"


def file_digests() -> Iterator[str]:
    """Give a line for every file: what it holds, and its name."""
    content = read_content(shipped_content_texts(), reference_day=REFERENCE_DAY)
    for delivery in deliveries_of(content):
        name = delivery.name(REFERENCE_DAY)
        yield f"{_digest(name, delivery.written(content, REFERENCE_DAY))}  {name}"


def _digest(name: str, written: bytes) -> str:
    """Digest a file; of an archive its members, for two systems may press the same bytes differently."""
    if name.endswith(".xlsx"):
        return _hash("\n".join(_rows(name, written)).encode())
    if name.endswith(".zip"):
        with zipfile.ZipFile(io.BytesIO(written)) as archive:
            told = [f"{member} {_hash(archive.read(member))}" for member in sorted(archive.namelist())]
        return _hash("\n".join(told).encode())
    return _hash(written)


def _rows(name: str, written: bytes) -> Iterator[str]:
    """Give the rows of a workbook as they are read: the template around them is held by tests of its own."""
    table = open_table(piece_of_bytes(written, name))
    assert isinstance(table, Table), table
    for row in table.rows():
        assert isinstance(row, RawRow), row
        cells = [cell for cell in row.cells.values() if cell]
        if HELP_MARK not in cells and not any(cell.startswith(EXAMPLE_MARK) for cell in cells):
            yield "|".join(cells)


def _hash(written: bytes) -> str:
    return hashlib.sha256(written).hexdigest()


if __name__ == "__main__":
    print("\n".join(file_digests()))
