"""Lists filled in on a template of ours: opened by its names, each under a name of its own."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from importers.pipeline.declaration import OpenedList, Opener, Part, Reference, Source
from importers.pipeline.lines import Line
from importers.pipeline.lists import open_tables
from importers.reading import Piece, Unreadable, headed_by
from importers.sources.column_maps import ColumnMap
from importers.sources.examples import example_line, with_leftovers_doubted
from importers.sources.general import NEEDS, PARTS, key
from importers.sources.general_places import place_faults
from importers.sources.own_rows import joined_line, with_joined_rows
from importers.sources.reference import reference
from importers.sources.wishes import NO_NAME, Wish, name_of
from importers.templates.columns import Template
from portal.core.problems import Problem
from portal.intake.rules.declarations import SourceDeclaration

UNSAID_LICENCE = "Licence à préciser"
"""What the public reads until the list says its own."""
Told = Callable[[Line], Line]
"""Puts what a template has words of its own for under the words of the general one."""


def filled_source(template: Template, *, title: str, told: Told, parts: dict[str, Part]) -> Source:
    """Declare the lists that are filled in on a template; `parts` stand in for those of the general one."""
    every = {name: _told_first(part, told) for name, part in (PARTS | parts).items()}
    return Source(
        declaration=SourceDeclaration(
            name=template.name, title=title, owner="Le territoire", licence=UNSAID_LICENCE, priority=60
        ),
        feed=NO_NAME,
        open=opener_for(template, Wish()),
        columns=template.names,
        signature=frozenset({"title", "commune"}),
        key=_told_first(key, told),
        parts=every,
        needs=NEEDS,
        outside=outside,
        layout=headed_by(template.names),
    )


def opener_for(template: Template, wish: Wish) -> Opener:
    """Make the opener of the lists that a wish speaks of."""
    return partial(_open, template=template, wish=wish)


def _open(
    source: Source, pieces: tuple[Piece, ...], *, template: Template, wish: Wish
) -> tuple[OpenedList, ...] | Unreadable:
    by_name = {piece.name: piece for piece in pieces}
    found = open_tables(source, pieces)
    lists: list[OpenedList] = []
    for opened in () if isinstance(found, Unreadable) else found:
        given = wish.kept_by_name() or wish.kept_by_file(by_name[opened.name])
        name = name_of(by_name[opened.name], wish, given)
        if isinstance(name, Unreadable):
            return name
        whose = given or ColumnMap(name=name)
        feed = replace(source, feed=name, owner=whose.owner, licence=whose.licence, priority=whose.priority)
        named = replace(opened, source=feed)
        lists.append(with_joined_rows(with_leftovers_doubted(named, template), place_faults, reference))
    return found if isinstance(found, Unreadable) else tuple(lists)


def outside(line: Line, _reference: Reference) -> Problem | None:
    """Pass over the example of a template, and rows that only complete another."""
    return example_line(line) or joined_line(line)


def _told_first(part: Part, told: Told) -> Part:
    return lambda line, known: part(replace(told(line), more=tuple(told(each) for each in line.more)), known)


def with_cells(line: Line, **cells: str) -> Line:
    """Say more in a line under the words of the general template, in the columns of their own words."""
    kept = {word: text for word, text in cells.items() if text}
    return replace(line, cells={**line.cells, **kept})
