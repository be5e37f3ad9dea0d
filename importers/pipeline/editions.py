"""What reading a line depends on beside the line: the program with its reference files, the header, the scope.

A line that stands as it stood when the same edition read it says the same: an import of the same list again is a matter
of seconds, and a new release, another column or another territory has every line read anew.
"""

import hashlib
from collections.abc import Collection, Iterable, Iterator
from functools import cache
from pathlib import Path

import importers
import portal
from importers.pipeline.declaration import OpenedList
from importers.reading import RawRow


def edition_of(opened: OpenedList, *, communes: str, scope: Collection[str] | None) -> str:
    """Digest what the lines of a list are read by; `communes` names the edition of the communes in the database."""
    columns = (f"{word}={column}" for word, column in sorted(opened.header.columns.items()))
    within = ["*"] if scope is None else sorted(scope)
    return _digest((_program(), opened.source.name, opened.source.feed, communes, *columns, "", *within))


def imprint_of(row: RawRow, raw: str, edition: str) -> str:
    """Digest a line as it stands, together with the edition that reads it; empty where a person should look."""
    if row.doubts:
        return ""
    numeric = (name for each in (row, *row.more) for name in sorted(each.numeric))
    return _digest((edition, raw, *numeric))


def _digest(words: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(words).encode()).hexdigest()


@cache
def _program() -> str:
    """Digest the program and its reference files."""
    whole = hashlib.sha256()
    for path in sorted(_files()):
        whole.update(hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()


def _files() -> Iterator[Path]:
    for package in (importers, portal):
        folder = Path(str(package.__file__)).parent
        yield from (path for path in folder.rglob("*") if path.is_file() and path.parent.name != "__pycache__")
