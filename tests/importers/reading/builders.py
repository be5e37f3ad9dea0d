"""Files of every form, good and bad, built as bytes."""

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence
from hashlib import sha256
from html import escape

from importers.reading import Caps, Layout, RawRow, Reading, Refusal, Table, Unreadable, open_table, survey
from importers.reading.pieces import piece_of_bytes
from portal.core.problems import Problem

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
ODS_KIND = "application/vnd.oasis.opendocument.spreadsheet"
ODS_NAMES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (("office", "office"), ("table", "table"), ("text", "text"), ("draw", "drawing"))
)
NO_CAPS_CHANGED = Caps()


def a_table(content: bytes, *, layout: Layout | None = None, caps: Caps = NO_CAPS_CHANGED) -> Table:
    """Open a table that can be opened."""
    table = open_table(piece_of_bytes(content, "fichier"), layout or Layout(), caps)
    assert isinstance(table, Table), table
    return table


def rows_of(content: bytes, *, layout: Layout | None = None) -> list[RawRow]:
    """Read a table in which every line is a row."""
    outcomes = list(a_table(content, layout=layout).rows())
    assert [each for each in outcomes if not isinstance(each, RawRow)] == []
    return [outcome for outcome in outcomes if isinstance(outcome, RawRow)]


def cells_of(content: bytes, *, layout: Layout | None = None) -> list[list[str]]:
    """Read the cells of a table in which every line is a row."""
    return [list(row.cells.values()) for row in rows_of(content, layout=layout)]


def outcome_of(content: bytes, *, layout: Layout | None = None, caps: Caps = NO_CAPS_CHANGED) -> str:
    """Say what became of a file: its `code` when refused whole, else `rows` and each `line:code`, `line?doubt`."""
    table = open_table(piece_of_bytes(content, "fichier"), layout or Layout(), caps)
    if isinstance(table, Unreadable):
        return table.problem.code
    said = []
    n_rows = 0
    for outcome in table.rows():
        match outcome:
            case Unreadable():
                return outcome.problem.code
            case Refusal():
                said.append(f"{outcome.line}:{outcome.problem.code}")
            case RawRow():
                n_rows += 1
                said.extend(f"{outcome.line}?{doubt.code}" for doubt in outcome.doubts)
    return " ".join([str(n_rows), *said])


def problems_of(content: bytes) -> list[Problem]:
    """Gather everything that is said against a file."""
    table = open_table(piece_of_bytes(content, "fichier"))
    if isinstance(table, Unreadable):
        return [table.problem]
    found = list(table.reading.problems)
    for outcome in table.rows():
        found.extend(outcome.doubts if isinstance(outcome, RawRow) else [outcome.problem])
    return found


def surveyed(content: bytes, *, layout: Layout | None = None) -> Reading:
    """Read a table through and give what was understood."""
    reading = survey(a_table(content, layout=layout))
    assert isinstance(reading, Reading)
    return reading


def zip_of(entries: Mapping[str, str | bytes], *, packed: bool = True) -> bytes:
    """Build a zip."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def cell(reference: str, value: str, **attributes: str) -> str:
    """Write one XLSX cell; a text unless its type `t` says otherwise."""
    kind = attributes.pop("t", "inlineStr")
    written = f"<is><t>{escape(value)}</t></is>" if kind == "inlineStr" else f"<v>{escape(value)}</v>"
    extra = "".join(f' {name}="{text}"' for name, text in attributes.items())
    return f'<c r="{reference}" t="{kind}"{extra}>{written}</c>'


def sheet_row(number: int, values: Sequence[str]) -> str:
    """Write one XLSX row of texts."""
    cells = (cell(f"{chr(ord('A') + column)}{number}", value) for column, value in enumerate(values) if value)
    return f'<row r="{number}">{"".join(cells)}</row>'


def sheet_of(*rows: Sequence[str]) -> str:
    """Write the rows of a sheet, texts only."""
    return "".join(sheet_row(number, values) for number, values in enumerate(rows, start=1))


def xlsx(
    sheets: Mapping[str, str] | str,
    *,
    formats: Sequence[str] = (),
    texts: str = "",
    hidden: Sequence[str] = (),
    extra: Mapping[str, str | bytes] | None = None,
    first_year: int = 1900,
) -> bytes:
    """Build an XLSX workbook from the rows of its sheets."""
    named = {"Feuille": sheets} if isinstance(sheets, str) else sheets
    listed = "".join(
        f'<sheet name="{escape(name)}" sheetId="{rank}" r:id="rId{rank}"{_state(name, hidden)}/>'
        for rank, name in enumerate(named, start=1)
    )
    targets = "".join(
        f'<Relationship Id="rId{rank}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{rank}.xml"/>'
        for rank in range(1, len(named) + 1)
    )
    spelled = "".join(
        f'<numFmt numFmtId="{200 + rank}" formatCode="{escape(code)}"/>' for rank, code in enumerate(formats)
    )
    styles = "".join(f'<xf numFmtId="{200 + rank}"/>' for rank in range(len(formats)))
    date1904 = '<workbookPr date1904="1"/>' if first_year == 1904 else ""
    entries: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{date1904}'
        f"<sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">{targets}</Relationships>',
        "xl/styles.xml": f"<styleSheet><numFmts>{spelled}</numFmts>"
        f'<cellStyleXfs><xf numFmtId="9"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>{styles}</cellXfs></styleSheet>',
    }
    if texts:
        entries["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}">{texts}</sst>'
    for rank, rows in enumerate(named.values(), start=1):
        entries[f"xl/worksheets/sheet{rank}.xml"] = (
            f'<worksheet xmlns="{MAIN}"><dimension ref="A1:XFD1048576"/><sheetData>{rows}</sheetData></worksheet>'
        )
    return zip_of({**entries, **(extra or {})})


def _state(name: str, hidden: Sequence[str]) -> str:
    return ' state="hidden"' if name in hidden else ""


def ods(tables: Mapping[str, str] | str, *, extra: Mapping[str, str | bytes] | None = None) -> bytes:
    """Build an ODS workbook from the rows of its sheets."""
    named = {"Feuille": tables} if isinstance(tables, str) else tables
    written = "".join(f'<table:table table:name="{name}">{rows}</table:table>' for name, rows in named.items())
    content = (
        f"<office:document-content {ODS_NAMES}><office:body><office:spreadsheet>{written}"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return zip_of({"mimetype": ODS_KIND, "content.xml": content, **(extra or {})})


def ods_row(*values: str, repeated: int = 1) -> str:
    """Write one ODS row; a value that begins with `<` is a whole cell."""
    cells = "".join(value if value.startswith("<") else ods_cell(value) for value in values)
    return f'<table:table-row table:number-rows-repeated="{repeated}">{cells}</table:table-row>'


def ods_cell(text: str, attributes: str = 'office:value-type="string"') -> str:
    """Write one ODS cell with the text it shows."""
    return f"<table:table-cell {attributes}><text:p>{escape(text)}</text:p></table:table-cell>"


def with_flag(archive: bytes, flag: int) -> bytes:
    """Set a flag bit on every entry of a zip, in both of its headers."""
    content = bytearray(archive)
    for magic, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(magic)
        while at >= 0:
            (flags,) = struct.unpack_from("<H", content, at + offset)
            struct.pack_into("<H", content, at + offset, flags | flag)
            at = content.find(magic, at + 4)
    return bytes(content)


def with_size(archive: bytes, claimed: int) -> bytes:
    """Have every entry of a zip claim another unpacked size."""
    content = bytearray(archive)
    for magic, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = content.find(magic)
        while at >= 0:
            struct.pack_into("<I", content, at + offset, claimed)
            at = content.find(magic, at + 4)
    return bytes(content)


def overlapping_zip(n_entries: int = 3) -> bytes:
    """Build a zip all of whose entries are the same bytes: each size is true, none is suspicious alone."""
    whole = zip_of({"a.csv": b"".join(sha256(bytes(rank)).digest() for rank in range(500))})
    directory_at, end_at = whole.index(b"PK\x01\x02"), whole.index(b"PK\x05\x06")
    record = whole[directory_at:end_at]
    records = b"".join(record.replace(b"a.csv", f"{rank}.csv".encode()) for rank in range(n_entries))
    end = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, n_entries, n_entries, len(records), directory_at, 0)
    return whole[:directory_at] + records + end


def running_into_directory() -> bytes:
    """Build a zip whose only entry claims to go on into the directory."""
    content = bytearray(zip_of({"a.csv": b"nom;tel\n"}, packed=False))
    at = content.index(b"PK\x01\x02")
    struct.pack_into("<I", content, at + 20, 60)
    return bytes(content)


def encrypted_ole(*names: str) -> bytes:
    """Build the beginning of an OLE file that holds streams of these names."""
    listed = b"".join(name.encode("utf-16-le").ljust(128, b"\0") for name in names)
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0") + listed
