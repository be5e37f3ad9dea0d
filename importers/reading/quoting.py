"""Lines to records of a delimited file: quotes are followed, and one that is never closed swallows no row.

The csv module alone would read on to the next quote, maybe a thousand rows further, and call it one cell. Here a
record that goes over several lines must end within reason, close properly, and hold no line that looks like a record
of its own; else its first line is refused, and reading goes on with the second.
"""

import csv
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from importers.reading.caps import Caps
from importers.reading.encodings import Line
from importers.reading.rows import Refusal
from portal.core.problems import Problem

_N_SHOWN = 80
_FROM_THREE, _FROM_FOUR = 3, 4


class Record(NamedTuple):
    """The cells of one row, by position."""

    line: int
    cells: list[str]
    numeric: frozenset[int] = frozenset()
    doubts: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class _Patterns:
    """What a line with quotes is compared with, for one delimiter."""

    closed: re.Pattern[str]
    """All cells but the last."""
    last: re.Pattern[str]
    opened: re.Pattern[str]


@lru_cache
def _patterns(delimiter: str) -> _Patterns:
    mark = re.escape(delimiter)
    return _Patterns(
        closed=re.compile(rf'(?>(?>"(?:[^"]|"")*+"|(?!")[^{mark}]*+){mark})*+'),
        last=re.compile(rf'"(?:[^"]|"")*+"|(?!")[^{mark}]*+'),
        opened=re.compile(r'"(?:[^"]|"")*+'),
    )


class RecordSplitter:
    """Turns the lines of one file into records, refusing the lines that cannot be one."""

    def __init__(self, delimiter: str, caps: Caps, *, width: int, is_strict: bool) -> None:
        self._delimiter = delimiter
        self._patterns = _patterns(delimiter)
        self._caps = caps
        self._width = width
        self._is_strict = is_strict
        self._waiting: deque[Line] = deque()
        self._suspect_until = 0

    def records(self, lines: Iterator[Line]) -> Iterator[Record | Refusal]:
        """Give the records in order; every line that is not blank belongs to exactly one record or refusal."""
        while (line := self._next(lines)) is not None:
            if line.fault:
                yield Refusal(line.number, line.fault)
            elif '"' not in line.text:
                yield Record(line.number, line.text.split(self._delimiter), doubts=_doubts([line]))
            else:
                yield self._quoted(line, lines)

    def _next(self, lines: Iterator[Line]) -> Line | None:
        return self._waiting.popleft() if self._waiting else next(lines, None)

    def _quoted(self, line: Line, lines: Iterator[Line]) -> Record | Refusal:
        if line.number <= self._suspect_until and line.text.count('"') % 2:
            return Refusal(line.number, _never_closed(line.text))
        end = self._patterns.closed.match(line.text)
        rest = line.text[end.end() if end else 0 :]
        if self._patterns.last.fullmatch(rest):
            return self._record([line])
        if not self._patterns.opened.fullmatch(rest):
            return Refusal(line.number, _misplaced(line.text))
        return self._over_several_lines(line, lines)

    def _over_several_lines(self, first: Line, lines: Iterator[Line]) -> Record | Refusal:
        """Read on while a quote is open; on failure the lines read are read again, one by one."""
        gathered = [first]
        n_characters = len(first.text)
        is_open = True
        while is_open and len(gathered) < self._caps.lines_in_a_record and n_characters < self._caps.cell_characters:
            line = self._next(lines)
            if line is None:
                break
            gathered.append(line)
            n_characters += len(line.text)
            if line.fault or (self._looks_like_a_record(first) and self._looks_like_a_record(line)):
                break
            # Doubled quotes count for two: an odd number always opens or closes.
            is_open = line.text.count('"') % 2 == 0
        else:
            record = self._record(gathered)
            if not is_open and isinstance(record, Record) and self._fits(record):
                return record
        self._waiting.extendleft(reversed(gathered[1:]))
        self._suspect_until = max(self._suspect_until, gathered[-1].number)
        return Refusal(first.number, _never_closed(first.text))

    def _looks_like_a_record(self, line: Line) -> bool:
        """Tell whether a line inside a quoted cell has the delimiters of a row; commas are common in sentences."""
        enough = _FROM_FOUR if self._delimiter == "," else _FROM_THREE
        return self._width >= enough and line.text.count(self._delimiter) == self._width - 1

    def _fits(self, record: Record) -> bool:
        return not self._width or len(record.cells) == self._width or not self._is_strict

    def _record(self, gathered: list[Line]) -> Record | Refusal:
        first = gathered[0]
        text = "\n".join(line.text for line in gathered)
        try:
            cells = next(csv.reader([text], delimiter=self._delimiter, strict=True))
        except csv.Error:
            return Refusal(first.number, _misplaced(first.text))
        return Record(first.number, cells, doubts=_doubts(gathered))


def _doubts(gathered: list[Line]) -> tuple[Problem, ...]:
    return tuple(dict.fromkeys(line.doubt for line in gathered if line.doubt))


def _never_closed(text: str) -> Problem:
    return Problem(
        "guillemet-ouvert",
        "Un guillemet ouvert sur cette ligne n’est jamais refermé : ajoutez le guillemet qui manque, ou retirez-le.",
        value=text[:_N_SHOWN],
    )


def _misplaced(text: str) -> Problem:
    return Problem(
        "guillemet-mal-place",
        "Un guillemet est mal placé sur cette ligne : dans un texte entre guillemets, doublez ceux du texte.",
        value=text[:_N_SHOWN],
    )
