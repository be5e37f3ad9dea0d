"""XLSX workbooks as a stream of records: sheets, shared texts, styles, cells."""

import posixpath
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field

from importers.reading.archives import Archive
from importers.reading.caps import Caps, StopReadingError, check_columns, check_kept
from importers.reading.cell_text import built_in_format, moment_as_text, number_as_text
from importers.reading.markup import Attributes, Elements, check_parts, local_name, read_through, walk
from importers.reading.quoting import Record
from portal.core.problems import Problem

WORKBOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_POSITION = re.compile(r"([A-Za-z]{1,3})\d*")
_LONGEST_RANK = 9
_PER_PART = 64
_TEXTS_WITHIN = frozenset({"v", "t", "f"})
_SURROGATES = range(0xD800, 0xE000)


@dataclass
class Workbook:
    """What the sheets of one workbook share."""

    archive: Archive
    sheets: dict[str, str] = field(default_factory=dict)
    """Visible sheets first: name -> entry."""
    texts: list[str] = field(default_factory=list)
    formats: list[str] = field(default_factory=list)
    """The number format of each cell style."""
    from_1904: bool = False

    def records(self, sheet: str, caps: Caps) -> Iterator[Record]:
        """Give the rows of one sheet that hold something."""
        elements = _Sheet(self, caps)
        with self.archive.open(self.sheets[sheet]) as stream:
            for _ in walk(stream, elements):
                found, elements.found = elements.found, []
                yield from found


def open_xlsx(archive: Archive, caps: Caps) -> Workbook:
    """Read what is needed before any sheet; may raise `StopReadingError`."""
    workbook = Workbook(archive)
    listed, relations = _Listed(), _Relations()
    with archive.open(WORKBOOK) as stream:
        read_through(stream, listed)
    _read_if_there(archive, _RELATIONS, relations)
    visible = sorted(listed.sheets, key=lambda sheet: sheet.is_hidden)
    targets = {sheet.name: relations.targets.get(sheet.relation, "") for sheet in visible}
    workbook.sheets = {name: target for name, target in targets.items() if target in archive.entries}
    workbook.from_1904 = listed.from_1904
    texts, styles = _SharedTexts(caps), _Styles()
    _read_if_there(archive, relations.by_kind.get("sharedStrings", "xl/sharedStrings.xml"), texts)
    _read_if_there(archive, relations.by_kind.get("styles", "xl/styles.xml"), styles)
    workbook.texts, workbook.formats = texts.texts, styles.formats()
    return workbook


def _read_if_there(archive: Archive, name: str, elements: Elements) -> None:
    if name in archive.entries:
        with archive.open(name) as stream:
            read_through(stream, elements)


@dataclass(frozen=True)
class _ListedSheet:
    name: str
    relation: str
    is_hidden: bool


class _Listed(Elements):
    """The list of sheets."""

    def __init__(self) -> None:
        self.sheets: list[_ListedSheet] = []
        self.from_1904 = False

    def start(self, name: str, attributes: Attributes) -> None:
        local = local_name(name)
        if local == "sheet":
            relation = next((value for key, value in attributes.items() if key.endswith(":id")), "")
            hidden = attributes.get("state", "visible") != "visible"
            check_parts(len(self.sheets))
            self.sheets.append(_ListedSheet(attributes.get("name", ""), relation, hidden))
        elif local == "workbookPr":
            self.from_1904 = attributes.get("date1904", "0") in {"1", "true"}


class _Relations(Elements):
    """Where the parts of the workbook lie."""

    def __init__(self) -> None:
        self.targets: dict[str, str] = {}
        self.by_kind: dict[str, str] = {}

    def start(self, name: str, attributes: Attributes) -> None:
        if local_name(name) == "Relationship" and attributes.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/xl", attributes.get("Target", ""))).lstrip("/")
            check_parts(len(self.targets))
            self.targets[attributes.get("Id", "")] = target
            self.by_kind[attributes.get("Type", "").rpartition("/")[2]] = target


class _SharedTexts(Elements):
    """The texts that cells refer to by number."""

    def __init__(self, caps: Caps) -> None:
        self.texts: list[str] = []
        self._caps = caps
        self._parts: list[str] = []
        self._is_text = False
        self._is_phonetic = False
        self._n_kept = self._n_pending = 0

    def start(self, name: str, attributes: Attributes) -> None:  # noqa: ARG002  # the shape of Elements
        match local_name(name):
            case "si":
                self._parts, self._n_pending = [], 0
            case "t":
                self._is_text = not self._is_phonetic
            case "rPh":
                self._is_phonetic = True

    def end(self, name: str) -> None:
        match local_name(name):
            case "t":
                self._is_text = False
            case "rPh":
                self._is_phonetic = False
            case "si":
                text = unescaped("".join(self._parts))
                self.texts.append(text)
                self._n_kept += sys.getsizeof(text)
                check_kept(self._n_kept, self._caps)

    def text(self, text: str) -> None:
        if self._is_text:
            # One text alone may be endless: it is weighed before it is whole.
            self._n_pending += len(text) + _PER_PART
            check_kept(self._n_kept + self._n_pending, self._caps)
            self._parts.append(text)


class _Styles(Elements):
    """The number formats of cells."""

    def __init__(self) -> None:
        self._spelled: dict[str, str] = {}
        self._numbers: list[str] = []
        self._is_of_cells = False

    def start(self, name: str, attributes: Attributes) -> None:
        local = local_name(name)
        if local == "numFmt":
            check_parts(len(self._spelled))
            self._spelled[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif local == "cellXfs":
            self._is_of_cells = True
        elif local == "xf" and self._is_of_cells:
            check_parts(len(self._numbers))
            self._numbers.append(attributes.get("numFmtId", "0"))

    def end(self, name: str) -> None:
        if local_name(name) == "cellXfs":
            self._is_of_cells = False

    def formats(self) -> list[str]:
        return [self._spelled.get(number) or built_in_format(_whole(number)) for number in self._numbers]


class _Sheet(Elements):
    """The cells of one sheet; a sheet claims what it wants, only what is written counts."""

    def __init__(self, workbook: Workbook, caps: Caps) -> None:
        self.found: list[Record] = []
        self._workbook = workbook
        self._caps = caps
        self._row = 0
        self._kind, self._style, self._within = "n", 0, ""
        self._value, self._inline, self._has_formula = "", "", False
        self._start_row()

    def _start_row(self) -> None:
        self._cells: list[str] = []
        self._numeric: set[int] = set()
        self._doubts: list[Problem] = []
        self._column = -1

    def start(self, name: str, attributes: Attributes) -> None:
        local = local_name(name)
        if local == "c":
            self._column = _column(attributes.get("r", ""), self._column + 1)
            self._kind = attributes.get("t", "n")
            self._style = _whole(attributes.get("s", "0"))
            self._value, self._inline, self._has_formula = "", "", False
            self._within = ""
        elif local in _TEXTS_WITHIN:
            self._within = local
            self._has_formula = self._has_formula or local == "f"
        elif local == "row":
            self._row = _whole(attributes.get("r", "")) or self._row + 1
            self._start_row()

    def text(self, text: str) -> None:
        # A cell too long refuses its row later: no more of it needs to be kept.
        if self._within == "v" and len(self._value) <= self._caps.cell_characters:
            self._value += text
        elif self._within == "t" and len(self._inline) <= self._caps.cell_characters:
            self._inline += text

    def end(self, name: str) -> None:
        local = local_name(name)
        if local in _TEXTS_WITHIN:
            self._within = ""
        elif local == "c":
            self._end_cell()
        elif local == "row" and self._cells:
            self.found.append(Record(self._row, self._cells, frozenset(self._numeric), tuple(self._doubts)))

    def _end_cell(self) -> None:
        text, is_number = self._read_value()
        if not text:
            return
        check_columns(self._column + 1, self._caps)
        self._cells.extend([""] * (self._column + 1 - len(self._cells)))
        self._cells[self._column] = text
        if is_number:
            self._numeric.add(self._column)

    def _read_value(self) -> tuple[str, bool]:
        match self._kind:
            case "s":
                return self._shared(), False
            case "inlineStr" | "str":
                return unescaped(self._inline or self._value), False
            case "b":
                return ("true" if self._value.strip() == "1" else "false"), False
            case "e":
                self._doubt(self._value)
                return "", False
            case "d":
                return moment_as_text(self._value), False
        if not self._value and self._has_formula:
            self._doubt("")
        return self._number()

    def _doubt(self, value: str) -> None:
        check_columns(len(self._doubts) + 1, self._caps)
        self._doubts.append(formula_fault(self._column, value))

    def _shared(self) -> str:
        rank = _whole(self._value)
        if not self._value or rank >= len(self._workbook.texts):
            raise StopReadingError(
                "classeur-abime", "Ce classeur est abîmé : ouvrez-le dans un tableur et enregistrez-le de nouveau."
            )
        return self._workbook.texts[rank]

    def _number(self) -> tuple[str, bool]:
        formats = self._workbook.formats
        code = formats[self._style] if self._style < len(formats) else ""
        return number_as_text(self._value, code, from_1904=self._workbook.from_1904)


def formula_fault(column: int, value: str) -> Problem:
    """Say that a formula gave no value that could be read."""
    return Problem(
        "formule-sans-valeur",
        f"La formule de la colonne {column + 1} n’a pas de résultat : remplacez-la par sa valeur, en texte.",
        value=value[:20],
    )


def unescaped(text: str) -> str:
    """Read the escapes of XLSX, such as _x000D_ for a line end."""
    return _ESCAPED.sub(_letter, text).replace("\r\n", "\n") if "_x" in text else text


def _letter(found: re.Match[str]) -> str:
    number = int(found[1], 16)
    return found[0] if number in _SURROGATES else chr(number)


def _column(position: str, following: int) -> int:
    found = _POSITION.fullmatch(position)
    if not found:
        return following
    number = 0
    for letter in found[1].upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _whole(written: str) -> int:
    return int(written) if written.isascii() and written.isdigit() and len(written) <= _LONGEST_RANK else 0
