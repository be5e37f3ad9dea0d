"""Small lists of our own, read, or brought into a directory as a person would."""

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest

from importers.pipeline.declaration import OpenedList, Reference
from importers.pipeline.imports import import_list
from importers.pipeline.lists import open_lists, passages
from importers.pipeline.passages import Passage
from importers.reading import Unreadable, piece_of_bytes, pieces_of
from importers.sources import SOURCES
from portal.core.clock import FixedClock
from portal.core.content_hash import content_hash
from portal.core.database import Database
from portal.directory.content import CONTENTS
from portal.geography.lookup import communes
from portal.intake.report import Report
from portal.intake.rules.declarations import RunOptions
from portal.vocabulary.loading import load_vocabulary

SHARED = Path(__file__).resolve().parents[3].parent / "shared" / "data"
DEPARTMENTS = frozenset({"10", "15", "23", "27", "38", "39", "51", "58", "73", "76", "77", "89"})


@cache
def reference() -> Reference:
    """Give the communes of France and the thesaurus, read once."""
    return Reference(communes(), load_vocabulary())


def real_file(name: str) -> Path:
    """Find a file as its producer publishes it, beside the checkout."""
    if not SHARED.is_dir():
        pytest.skip("the real files are not beside this checkout")
    return SHARED / name


def opened(source: str, content: bytes | Path, *, name: str = "liste.csv") -> OpenedList:
    """Open the one list that a file of the source is."""
    (found,) = opened_all(source, content, name=name)
    return found


def opened_all(source: str, content: bytes | Path, *, name: str = "liste.csv") -> tuple[OpenedList, ...]:
    """Open the lists at a path, the oldest first."""
    pieces = pieces_of(content) if isinstance(content, Path) else (piece_of_bytes(content, name),)
    assert not isinstance(pieces, Unreadable), pieces
    found = open_lists(SOURCES[source], pieces)
    assert not isinstance(found, Unreadable), found.problem
    return found


def read(source: str, content: bytes | Path, *, name: str = "liste.csv") -> list[Passage]:
    """Take every line of a list through the stages."""
    found = passages(opened(source, content, name=name), reference())
    return [passage for passage in found if isinstance(passage, Passage)]


@dataclass
class Desk:
    """A directory and somebody who imports lists into it."""

    database: Database
    clock: FixedClock
    options: RunOptions = field(default_factory=RunOptions)

    def imports(self, source: str, content: bytes | Path, *, name: str = "liste.csv") -> Report:
        """Import one list."""
        return import_list(
            self.database,
            self.clock,
            opened(source, content, name=name),
            reference(),
            options=self.options,
        )

    def content(self) -> str:
        """Give the hash of what is published."""
        with self.database.reading() as session:
            return content_hash(session, CONTENTS)


@cache
def commune_rows() -> tuple[dict[str, object], ...]:
    """Give the rows of the communes that the lists speak of."""
    return tuple(
        {
            "code": each.code,
            "name": each.name,
            "slug": f"{each.code}-{each.slug}",
            "department": each.department,
            "department_name": each.department,
            "population": each.population,
            "postal_codes": " ".join(each.postal_codes),
            "lat": each.point.lat,
            "lon": each.point.lon,
            "radius": each.radius,
        }
        for each in reference().lookup.communes
        if each.department in DEPARTMENTS
    )
