"""Spoilt files as `maillage import` meets them: the exit code, a French sentence, and a directory left whole."""

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from importers.cli import cli
from portal.core.command import ExitCode
from tests.importers.reading.builders import sheet_of, xlsx, zip_of
from tests.importers.reading.test_archives import BAD_ARCHIVES
from tests.importers.reading.test_bad_texts import BAD_FILES
from tests.importers.reading.test_workbooks import BAD_WORKBOOKS

COLUMNS = (
    "id_fs", "lib_fs", "adresse", "insee_com", "code_postal", "lib_com", "latitude", "longitude", "telephone", "mail",
    "h_lundi", "format_fs",
)  # fmt: skip
SOUND = {
    "adresse": "1 rue du Lavoir",
    "insee_com": "10323",
    "code_postal": "10100",
    "lib_com": "Romilly-sur-Seine",
    "latitude": "48.5187",
    "longitude": "3.7215",
    "telephone": "03 53 01 00 01",
    "h_lundi": "09:00 - 12:00",
    "format_fs": "Fixe",
}
N_KNOWN = 40


def a_row(number: int, **cells: str) -> list[str]:
    """Write a sound row, but for some cells."""
    named = {"id_fs": str(number), "lib_fs": f"France services de l’essai {number}", **SOUND, **cells}
    return [named.get(column, "") for column in COLUMNS]


def a_list(*rows: list[str], delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    """Write a list of France services."""
    return "".join(f"{delimiter.join(cells)}\n" for cells in (list(COLUMNS), *rows)).encode(encoding)


KNOWN = [a_row(number) for number in range(1, N_KNOWN + 1)]
NEW = 900


@dataclass(frozen=True)
class Directory:
    """A data directory into which files are imported by the command."""

    data_dir: Path

    def says(self, *words: object) -> tuple[int, str]:
        """Run a command; give its exit code and all it said."""
        kept = {name: None for name in os.environ if name.startswith("MAILLAGE_")}
        settings = {**kept, "MAILLAGE_DATA_DIR": str(self.data_dir)}
        outcome = CliRunner().invoke(cli, [str(word) for word in words], env=settings)
        return outcome.exit_code, outcome.output

    def imports(self, content: bytes, name: str = "liste.csv") -> tuple[int, dict[str, Any]]:
        """Import a file; give the exit code and the report."""
        file, report = self.data_dir.parent / name, self.data_dir.parent / "rapport.json"
        file.write_bytes(content)
        code, said = self.says("import", "msap", file, "--report", report)
        assert "Traceback" not in said
        return code, json.loads(report.read_text(encoding="utf-8"))

    @property
    def content(self) -> str:
        """Give the hash of what is published."""
        return self.says("content-hash")[1]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Directory:
    """Prepare a directory that knows forty places, once."""
    directory = Directory(tmp_path_factory.mktemp("rempli") / "data")
    assert directory.says("init")[0] == ExitCode.DONE
    assert directory.imports(a_list(*KNOWN))[0] == ExitCode.DONE
    return directory


@pytest.fixture
def own(filled: Directory, tmp_path: Path) -> Directory:
    """Give a directory that the test may change."""
    return Directory(Path(shutil.copytree(filled.data_dir, tmp_path / "data")))


WHOLE = {
    **{f"text, {name}": content for name, (content, code) in BAD_FILES.items() if not code[0].isdigit()},
    **{f"zip, {name}": build for name, (build, _) in BAD_ARCHIVES.items()},
    **{f"workbook, {name}": content for name, (content, code) in BAD_WORKBOOKS.items() if not code[0].isdigit()},
    "another list": b"nom;commune;code\nMairie;Nogent;10268\n",
    "columns of another year": a_list(*KNOWN).replace(b"id_fs", b"numero_de_la_fiche"),
    "zip without a list": zip_of({"lisez-moi.txt": "Bonjour"}),
}


def test_table_of_spoilt_files_is_long() -> None:
    assert len(WHOLE) >= 60


@pytest.mark.parametrize("content", WHOLE.values(), ids=WHOLE.keys())
def test_file_nobody_can_read_changes_nothing(filled: Directory, content: bytes | str | Callable[[], bytes]) -> None:
    before = filled.content
    written = content() if callable(content) else content
    code, report = filled.imports(written.encode() if isinstance(written, str) else written)
    (reason,) = report["reasons"]
    assert (code, report["read"], reason["line"]) == (ExitCode.UNREADABLE, 0, 0)
    assert reason["message"].endswith(".")
    assert filled.content == before


def shifted(rows: list[list[str]]) -> list[list[str]]:
    """Give every row another identifier."""
    return [a_row(int(row[0]) + 500, lib_fs=f"Maison {row[0]}", adresse=f"{row[0]} rue Neuve") for row in rows]


REFUSED = {
    "60 % shorter": (a_list(*KNOWN[:16]), "perte-trop-grande"),
    "nearly all identifiers new": (a_list(*KNOWN[:2], *shifted(KNOWN[2:])), "identifiants-changes"),
    "header only": (a_list(), "perte-trop-grande"),
    "every row unreadable": (a_list(*(["?", *row[1:5]] for row in KNOWN)), "perte-trop-grande"),
}


@pytest.mark.parametrize(("content", "code"), REFUSED.values(), ids=REFUSED.keys())
def test_list_that_lost_too_much_is_refused_whole(own: Directory, content: bytes, code: str) -> None:
    before = own.content
    exit_code, report = own.imports(content)
    assert (exit_code, report["reasons"][0]["code"]) == (ExitCode.REFUSED, code)
    assert "--accept-loss" in report["reasons"][0]["message"]
    assert own.content == before


def quoted(row: list[str]) -> list[str]:
    """Open a quote that nobody closes."""
    return [row[0], f'"{row[1]}', *row[2:]]


LINES: dict[str, tuple[bytes, str]] = {
    "quote not closed": (a_list(*KNOWN, quoted(a_row(NEW)), a_row(901)), "refused guillemet-ouvert"),
    "NUL in a cell": (a_list(*KNOWN, a_row(NEW, lib_fs="Maison\0close")), "refused octets-nuls"),
    "one line of cp1252": (
        a_list(*KNOWN) + a_list(a_row(NEW, lib_fs="Maison d’été"), encoding="cp1252").split(b"\n", 1)[1],
        "quarantined encodage-melange",
    ),
    "cut in the last row": (a_list(*KNOWN, a_row(NEW))[:-60], "refused nombre-de-cellules"),
    "latitude and longitude swapped": (
        a_list(*KNOWN, a_row(NEW, latitude="3.7215", longitude="48.5187")),
        "created point-inverse",
    ),
    "NaN as latitude": (a_list(*KNOWN, a_row(NEW, latitude="NaN")), "created point-incomplet"),
    "point in another department": (
        a_list(*KNOWN, a_row(NEW, latitude="43.2965", longitude="5.3698")),
        "created point-hors-de-sa-commune",
    ),
    "point at zero": (a_list(*KNOWN, a_row(NEW, latitude="0", longitude="0")), "created point-nul"),
    "commune that does not exist": (
        a_list(*KNOWN, a_row(NEW, insee_com="10999", lib_com="Trifouillis", code_postal="")),
        "quarantined commune-inconnue",
    ),
    "one number, two contents": (a_list(*KNOWN, a_row(1, lib_fs="Autre maison")), "quarantined cle-en-double"),
    "one row twice": (a_list(*KNOWN, KNOWN[0]), "duplicate "),
    "row without number": (a_list(*KNOWN, a_row(NEW, id_fs="")), "refused donnee-manquante"),
    "row without name": (a_list(*KNOWN, a_row(NEW, lib_fs="")), "refused donnee-manquante"),
    "telephone of three figures too many": (
        a_list(*KNOWN, a_row(NEW, telephone="03 53 01 00 01 234")),
        "created telephone-trop-long",
    ),
    "telephone eaten by the spreadsheet": (
        a_list(*KNOWN, a_row(NEW, telephone="3.53E+08")),
        "created nombre-abime",
    ),
    "mail without a domain": (a_list(*KNOWN, a_row(NEW, mail="accueil@")), "created courriel-invalide"),
    "hours backwards": (a_list(*KNOWN, a_row(NEW, h_lundi="17:00 - 09:00")), "created heures-inversees"),
    "letters lost before us": (
        a_list(*KNOWN, a_row(NEW, lib_fs="Maison \ufffdloign\ufffde")),
        "refused lettres-perdues",
    ),
    "encoded twice": (a_list(*KNOWN, a_row(NEW, lib_fs="MÃ©ry")), "quarantined double-encodage"),
    "header repeated": (a_list(*KNOWN, list(COLUMNS), a_row(NEW)), "refused en-tete-repete"),
    "name of 300 letters": (
        a_list(*KNOWN, a_row(NEW, lib_fs="France services " + "x" * 300)),
        "refused nom-trop-long",
    ),
    "script in the name": (a_list(*KNOWN, a_row(NEW, lib_fs="<script>alert(1)</script>")), "created "),
    "number lost its zeros in a workbook": (
        xlsx(sheet_of(COLUMNS, *KNOWN, a_row(NEW, telephone="353010001"))),
        "created telephone-",
    ),
}


@pytest.mark.parametrize(("content", "expected"), LINES.values(), ids=LINES.keys())
def test_spoilt_line_never_stops_the_others(own: Directory, content: bytes, expected: str) -> None:
    fate, _, start = expected.partition(" ")
    code, report = own.imports(content)
    codes = [reason["code"] for reason in report["reasons"]]
    assert report[fate] == 1, report
    assert not start or any(found.startswith(start) for found in codes), codes
    assert code == (ExitCode.PROBLEMS if fate in {"quarantined", "refused"} else ExitCode.DONE)


UNHARMED = {
    "UTF-16": a_list(*KNOWN, encoding="utf-16"),
    "cp1252": a_list(*KNOWN, encoding="cp1252"),
    "UTF-8 with a mark": a_list(*KNOWN, encoding="utf-8-sig"),
    "semicolons": a_list(*KNOWN, delimiter=";"),
    "tabs": a_list(*KNOWN, delimiter="\t"),
    "old line ends": a_list(*KNOWN).replace(b"\n", b"\r\n"),
    "blank lines": a_list(*KNOWN).replace(b"\n", b"\n\n") + b"\n,,,\n",
    "title above the header": b"Liste de France services\n\n" + a_list(*KNOWN),
    "columns the other way round": "".join(f"{','.join(reversed(row))}\n" for row in (list(COLUMNS), *KNOWN)).encode(),
    "rows the other way round": a_list(*reversed(KNOWN)),
    "inside a zip": zip_of({"dossier/liste.csv": a_list(*KNOWN), "dossier/lisez-moi.txt": "Bonjour"}),
    "as a workbook": xlsx(sheet_of(COLUMNS, *KNOWN)),
}


@pytest.mark.parametrize("content", UNHARMED.values(), ids=UNHARMED.keys())
def test_same_list_in_another_dress_changes_nothing(filled: Directory, content: bytes) -> None:
    before = filled.content
    code, report = filled.imports(content)
    assert (code, report["read"], report["unchanged"]) == (ExitCode.DONE, N_KNOWN, N_KNOWN)
    assert filled.content == before
