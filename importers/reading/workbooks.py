"""XLSX and ODS workbooks: from a zip that was inspected to a grid of records.

Read with our own stream over expat, after weighing the libraries: python-calamine (MIT, alive, quick) lays out the
rectangle a sheet claims before it can be asked anything, and a workbook of 1.4 kB with one cell in its last corner
(17 billion cells) aborts the whole program, which no `except` catches; it also forgets number formats, hence the zeros
of a postal code. openpyxl (MIT, last release in 2024) reads no ODS, lets the XML declare entities, and keeps shared
texts without bound. odfpy builds the whole document in memory. What we need of both formats is small: texts, numbers,
dates, and caps at every step.
"""

from collections.abc import Callable, Iterator
from itertools import islice

from importers.reading import ods, xlsx
from importers.reading.archives import Archive, open_archive
from importers.reading.caps import Caps, StopReadingError
from importers.reading.headers import Grid
from importers.reading.layouts import Layout
from importers.reading.pieces import Piece
from importers.reading.quoting import Record
from importers.reading.rows import Reading
from portal.core.text import fold

_N_SHEETS_NAMED = 12


def open_xlsx(piece: Piece, layout: Layout, caps: Caps) -> Grid:
    """Find the sheet to read in an XLSX workbook; may raise `StopReadingError`."""
    workbook = xlsx.open_xlsx(open_archive(piece, caps), caps)
    names = tuple(workbook.sheets)
    sheet = _chosen(names, layout, lambda name: workbook.records(name, caps))
    return Grid(_reading(piece, "XLSX", sheet, names), lambda _: workbook.records(sheet, caps), is_loose=True)


def open_ods(piece: Piece, layout: Layout, caps: Caps) -> Grid:
    """Find the sheet to read in an ODS workbook; may raise `StopReadingError`."""
    archive: Archive = open_archive(piece, caps)
    ods.check_not_encrypted(archive, caps)
    names = ods.sheet_names(archive)
    sheet = _chosen(names, layout, lambda name: ods.sheet_records(archive, name, caps))
    return Grid(_reading(piece, "ODS", sheet, names), lambda _: ods.sheet_records(archive, sheet, caps), is_loose=True)


def _chosen(names: tuple[str, ...], layout: Layout, records: Callable[[str], Iterator[Record]]) -> str:
    """Take the sheet that was named, else the first that holds something."""
    if layout.sheet:
        wanted = fold(layout.sheet.strip())
        named = [name for name in names if fold(name.strip()) == wanted]
        if named:
            return named[0]
        listed = ", ".join(f"« {name} »" for name in names[:_N_SHEETS_NAMED])
        raise StopReadingError(
            "feuille-absente",
            f"Ce classeur n’a pas de feuille « {layout.sheet} » mais {listed or 'aucune'} : renommez la bonne.",
        )
    filled = next((name for name in names if any(True for _ in islice(records(name), 1))), None)
    if filled is None:
        raise StopReadingError("fichier-vide", "Ce classeur ne contient aucune ligne : vérifiez l’export.")
    return filled


def _reading(piece: Piece, form: str, sheet: str, names: tuple[str, ...]) -> Reading:
    return Reading(piece.name, form, sheet=sheet, sheets=names)
