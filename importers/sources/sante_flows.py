"""Which flow of FINESS a file is: establishments, establishments with their points, or the newer JSON.

A file that holds points is a feed of its own: it comes later than the other, or covers less, and neither of the two
loses what only the other lists.
"""

from dataclasses import replace
from typing import TYPE_CHECKING

from importers.pipeline.declaration import OpenedList, Source
from importers.pipeline.lists import another_file, open_tables
from importers.reading import Piece, Unreadable, open_table
from importers.sources.sante import ESTABLISHMENT, NUMBER, POINT, SOURCE, TITLE
from importers.sources.sante_json import open_json
from importers.sources.sante_points import with_points

if TYPE_CHECKING:
    from portal.core.problems import Problem

_MARKS = (TITLE, ESTABLISHMENT, POINT)
_WORKBOOK, _JSON = "PK", "{"
_EDGES = '\u00ef\u00bb\u00bf\u00ff\u00fe \t\r\n"'
"""What may stand before the first word: marks of an encoding, as bytes, blanks, a quote."""
_ENOUGH = 80


def open_flows(source: Source, pieces: tuple[Piece, ...]) -> tuple[OpenedList, ...] | Unreadable:
    """Open every flow among some files, each as the feed that it is."""
    found: list[OpenedList] = []
    refusals: list[Problem] = []
    for piece in pieces:
        opened = _open(source, piece)
        if isinstance(opened, Unreadable):
            refusals.append(opened.problem)
        else:
            found += [with_points(each) if _holds_points(piece) else each for each in opened]
    return tuple(found) or Unreadable(refusals[0])


def _open(source: Source, piece: Piece) -> tuple[OpenedList, ...] | Unreadable:
    """Open a file that begins as a flow does: a text without header would pass for one whatever it says."""
    head = _plain(piece.head(_ENOUGH))
    if head.startswith(_JSON):
        opened_json = open_json(source, piece)
        return opened_json if isinstance(opened_json, Unreadable) else (opened_json,)
    if head.startswith((_WORKBOOK, *_MARKS)):
        return open_tables(source, (piece,))
    opened = open_table(piece, source.layout)
    if isinstance(opened, Unreadable):
        return opened
    seen = head.splitlines()[:1]
    return Unreadable(another_file(source, lacking=(NUMBER,), seen=tuple(seen)))


def _holds_points(piece: Piece) -> bool:
    """Look for a row of points in the bytes: reading a hundred thousand rows to find none takes seconds."""
    with piece.open() as stream:
        return any(_plain(line[:_ENOUGH]).startswith(POINT) for line in stream)


def _plain(content: bytes) -> str:
    return content.replace(b"\0", b"").decode("latin-1").lstrip(_EDGES)


FEED = replace(SOURCE, open=open_flows)
