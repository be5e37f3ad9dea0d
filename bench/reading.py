"""How fast files are read, and in how much memory: 100,000 rows of each form, of a national list's width.

    python -m bench.reading

Prints medians of several runs; each form is read in a program of its own, whose peak memory is the figure.
"""

import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.sax.saxutils import escape

from importers.reading import Layout, Reading, Table, open_table, piece_of_file, survey

N_ROWS = 100_000
N_RUNS = 3
N_JSON_MEMBERS = 16
"""Names are repeated in each record: all columns would make a file beyond the cap."""
COLUMNS = tuple(f"colonne_{rank}" for rank in range(32))
FINESS = Layout(kinds={"finess": (("sorte", "jeu", "version", "date"),), "structureet": (COLUMNS,)})


def cells(number: int) -> list[str]:
    """Give one row, as wide and as wordy as a health establishment."""
    words = [
        "structureet",
        f"{number:09}",
        f"{number * 7:09}",
        f"CENTRE HOSPITALIER N° {number}",
        "MAISON DE SANTÉ D'ÉTÉ",
    ]
    return [*words, *(f"valeur {number % 97} {rank}" if rank % 3 else "" for rank in range(len(COLUMNS) - len(words)))]


def write_finess(path: Path) -> None:
    """Write a file without header, the kind of row in its first cell."""
    with path.open("w", encoding="cp1252") as file:
        file.write("finess;etalab;111;2026-05-12\n")
        file.writelines(";".join(cells(number)) + "\n" for number in range(N_ROWS))


def write_quoted(path: Path) -> None:
    """Write a file with a header and every cell quoted."""
    with path.open("w", encoding="utf-8") as file:
        file.write(",".join(f'"{name}"' for name in COLUMNS) + "\n")
        file.writelines(",".join(f'"{cell}"' for cell in cells(number)) + "\n" for number in range(N_ROWS))


def write_json(path: Path) -> None:
    """Write an array of objects."""
    with path.open("w", encoding="utf-8") as file:
        file.write('{"results": [')
        for number in range(N_ROWS):
            file.write("," if number else "")
            record = dict(zip(COLUMNS[:N_JSON_MEMBERS], cells(number), strict=False))
            file.write(json.dumps(record, ensure_ascii=False))
        file.write("]}")


def write_xlsx(path: Path) -> None:
    """Write a workbook with its texts inline."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "xl/workbook.xml", '<workbook xmlns:r="r"><sheets><sheet name="a" r:id="a"/></sheets></workbook>'
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            '<Relationships><Relationship Id="a" Target="worksheets/a.xml"/></Relationships>',
        )
        with archive.open("xl/worksheets/a.xml", "w") as sheet:
            sheet.write(b"<worksheet><sheetData>")
            for row in _with_header():
                written = "".join(f'<c t="inlineStr"><is><t>{escape(cell)}</t></is></c>' for cell in row)
                sheet.write(f"<row>{written}</row>".encode())
            sheet.write(b"</sheetData></worksheet>")


def write_ods(path: Path) -> None:
    """Write an OpenDocument workbook."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        with archive.open("content.xml", "w") as content:
            content.write(b'<d xmlns:table="t" xmlns:text="x"><table:table table:name="a">')
            for row in _with_header():
                written = "".join(
                    f"<table:table-cell><text:p>{escape(cell)}</text:p></table:table-cell>" for cell in row
                )
                content.write(f"<table:table-row>{written}</table:table-row>".encode())
            content.write(b"</table:table></d>")


def _with_header() -> Iterator[list[str]]:
    yield list(COLUMNS)
    yield from (cells(number) for number in range(N_ROWS))


FORMS: dict[str, tuple[Callable[[Path], None], Layout, int]] = {
    "FINESS, cp1252, without header": (write_finess, FINESS, N_ROWS + 1),
    "CSV, every cell quoted": (write_quoted, Layout(), N_ROWS),
    "JSON": (write_json, Layout(), N_ROWS),
    "XLSX": (write_xlsx, Layout(), N_ROWS),
    "ODS": (write_ods, Layout(), N_ROWS),
}


def read_once(form: str, path: Path) -> None:
    """Read a file through and print seconds and peak memory."""
    _, layout, n_expected = FORMS[form]
    begun = time.perf_counter()
    table = open_table(piece_of_file(path), layout)
    reading = survey(table) if isinstance(table, Table) else table
    seconds = time.perf_counter() - begun
    if not isinstance(reading, Reading) or reading.n_rows != n_expected:
        raise SystemExit(f"{form}: {reading}")
    print(json.dumps([seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))


def main() -> None:
    """Write each file once, read it several times."""
    with tempfile.TemporaryDirectory() as folder:
        for form, (write, _, _) in FORMS.items():
            path = Path(folder) / "file"
            write(path)
            command = [sys.executable, __file__, form, str(path)]
            runs = [json.loads(subprocess.check_output(command)) for _ in range(N_RUNS)]  # noqa: S603  # this very program
            seconds, memory = (statistics.median(figures) for figures in zip(*runs, strict=True))
            size = path.stat().st_size / 1024 / 1024
            print(f"{form:32} {N_ROWS:,} rows, {size:5.1f} MB: {seconds:6.2f} s, peak {memory:4.0f} MB")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        read_once(sys.argv[1], Path(sys.argv[2]))
    else:
        main()
