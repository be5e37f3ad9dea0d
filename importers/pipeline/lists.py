"""The list of a source among the files at a path, and its rows as submissions: every row gives exactly one."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath

from importers.pipeline.declaration import Reference, Source
from importers.pipeline.headers import HeaderMap, header_key, map_header
from importers.pipeline.passages import Passage, read_line
from importers.reading import Piece, Refusal, Table, Unreadable, open_table
from portal.core.errors import MaillageError
from portal.core.problems import Problem
from portal.intake.record import Submission, Verdict

_DATE = re.compile(r"(?<!\d)(20\d\d)([-_]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?!\d)")
_N_NAMED = 4


class BrokenOff(MaillageError):  # noqa: N818 - a state of the file, named as such
    """Say that a file cannot be read to its end: nothing of it may be used."""

    exit_code = 5

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.text)
        self.problem = problem


@dataclass(frozen=True)
class OpenedList:
    """A file that is one of the source's, with what was understood of its header."""

    table: Table
    header: HeaderMap
    said_on: date | None
    """The day that the name of the file gives."""


def open_list(source: Source, pieces: Iterable[Piece]) -> OpenedList | Unreadable:
    """Find the one file of the source; the others of a zip or a folder are passed by."""
    fitting: list[OpenedList] = []
    refusals: list[Problem] = []
    for piece in pieces:
        opened = _open(source, piece)
        if isinstance(opened, OpenedList):
            fitting.append(opened)
        else:
            refusals.append(opened.problem)
    if len(fitting) > 1:
        return Unreadable(_several(source, fitting))
    return fitting[0] if fitting else Unreadable(refusals[0])


def passages(source: Source, opened: OpenedList, reference: Reference) -> Iterator[Passage | Refusal]:
    """Take every line through the stages; a file that breaks off takes back all that came before."""
    for outcome in opened.table.rows():
        if isinstance(outcome, Unreadable):
            raise BrokenOff(outcome.problem)
        if isinstance(outcome, Refusal):
            yield outcome
        else:
            yield read_line(source, outcome, opened.header.line(outcome), reference)


def submissions(source: Source, opened: OpenedList, reference: Reference) -> Iterator[Submission]:
    """Give the rows as the intake takes them."""
    for passage in passages(source, opened, reference):
        yield refused(passage) if isinstance(passage, Refusal) else passage.submission


def refused(refusal: Refusal) -> Submission:
    """Hand on a line that is no row, so that it is counted."""
    return Submission(line=refusal.line, verdict=Verdict.REFUSED, problems=(refusal.problem,))


def date_in_name(name: str) -> date | None:
    """Read the day that a file name gives: `liste-fs-20240801.csv`, `france_services-2020-01-09.csv`."""
    found = _DATE.search(PurePosixPath(name).name)
    try:
        return date(int(found[1]), int(found[3]), int(found[4])) if found else None
    except ValueError:
        return None


def _open(source: Source, piece: Piece) -> OpenedList | Unreadable:
    table = open_table(piece, source.layout)
    if isinstance(table, Unreadable):
        return table
    header = map_header(table.reading.columns, source.columns)
    lacking = sorted(source.signature - header.columns.keys())
    if lacking:
        return Unreadable(_another_file(source, lacking, table.reading.columns))
    return OpenedList(table, header, date_in_name(piece.name))


def _another_file(source: Source, lacking: list[str], columns: tuple[str, ...]) -> Problem:
    names = ", ".join(f"« {source.columns[word][0]} »" for word in lacking)
    near = [column for column in columns if header_key(column)][:_N_NAMED]
    return Problem(
        "colonnes-manquantes",
        f"Ce fichier n’est pas une liste de « {source.declaration.title} » : il n’a pas de colonne {names}. "
        "Vérifiez le fichier, ou le nom de ses colonnes.",
        value=", ".join(near),
    )


def _several(source: Source, fitting: list[OpenedList]) -> Problem:
    names = ", ".join(opened.table.reading.name for opened in fitting[:_N_NAMED])
    return Problem(
        "plusieurs-listes",
        f"Plusieurs fichiers sont des listes de « {source.declaration.title} » : importez-les l’un après l’autre, "
        "le plus ancien d’abord.",
        value=names,
    )
