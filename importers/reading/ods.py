"""ODS workbooks as a stream of records; repeated cells and rows are counted, never copied out."""

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from importers.reading.archives import Archive
from importers.reading.caps import Caps, StopReadingError, check_columns, check_rows
from importers.reading.cell_text import moment_as_text, plain_number
from importers.reading.markup import Attributes, Elements, check_parts, read_through, walk
from importers.reading.quoting import Record
from importers.reading.xlsx import formula_fault

if TYPE_CHECKING:
    from portal.core.problems import Problem

CONTENT = "content.xml"
_MANIFEST = "META-INF/manifest.xml"
_TIME = re.compile(r"PT(\d+)H(\d+)M(?:(\d+)(?:[.,]\d+)?S)?")
_ERROR = re.compile(r"(?:#[A-Z0-9/]+[!?]?|(?:Err|Erreur ?)\s*:\s*\d+)")
_DIGITS = re.compile(r"[0-9 .\-\u00a0\u202f]+")
_MOST_ROWS = 2**20
_NUMBERS = frozenset({"float", "currency"})


def check_not_encrypted(archive: Archive, caps: Caps) -> None:
    """Stop at a workbook behind a password: its content is no XML any more."""
    if _MANIFEST not in archive.entries:
        return
    with archive.open(_MANIFEST) as stream:
        manifest = stream.read(caps.line_bytes)
    if b"encryption-data" in manifest:
        raise StopReadingError(
            "classeur-chiffre",
            "Ce classeur est protégé par un mot de passe : enregistrez-le sans mot de passe.",
        )


def sheet_names(archive: Archive) -> tuple[str, ...]:
    """List the sheets."""
    names = _Names()
    with archive.open(CONTENT) as stream:
        read_through(stream, names)
    return tuple(names.found)


def sheet_records(archive: Archive, sheet: str, caps: Caps) -> Iterator[Record]:
    """Give the rows of one sheet that hold something."""
    elements = _Content(sheet, caps)
    with archive.open(CONTENT) as stream:
        for _ in walk(stream, elements):
            found, elements.found = elements.found, []
            yield from found


class _Names(Elements):
    def __init__(self) -> None:
        self.found: list[str] = []
        self._depth = 0

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "table:table":
            self._depth += 1
            check_parts(len(self.found))
            self.found.extend([attributes.get("table:name", "")] if self._depth == 1 else [])

    def end(self, name: str) -> None:
        self._depth -= name == "table:table"


class _Content(Elements):
    """The cells of one sheet."""

    def __init__(self, sheet: str, caps: Caps) -> None:
        self.found: list[Record] = []
        self._sheet = sheet
        self._caps = caps
        self._tables: list[str] = []
        self._row = 0
        self._n_emitted = 0
        self._start_row({})
        self._start_cell({})
        self._is_in_cell = False
        self._aside = 0
        """Depth inside notes and drawings, whose words are not the cell's."""

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "table:table":
            self._tables.append(attributes.get("table:name", ""))
        elif self._tables != [self._sheet]:
            return
        elif self._aside or name == "office:annotation" or name.startswith("draw:"):
            self._aside += 1
        elif name == "table:table-row":
            self._start_row(attributes)
        elif name in {"table:table-cell", "table:covered-table-cell"}:
            self._start_cell(attributes)
        else:
            self._start_text(name, attributes)

    def _start_row(self, attributes: Attributes) -> None:
        self._n_rows = _count(attributes.get("table:number-rows-repeated", "1"))
        self._cells: list[str] = []
        self._numeric: set[int] = set()
        self._doubts: list[Problem] = []
        self._column = 0

    def _start_cell(self, attributes: Attributes) -> None:
        self._is_in_cell = True
        self._attributes = attributes
        self._text = ""
        self._n_paragraphs = 0
        self._is_in_paragraph = False

    def _start_text(self, name: str, attributes: Attributes) -> None:
        if name == "text:p":
            self._add("\n" if self._n_paragraphs else "")
            self._n_paragraphs += 1
            self._is_in_paragraph = True
        elif name == "text:s":
            self._add(" " * min(_count(attributes.get("text:c", "1")), self._caps.cell_characters))
        elif name == "text:tab":
            self._add("\t")
        elif name == "text:line-break":
            self._add("\n")

    def text(self, text: str) -> None:
        if self._is_in_cell and not self._aside and self._is_in_paragraph and self._tables == [self._sheet]:
            self._add(text)

    def _add(self, text: str) -> None:
        # A cell too long refuses its row later: no more of it needs to be kept.
        if len(self._text) <= self._caps.cell_characters:
            self._text += text

    def end(self, name: str) -> None:
        if name == "table:table":
            self._tables.pop()
        elif self._tables != [self._sheet]:
            return
        elif self._aside:
            self._aside -= 1
        elif name == "text:p":
            self._is_in_paragraph = False
        elif name in {"table:table-cell", "table:covered-table-cell"}:
            self._end_cell()
        elif name == "table:table-row":
            self._end_row()

    def _end_cell(self) -> None:
        self._is_in_cell = False
        text, is_number = self._value()
        n_times = _count(self._attributes.get("table:number-columns-repeated", "1"))
        if text:
            check_columns(self._column + n_times, self._caps)
            self._cells.extend([""] * (self._column - len(self._cells)))
            self._cells.extend([text] * n_times)
            self._numeric.update(range(self._column, self._column + n_times) if is_number else ())
        self._column += n_times

    def _end_row(self) -> None:
        first = self._row + 1
        self._row += self._n_rows
        if not self._cells and not self._doubts:
            return
        self._n_emitted += self._n_rows
        check_rows(self._n_emitted, self._caps)
        cells, numeric, doubts = self._cells or [""], frozenset(self._numeric), tuple(self._doubts)
        self.found.extend(Record(row, cells, numeric, doubts) for row in range(first, self._row + 1))

    def _value(self) -> tuple[str, bool]:
        if "table:formula" in self._attributes and _ERROR.fullmatch(self._text.strip()):
            check_columns(len(self._doubts) + 1, self._caps)
            self._doubts.append(formula_fault(self._column, self._text))
            return "", False
        kind = self._attributes.get("office:value-type", "")
        return (self._number(), True) if kind in _NUMBERS else (self._words(kind), False)

    def _words(self, kind: str) -> str:
        match kind:
            case "percentage":
                return f"{_plain(self._attributes.get('office:value', ''), 100)}%"
            case "boolean":
                return self._attributes.get("office:boolean-value", self._text)
            case "date":
                return moment_as_text(self._attributes.get("office:date-value", self._text))
            case "time":
                return _time(self._attributes.get("office:time-value", "")) or self._text
        return self._text

    def _number(self) -> str:
        """Write the number, or the digits on screen where a format adds zeros to the same number."""
        plain = _plain(self._attributes.get("office:value", ""), 1)
        shown = self._text.strip()
        digits = re.sub(r"\D", "", shown)
        is_mask = _DIGITS.fullmatch(shown) and "." not in plain and digits != plain
        return shown if is_mask and digits.lstrip("0") == plain else plain


def _plain(written: str, times: int) -> str:
    try:
        value = Decimal(written)
    except InvalidOperation:
        return written
    return plain_number(value * times) if value.is_finite() else written


def _time(written: str) -> str:
    found = _TIME.fullmatch(written)
    if not found:
        return ""
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return f"{hours:02}:{minutes:02}" + (f":{seconds:02}" if seconds else "")


def _count(written: str) -> int:
    """Read how often something is repeated; a claim beyond any sheet counts as a whole sheet."""
    if written == "1":
        return 1
    is_count = written.isascii() and written.isdigit()
    return max(1, min(int(written), _MOST_ROWS)) if is_count and len(written) < len(str(10**12)) else 1
