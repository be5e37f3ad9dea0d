"""What a source declares: its owner, the names of its columns, and the pure functions that make a record of a line."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeAlias

from importers.pipeline.headers import HeaderMap
from importers.pipeline.lines import Line, Problems
from importers.reading import Layout, Piece, Table, Unreadable
from portal.core.problems import Problem
from portal.geography.lookup import Lookup
from portal.intake.record import Verdict
from portal.intake.rules.declarations import FeedDeclaration, SourceDeclaration
from portal.vocabulary.vocabulary import Vocabulary


@dataclass(frozen=True)
class Reference:
    """What reading a line may look up: the communes of France and the thesaurus, and for whom and when it is read."""

    lookup: Lookup
    vocabulary: Vocabulary
    today: date | None = None
    """The day it is, where what is over by then is told apart."""
    scope: frozenset[str] | None = None
    """Codes of the communes that count, where reading the others would cost much; the intake checks it anyway."""


Part: TypeAlias = Callable[[Line, Reference], tuple[Any, Problems]]
"""Makes one part of a record of a line; None says nothing of it. Never raises."""


@dataclass(frozen=True, kw_only=True)
class Need:
    """What a record cannot do without, and what becomes of a line that has it not; an empty tuple is an answer."""

    verdict: Verdict
    sentence: str


Opener: TypeAlias = "Callable[[Source, tuple[Piece, ...]], tuple[OpenedList, ...] | Unreadable]"
"""Finds the lists of a feed among the files at a path. Never raises."""


@dataclass(frozen=True, kw_only=True)
class Source:
    """One feed of a source: data that names pure functions; the pipeline does the rest, dry or real."""

    declaration: SourceDeclaration
    feed: str
    """Every generation of one list is one feed."""
    owner: str = ""
    licence: str = ""
    """Whose the feed is and under which licence, where that is not what the source declares."""
    priority: int | None = None
    """How much its word weighs, where that is not what the source's does."""
    open: "Opener | None" = None
    """How the files at a path become lists of this feed, where it takes more than one table to make one."""
    columns: Mapping[str, tuple[str, ...]]
    """Our word -> the names its column ever had; the first one present is read."""
    signature: frozenset[str]
    """Words whose columns a file of this source always has; without one of them it is another file."""
    key: Part
    parts: Mapping[str, Part]
    """Field of the `ServiceRecord` -> how it is made."""
    needs: Mapping[str, Need]
    """Field -> what happens to a line without it."""
    outside: Callable[[Line, Reference], Problem | None] = lambda _line, _reference: None
    """Why a line lies outside what the source declares, and is passed over; None when it does not."""
    layout: Layout = field(default_factory=Layout)
    is_lasting: bool = False
    """Whether a line is read in one way on any day, by this declaration alone: standing as before, it is not read."""

    @property
    def name(self) -> str:
        """Give the word that commands know the source by."""
        return self.declaration.name

    @property
    def declared_feed(self) -> FeedDeclaration:
        """Give the list as the intake counts it."""
        return FeedDeclaration(
            source=self.declaration, name=self.feed, owner=self.owner, licence=self.licence, priority=self.priority
        )


@dataclass(frozen=True)
class OpenedList:
    """A list of a source as it lies there, with what was understood of its header."""

    source: Source
    """The declaration it is read by; its feed is the one this list turned out to be."""
    table: Table
    header: HeaderMap
    said_on: date | None = None
    """The day that the name of the file, or the list itself, gives."""
    rest: "tuple[OpenedList, ...]" = ()
    """Further files that are parts of the same list."""

    @property
    def parts(self) -> "tuple[OpenedList, ...]":
        """Give the files of the list, this one first."""
        return (self, *self.rest)

    @property
    def name(self) -> str:
        """Name the file."""
        return self.table.reading.name
