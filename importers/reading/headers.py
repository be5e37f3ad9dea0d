"""Records to rows: find the header, name the columns, check the width of every row.

Nothing here knows where the records come from: a text, a sheet, a flow without header.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from importers.reading.caps import Caps, StopReadingError, check_columns, check_rows
from importers.reading.layouts import IGNORE_MARK, IGNORE_NAMES, Columns, Layout
from importers.reading.quoting import Record
from importers.reading.rows import RawRow, Reading, Refusal, RowOutcome, Table, Unreadable
from portal.core.problems import Problem
from portal.core.text import fold

_N_LINES_SEARCHED = 30
_ENOUGH_CELLS = 3
_ENOUGH_NAMES = 2
_TICKED = frozenset({"true", "vrai", "oui", "x", "1", "yes", "aide"})
_SPACES = re.compile(r"\s+")
_LOST = "\ufffd"
_TWICE_ENCODED = re.compile("Ã[©¨ªà§´®¯»¢¹«¶¼\u00a0]|â€[™œ“¦]|Â[°«»\u00a0]")
_N_SHOWN = 80


@dataclass(frozen=True)
class Grid:
    """What a reader found, before its columns have names."""

    reading: Reading
    records: Callable[[int], Iterator[Record | Refusal]]
    """Gives the records, for a number of cells when it is known, 0 otherwise; may raise `StopReadingError`."""
    is_loose: bool = False
    """Whether rows may be shorter or longer than the header, as in a spreadsheet."""


@dataclass(frozen=True)
class _Shape:
    """How the records of one grid become rows."""

    columns: Columns
    header_line: int
    header: tuple[str, ...]
    layout: Layout
    caps: Caps
    is_loose: bool
    n_cells: int
    """Cells of a row as the file writes it, empty last ones included; 0 when it depends on the row."""
    ignore: str = ""
    """The column that tells which rows are none."""


def lay_out(grid: Grid, layout: Layout, caps: Caps) -> Table:
    """Name the columns of a grid; may raise `StopReadingError` when there is no table in it."""
    if layout.kinds or layout.columns:
        shape = _Shape(layout.columns, 0, (), layout, caps, grid.is_loose, len(layout.columns))
        return Table(replace(grid.reading, columns=layout.columns), lambda: _rows(grid, shape))
    header = _find_header(grid, layout)
    names = tuple(header.cells)
    while names and not names[-1].strip():
        names = names[:-1]
    check_columns(len(names), caps)
    columns, problems = name_columns(names)
    ignore = next((column for column in columns if fold(column) in IGNORE_NAMES), "")
    shape = _Shape(columns, header.line, names, layout, caps, grid.is_loose, len(header.cells), ignore)
    reading = replace(
        grid.reading, header_line=header.line, columns=columns, problems=(*grid.reading.problems, *problems)
    )
    return Table(reading, lambda: _rows(grid, shape))


def name_columns(names: Sequence[str]) -> tuple[Columns, tuple[Problem, ...]]:
    """Give every column a name of its own; blank and repeated ones come with a problem."""
    columns: list[str] = []
    problems: list[Problem] = []
    for position, written in enumerate(names, start=1):
        name = _SPACES.sub(" ", written.removeprefix("#") if position == 1 else written).strip()
        if not name:
            name = f"colonne {position}"
            problems.append(_nameless(position))
        elif name in columns:
            problems.append(_repeated(name))
        columns.append(_distinct(name, columns))
    return tuple(columns), tuple(problems)


def _distinct(name: str, taken: Sequence[str]) -> str:
    rank, distinct = 1, name
    while distinct in taken:
        rank += 1
        distinct = f"{name} ({rank})"
    return distinct


def _nameless(position: int) -> Problem:
    return Problem(
        "colonne-sans-nom",
        f"La colonne {position} n’a pas de nom ; elle est lue sous le nom « colonne {position} » : nommez-la si elle "
        "sert.",
    )


def _repeated(name: str) -> Problem:
    return Problem(
        "colonne-en-double",
        f"Deux colonnes s’appellent « {name} » ; la seconde est lue sous un autre nom : renommez l’une des deux.",
        value=name,
    )


def _find_header(grid: Grid, layout: Layout) -> Record:
    """Take the record that holds most of the expected names, else the first that is no title."""
    first = list(islice(grid.records(0), _N_LINES_SEARCHED))
    written = [record for record in first if isinstance(record, Record) and not _is_blank(record)]
    if not written and not first:
        raise StopReadingError("fichier-vide", "Ce fichier ne contient aucune ligne : vérifiez l’export.")
    known = frozenset(fold(name) for name in layout.expected)
    matches = [len(known.intersection(fold(cell.strip(" #\ufeff")) for cell in record.cells)) for record in written]
    if max(matches, default=0) >= _ENOUGH_NAMES:
        return written[matches.index(max(matches))]
    if isinstance(first[0], Refusal):
        # The next line would be taken for the header, and its words for the names of columns.
        raise StopReadingError(
            "en-tete-illisible",
            f"La première ligne, celle des noms de colonnes, n’a pas pu être lue. {first[0].problem.text}",
        )
    if not written:
        raise StopReadingError("fichier-vide", "Ce fichier ne contient que des lignes vides : vérifiez l’export.")
    widest = max(_n_filled(record) for record in written)
    titles = [_n_filled(record) == 1 and widest >= _ENOUGH_CELLS for record in written]
    return written[titles.index(False)]


def _n_filled(record: Record) -> int:
    return sum(1 for cell in record.cells if cell.strip())


def _is_blank(record: Record) -> bool:
    return not any(cell and not cell.isspace() for cell in record.cells)


def _rows(grid: Grid, shape: _Shape) -> Iterator[RowOutcome]:
    """Give the rows; whatever stops the reading comes last, as a value."""
    n_rows = 0
    try:
        for record in grid.records(shape.n_cells):
            if isinstance(record, Record):
                if record.line <= shape.header_line or _is_blank(record):
                    continue
                outcome = _row(record, shape)
            else:
                outcome = record if record.line > shape.header_line else None
            if outcome is not None:
                n_rows += 1
                check_rows(n_rows, shape.caps)
                yield outcome
    except StopReadingError as stop:
        yield Unreadable(stop.problem)


def _row(record: Record, shape: _Shape) -> RawRow | Refusal | None:
    if record.cells[0].strip() == IGNORE_MARK:
        return None
    columns = _columns_of(record, shape)
    if isinstance(columns, Problem):
        return Refusal(record.line, columns)
    cells = dict(zip(columns, record.cells, strict=False))
    for name in columns[len(record.cells) :]:
        cells[name] = ""
    if shape.ignore and fold(cells[shape.ignore].strip()) in _TICKED:
        return None
    if shape.header and tuple(record.cells[: len(shape.header)]) == shape.header:
        return Refusal(record.line, _SECOND_HEADER)
    numeric = frozenset(columns[position] for position in record.numeric if position < len(columns))
    return judged_row(RawRow(record.line, cells, numeric, record.doubts), shape.caps)


_SECOND_HEADER = Problem(
    "en-tete-repete", "Cette ligne répète les noms des colonnes : supprimez-la, deux fichiers ont été mis bout à bout."
)


def _columns_of(record: Record, shape: _Shape) -> Columns | Problem:
    if shape.layout.kinds:
        return _columns_of_kind(record, shape)
    n_cells, n_columns = len(record.cells), len(shape.columns)
    if n_cells == n_columns:
        return shape.columns
    if n_cells > n_columns:
        return _beyond(record, shape)
    if shape.is_loose or shape.layout.short_rows:
        return shape.columns
    return _wrong_width(record, f"{n_columns} étaient attendues")


def _columns_of_kind(record: Record, shape: _Shape) -> Columns | Problem:
    kind = record.cells[0].strip()
    shapes = shape.layout.kinds.get(kind)
    if shapes is None:
        return Problem(
            "sorte-de-ligne-inconnue",
            f"Cette ligne commence par « {kind[:_N_SHOWN]} », qui n’est pas une sorte de ligne connue : "
            "vérifiez que le fichier est bien celui de cette source.",
            value=kind[:_N_SHOWN],
        )
    written = len(record.cells)
    while written and not record.cells[written - 1].strip():
        written -= 1
    for n_cells in (len(record.cells), written):
        for columns in shapes:
            if len(columns) == n_cells:
                return columns
    return _wrong_width(record, " ou ".join(str(len(columns)) for columns in shapes) + " étaient attendues")


def _beyond(record: Record, shape: _Shape) -> Columns | Problem:
    """Accept empty cells after the last column; in a spreadsheet, notes beside the table too."""
    n_columns = len(shape.columns)
    if not any(cell.strip() for cell in record.cells[n_columns:]):
        return shape.columns
    if not shape.is_loose:
        return _wrong_width(record, f"{n_columns} étaient attendues")
    check_columns(len(record.cells), shape.caps)
    extra = (f"colonne {position}" for position in range(n_columns + 1, len(record.cells) + 1))
    return (*shape.columns, *extra)


def _wrong_width(record: Record, expected: str) -> Problem:
    n_cells = len(record.cells)
    return Problem(
        "nombre-de-cellules",
        f"Cette ligne a {n_cells} cellule{'s' if n_cells > 1 else ''}, {expected} : "
        "un séparateur manque, ou se trouve dans un texte sans guillemets.",
        value=" · ".join(record.cells)[:_N_SHOWN],
    )


def judged_row(row: RawRow, caps: Caps) -> RawRow | Refusal:
    """Refuse a row whose letters are lost or whose cell is endless; doubt one that was encoded twice."""
    # One search over all cells at once: this is done for every row of every file.
    text = "\n".join(row.cells.values())
    if _LOST in text or "\0" in text:
        return Refusal(row.line, _fault(row, lambda cell: _LOST in cell or "\0" in cell, *_LOST_LETTERS))
    if len(text) > caps.cell_characters and any(len(cell) > caps.cell_characters for cell in row.cells.values()):
        return Refusal(row.line, _fault(row, lambda cell: len(cell) > caps.cell_characters, *_ENDLESS))
    if ("Ã" in text or "Â" in text or "â€" in text) and _TWICE_ENCODED.search(text):
        doubt = _fault(row, lambda cell: _TWICE_ENCODED.search(cell) is not None, *_GARBLED)
        return replace(row, doubts=(*row.doubts, doubt))
    return row


_LOST_LETTERS = (
    "lettres-perdues",
    "Des lettres de la colonne « {field} » sont perdues depuis longtemps : redemandez le fichier à son producteur.",
)
_ENDLESS = (
    "cellule-trop-longue",
    "Le texte de la colonne « {field} » est trop long pour une cellule : raccourcissez-le.",
)
_GARBLED = (
    "double-encodage",
    "Les accents de la colonne « {field} » ont été abîmés par un double encodage : corrigez-les dans le fichier.",
)


def _fault(row: RawRow, is_at_fault: Callable[[str], bool], code: str, sentence: str) -> Problem:
    field, value = next((name, cell) for name, cell in row.cells.items() if is_at_fault(cell))
    return Problem(code, sentence.format(field=field), value=value.replace(_LOST, "")[:_N_SHOWN], field=field)
