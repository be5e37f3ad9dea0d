"""The lists of a source among the files at a path, and their rows as submissions: every row gives exactly one.

Files of one list that bear different days are its generations, and come in from the oldest to the youngest; files of
one day, or all without a day, are parts of one list.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from pathlib import PurePosixPath

from importers.pipeline.declaration import OpenedList, Reference, Source
from importers.pipeline.editions import imprint_of
from importers.pipeline.headers import header_key, map_header
from importers.pipeline.passages import Passage, raw_text, read_line
from importers.reading import Piece, RawRow, Refusal, Unreadable, open_table
from portal.core.errors import MaillageError
from portal.core.problems import Problem
from portal.intake.record import HandedIn, Submission, Unread, Verdict

ANOTHER_FILE = "colonnes-manquantes"
"""What an opener says of files that are none of its feed: any other refusal speaks of a file that is."""
_DATE = re.compile(r"(?<!\d)(20\d\d)([-_]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?!\d)")
_N_NAMED = 4


class BrokenOff(MaillageError):  # noqa: N818 - a state of the file, named as such
    """Say that a file cannot be read to its end: nothing of it may be used."""

    exit_code = 5

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.text)
        self.problem = problem


@dataclass(frozen=True)
class _Of:
    """Whose generation a list is."""

    feed: str
    day: date | None

    @property
    def rank(self) -> tuple[date, str]:
        return (self.day or date.min, self.feed)


def open_lists(feeds: tuple[Source, ...], pieces: tuple[Piece, ...]) -> tuple[OpenedList, ...] | Unreadable:
    """Find the lists of a source, the oldest first; the other files of a zip or a folder are passed by."""
    found: list[OpenedList] = []
    refusals: list[Problem] = []
    for feed in feeds:
        opened = (feed.open or open_tables)(feed, pieces)
        if isinstance(opened, Unreadable):
            refusals.append(opened.problem)
        else:
            found += opened
    if not found:
        return Unreadable(_most_telling(refusals))
    undated = _undated_among_dated(found)
    return Unreadable(undated) if undated else _in_order(found)


def open_tables(source: Source, pieces: tuple[Piece, ...]) -> tuple[OpenedList, ...] | Unreadable:
    """Take each table with the columns of a feed for a list of it."""
    found: list[OpenedList] = []
    refusals: list[Problem] = []
    for piece in pieces:
        opened = _open(source, piece)
        if isinstance(opened, OpenedList):
            found.append(opened)
        else:
            refusals.append(opened.problem)
    return tuple(found) or Unreadable(_most_telling(refusals))


def passages(opened: OpenedList, reference: Reference) -> Iterator[Passage | Refusal]:
    """Take every line through the stages; a file that breaks off takes back all that came before."""
    for part in opened.parts:
        for outcome in part.table.rows():
            if isinstance(outcome, Unreadable):
                raise BrokenOff(outcome.problem)
            if isinstance(outcome, Refusal):
                yield outcome if not opened.rest else replace(outcome, problem=_placed(part, outcome.problem))
            else:
                passage = read_line(part.source, outcome, part.header.line(outcome), reference)
                yield passage if not opened.rest else _of_part(part, passage)


def submissions(opened: OpenedList, reference: Reference) -> Iterator[Submission]:
    """Give the rows as the intake takes them."""
    for passage in passages(opened, reference):
        yield refused(passage) if isinstance(passage, Refusal) else passage.submission


def handed_in(opened: OpenedList, reference: Reference, *, edition: str) -> Iterator[HandedIn]:
    """Give the rows as the intake takes them, each read only if the intake asks for it, where its feed allows."""
    if opened.rest or not opened.source.is_lasting:
        yield from submissions(opened, reference)
        return
    for outcome in opened.table.rows():
        if isinstance(outcome, Unreadable):
            raise BrokenOff(outcome.problem)
        yield refused(outcome) if isinstance(outcome, Refusal) else _unread(opened, outcome, reference, edition)


def _unread(opened: OpenedList, row: RawRow, reference: Reference, edition: str) -> HandedIn:
    line = opened.header.line(row)
    key, _ = opened.source.key(line, reference)
    if not key:
        return read_line(opened.source, row, line, reference).submission
    raw = raw_text(row)
    imprint = imprint_of(row, raw, edition)

    def read() -> Submission:
        return read_line(opened.source, row, line, reference).submitted(raw, imprint)

    return Unread(line=row.line, key=key, imprint=imprint, read=read)


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


def another_file(source: Source, *, lacking: tuple[str, ...], seen: tuple[str, ...]) -> Problem:
    """Say that a file is no list of a feed, and what it has instead of the columns or files it lacks."""
    names = ", ".join(f"« {name} »" for name in lacking)
    return Problem(
        ANOTHER_FILE,
        f"Ce fichier n’est pas une liste de « {source.declaration.title} » : il n’a pas de colonne {names}. "
        "Vérifiez le fichier, ou le nom de ses colonnes.",
        value=", ".join(name for name in seen if header_key(name))[:200],
    )


def _open(source: Source, piece: Piece) -> OpenedList | Unreadable:
    table = open_table(piece, source.layout)
    if isinstance(table, Unreadable):
        return table
    header = map_header(table.reading.columns, source.columns)
    lacking = tuple(source.columns[word][0] for word in sorted(source.signature - header.columns.keys()))
    if lacking:
        return Unreadable(another_file(source, lacking=lacking, seen=table.reading.columns[:_N_NAMED]))
    return OpenedList(source, table, header, date_in_name(piece.name))


def _most_telling(refusals: list[Problem]) -> Problem:
    """Choose what to say: that a file of the source is spoilt tells more than that another is none of it."""
    return next((problem for problem in refusals if problem.code != ANOTHER_FILE), refusals[0])


def _in_order(found: list[OpenedList]) -> tuple[OpenedList, ...]:
    """Put the generations of each feed in order, the parts of one generation together."""
    ordered = sorted(found, key=lambda opened: (_generation(opened).rank, opened.name))
    together = (list(parts) for _, parts in groupby(ordered, key=_generation))
    return tuple(parts[0] if len(parts) == 1 else replace(parts[0], rest=tuple(parts[1:])) for parts in together)


def _generation(opened: OpenedList) -> _Of:
    return _Of(opened.source.feed, opened.said_on)


def _undated_among_dated(found: list[OpenedList]) -> Problem | None:
    """Refuse to guess whether a file without a day is older or younger than one of the same list that has one."""
    days: dict[str, set[date | None]] = {}
    for opened in found:
        days.setdefault(opened.source.feed, set()).add(opened.said_on)
    unsure = {feed for feed, said in days.items() if None in said and len(said) > 1}
    names = [opened.name for opened in found if opened.source.feed in unsure]
    if not names:
        return None
    sentence = (
        f"Plusieurs fichiers sont des listes de « {found[0].source.declaration.title} », et tous ne portent pas leur "
        "date dans leur nom : importez-les l’un après l’autre, le plus ancien d’abord."
    )
    return Problem("plusieurs-listes", sentence, value=", ".join(names[:_N_NAMED]))


def _of_part(part: OpenedList, passage: Passage) -> Passage:
    return replace(passage, problems=tuple(_placed(part, problem) for problem in passage.problems))


def _placed(part: OpenedList, problem: Problem) -> Problem:
    """Say in which of several files a problem stands: line numbers alone no longer tell."""
    return replace(problem, field=f"{part.name} : {problem.field}" if problem.field else part.name)
