"""One line of a list under our own words for its columns, and how a part of a record asks it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from portal.core.problems import Problem

Value = TypeVar("Value")
Problems = tuple[Problem, ...]


@dataclass(frozen=True, kw_only=True)
class Line:
    """What one row of a list says, whatever its header called the columns."""

    number: int
    cells: Mapping[str, str]
    """Our word -> the text of the cell; a word the list has no column for is not there."""
    columns: Mapping[str, str]
    """Our word -> the name of the column in the file."""
    numeric: frozenset[str] = frozenset()
    """Our words whose cell was a number, not a text."""
    more: tuple["Line", ...] = ()
    """Further lines that describe the same thing; their columns bear the number of the line."""

    def text(self, word: str) -> str:
        """Give the text of a cell; empty where the list has no such column."""
        return self.cells.get(word, "")

    def read(self, word: str, reader: Callable[[str], tuple[Value, Problems]]) -> tuple[Value, Problems]:
        """Read a cell; its problems bear the name of its column."""
        value, problems = reader(self.text(word))
        return value, self.named(word, problems)

    def named(self, word: str, problems: Problems) -> Problems:
        """Name the column that problems come from, where the reader did not."""
        if not problems:
            return ()
        column = self.columns.get(word, word)
        return tuple(replace(problem, field=problem.field or column) for problem in problems)
