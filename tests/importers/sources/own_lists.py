"""Spreadsheets as a town hall fills them in, read or brought into a directory under a name."""

import csv
import io
from collections.abc import Iterable, Mapping

from importers.pipeline.declaration import OpenedList
from importers.pipeline.imports import import_list
from importers.pipeline.lists import open_lists, passages
from importers.pipeline.passages import Passage
from importers.reading import Refusal, Unreadable, piece_of_bytes
from importers.sources.own import feeds_of
from importers.sources.wishes import Wish
from portal.core.problems import Problem
from portal.intake.record import ServiceRecord
from portal.intake.report import Report
from tests.importers.sources.builders import Desk, reference

ROW = {
    "Identifiant": "ludo",
    "Nom du service": "Ludothèque du Lavoir",
    "Thème": "Bibliothèque, médiathèque, boîte à livres",
    "Structure": "Association du Lavoir",
    "Adresse": "4 rue du Lavoir",
    "Code postal": "10400",
    "Commune": "Nogent-sur-Seine",
    "Téléphone": "03 53 01 00 01",
    "Horaires": "mercredi 14h-18h",
}
NAMED = Wish(name="essai")


def a_row(**cells: str) -> dict[str, str]:
    """Make a row; the words of a keyword are parted by underscores, its first letter is large."""
    return ROW | {name.replace("_", " "): cell for name, cell in cells.items()}


def a_sheet(*rows: Mapping[str, str], columns: Iterable[str] = ()) -> bytes:
    """Write rows as a spreadsheet saves them in CSV."""
    names = list(columns) or list(dict.fromkeys(name for row in rows for name in row))
    written = io.StringIO()
    writer = csv.DictWriter(written, names, delimiter=";", extrasaction="ignore", restval="")
    writer.writeheader()
    writer.writerows(rows)
    return written.getvalue().encode("utf-8-sig")


def opened_own(content: bytes, *, source: str = "tableur", wish: Wish = NAMED, name: str = "liste.csv") -> OpenedList:
    """Open the one list that a spreadsheet is."""
    found = open_lists(feeds_of(source, wish), (piece_of_bytes(content, name),))
    assert not isinstance(found, Unreadable), found.problem
    (opened,) = found
    return opened


def refusal(content: bytes, *, wish: Wish = Wish(), name: str = "liste.csv") -> Problem:  # noqa: B008 - a frozen value
    """Give the reason why a spreadsheet is not opened."""
    found = open_lists(feeds_of("tableur", wish), (piece_of_bytes(content, name),))
    assert isinstance(found, Unreadable)
    return found.problem


def read_own(content: bytes, *, source: str = "tableur", wish: Wish = NAMED) -> list[Passage | Refusal]:
    """Take every line through the stages."""
    return list(passages(opened_own(content, source=source, wish=wish), reference()))


def passage_of(*rows: Mapping[str, str], source: str = "tableur") -> Passage:
    """Take the first of some rows through the stages."""
    first = read_own(a_sheet(*rows), source=source)[0]
    assert isinstance(first, Passage)
    return first


def record_of(*rows: Mapping[str, str], source: str = "tableur") -> ServiceRecord:
    """Give the record that some rows make."""
    found = passage_of(*rows, source=source)
    assert found.record is not None, found.problems
    return found.record


def codes_of(found: Passage) -> list[str]:
    """List what is said of a line."""
    return [problem.code for problem in found.problems]


def imports_own(desk: Desk, content: bytes, *, source: str = "tableur", wish: Wish = NAMED) -> Report:
    """Import one spreadsheet."""
    opened = opened_own(content, source=source, wish=wish)
    return import_list(desk.database, desk.clock, opened, reference(), options=desk.options)
