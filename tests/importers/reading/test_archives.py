"""Zip files and folders: what they hold is listed safely, or they are refused whole."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from importers.reading import Caps, Table, Unreadable, open_table, piece_of_bytes, pieces_of, pieces_within, survey
from tests.importers.reading.builders import (
    ODS_KIND,
    overlapping_zip,
    rows_of,
    running_into_directory,
    sheet_of,
    with_flag,
    with_size,
    xlsx,
    zip_of,
)

CSV = b"nom;tel\na;1\n"


def listed(content: bytes, caps: Caps | None = None) -> list[str] | str:
    """Name the files of an archive, or the code of its refusal."""
    pieces = pieces_within(piece_of_bytes(content, "envoi.zip"), caps or Caps())
    return pieces.problem.code if isinstance(pieces, Unreadable) else [piece.name for piece in pieces]


def a_link() -> bytes:
    """Build a zip that holds a symbolic link."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        entry = zipfile.ZipInfo("lien.csv")
        entry.external_attr = 0o120777 << 16
        archive.writestr(entry, "/etc/passwd")
    return buffer.getvalue()


def twice_the_same() -> bytes:
    """Build a zip that holds one name twice."""
    return zip_of({"a.csv": CSV, "b.csv": CSV}).replace(b"b.csv", b"a.csv")


def packed_by(method: int) -> bytes:
    """Build a zip with a compression that is rarely used."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        archive.writestr("a.csv", CSV)
    return buffer.getvalue()


def without_second_header() -> bytes:
    """Build a zip whose directory names an entry that is not where it says."""
    content = zip_of({"a.csv": CSV, "b.csv": CSV})
    at = content.index(b"PK\x03\x04", 4)
    return content[:at] + b"PK\x03\x05" + content[at + 4 :]


BAD_ARCHIVES: dict[str, tuple[Callable[[], bytes], str]] = {
    "bomb": (lambda: zip_of({"a.csv": b"0" * 60_000_000}), "zip-piege"),
    "bomb in many pieces": (lambda: zip_of({f"{rank}.csv": b"0" * 1_000_000 for rank in range(60)}), "zip-piege"),
    "overlapping": (overlapping_zip, "zip-piege"),
    "running into its directory": (running_into_directory, "zip-piege"),
    "claims a terabyte": (lambda: with_size(zip_of({"a.csv": CSV}), 2**32 - 2), "zip-piege"),
    "too many entries": (lambda: zip_of({f"{rank}.csv": CSV for rank in range(201)}), "zip-trop-d-entrees"),
    "far too many entries": (
        lambda: zip_of({f"dossier-{rank:060}": b"" for rank in range(12_000)}),
        "zip-trop-d-entrees",
    ),
    "climbs out": (lambda: zip_of({"../../etc/cron.d/a": CSV}), "zip-dangereux"),
    "climbs out by backslash": (lambda: zip_of({"..\\a.csv": CSV}), "zip-dangereux"),
    "absolute": (lambda: zip_of({"/etc/passwd": CSV}), "zip-dangereux"),
    "drive": (lambda: zip_of({"C:/a.csv": CSV}), "zip-dangereux"),
    "link": (a_link, "zip-dangereux"),
    "same name twice": (twice_the_same, "zip-dangereux"),
    "bzip2": (lambda: packed_by(zipfile.ZIP_BZIP2), "zip-dangereux"),
    "lzma": (lambda: packed_by(zipfile.ZIP_LZMA), "zip-dangereux"),
    "encrypted": (lambda: with_flag(zip_of({"a.csv": CSV}), 1), "zip-chiffre"),
    "empty": (lambda: zip_of({}), "fichier-vide"),
    "cut": (lambda: zip_of({"a.csv": CSV})[:-30], "zip-abime"),
    "beginning only": (lambda: b"PK\x03\x04", "zip-abime"),
    "directory of nonsense": (lambda: zip_of({"a.csv": CSV}).replace(b"PK\x01\x02", b"PK\x01\x09"), "zip-abime"),
    "entry elsewhere": (without_second_header, "zip-abime"),
}
"""What is wrong with an archive -> how to build one, and the code of the problem: some take a while to press."""


@pytest.mark.parametrize(("build", "code"), BAD_ARCHIVES.values(), ids=BAD_ARCHIVES.keys())
def test_bad_archive_says_what_is_wrong(build: Callable[[], bytes], code: str) -> None:
    assert listed(build()) == code


def test_large_zip_is_refused_before_it_is_opened() -> None:
    assert listed(zip_of({"a.csv": CSV}), Caps(file_bytes=50)) == "fichier-trop-gros"


def test_archive_beyond_the_unpacked_cap_is_refused() -> None:
    assert listed(zip_of({"a.csv": bytes(range(256)) * 80}), Caps(unpacked_bytes=20_000)) == "zip-piege"


def test_size_that_lies_is_found_while_reading() -> None:
    pieces = pieces_within(piece_of_bytes(with_size(zip_of({"a.csv": CSV}), 5), "envoi.zip"))
    assert isinstance(pieces, tuple)
    table = open_table(pieces[0])
    assert isinstance(table, Unreadable)
    assert table.problem.code == "zip-abime"


def test_damaged_content_is_found_while_reading() -> None:
    content = zip_of({"a.csv": CSV}, packed=False).replace(b"a;1", b"a;2")
    pieces = pieces_within(piece_of_bytes(content, "envoi.zip"))
    assert isinstance(pieces, tuple)
    assert isinstance(open_table(pieces[0]), Unreadable)


def test_entries_are_listed_by_name_without_litter() -> None:
    content = zip_of({"b/stops.txt": CSV, "a.txt": CSV, "__MACOSX/._a.txt": b"x", "b/.DS_Store": b"x", "vide/": b""})
    assert listed(content) == ["a.txt", "b/stops.txt"]


def test_as_many_entries_as_the_cap_are_listed() -> None:
    assert len(listed(zip_of({f"{rank}.csv": CSV for rank in range(200)}))) == 200


def test_names_without_their_flag_are_read() -> None:
    content = with_flag(zip_of({"é.csv": CSV}), 0).replace(b"\x00\x08", b"\x00\x00")
    assert listed(content) == ["é.csv"]


def test_entries_read_like_files() -> None:
    pieces = pieces_within(piece_of_bytes(zip_of({"a.csv": CSV}), "envoi.zip"))
    assert isinstance(pieces, tuple)
    table = open_table(pieces[0])
    assert isinstance(table, Table)
    assert [dict(row.cells) for row in rows_of(CSV)] == [dict(row.cells) for row in table.rows()]  # type: ignore[union-attr]  # no line of it is refused


@pytest.mark.parametrize(
    "inner", [zip_of({"b.csv": CSV}), xlsx(sheet_of(["nom"], ["a"])), zip_of({"mimetype": ODS_KIND})]
)
def test_archive_inside_an_archive_is_refused(inner: bytes) -> None:
    pieces = pieces_within(piece_of_bytes(zip_of({"dedans.zip": inner}), "envoi.zip"))
    assert isinstance(pieces, tuple)
    table = open_table(pieces[0])
    assert isinstance(table, Unreadable)
    assert table.problem.code == "zip-dans-zip"


def test_folder_lists_its_files_but_no_links(tmp_path: Path) -> None:
    (tmp_path / "gtfs").mkdir()
    (tmp_path / "gtfs" / "stops.txt").write_bytes(CSV)
    (tmp_path / ".cache").write_bytes(CSV)
    (tmp_path / "lien.csv").symlink_to("/etc/hostname")
    pieces = pieces_of(tmp_path)
    assert isinstance(pieces, tuple)
    assert [piece.name for piece in pieces] == ["gtfs/stops.txt"]


def test_file_on_disk_is_read(tmp_path: Path) -> None:
    path = tmp_path / "lieux.csv"
    path.write_bytes(CSV)
    pieces = pieces_of(path)
    assert isinstance(pieces, tuple)
    table = open_table(pieces[0])
    assert isinstance(table, Table)
    assert getattr(survey(table), "n_rows", None) == 1


def test_path_without_file_says_so(tmp_path: Path) -> None:
    absent = pieces_of(tmp_path / "absent.csv")
    empty = pieces_of(tmp_path)
    assert [isinstance(answer, Unreadable) and answer.problem.code for answer in (absent, empty)] == [
        "fichier-absent",
        "dossier-vide",
    ]


def test_folder_with_too_many_files_is_refused(tmp_path: Path) -> None:
    for rank in range(3):
        (tmp_path / f"{rank}.csv").write_bytes(CSV)
    pieces = pieces_of(tmp_path, Caps(entries=2))
    assert isinstance(pieces, Unreadable)


def test_file_that_vanished_is_unreadable(tmp_path: Path) -> None:
    path = tmp_path / "lieux.csv"
    path.write_bytes(CSV)
    pieces = pieces_of(path)
    path.unlink()
    assert isinstance(pieces, tuple)
    assert isinstance(open_table(pieces[0]), Unreadable)
