"""Any spreadsheet: recognised by the names of the general template, read by a map, or guessed and then confirmed.

Every list is a feed of its own, under a name that its next version keeps: two town halls that fill in the same template
must not be taken for one list that lost half its rows.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from shlex import quote

from importers.fields.cells import said
from importers.pipeline.declaration import OpenedList, Opener, Source
from importers.pipeline.headers import HeaderMap, header_key
from importers.pipeline.lists import date_in_name
from importers.reading import Layout, Piece, RawRow, RowOutcome, Table, Unreadable, open_table
from importers.sources.column_maps import ColumnMap
from importers.sources.examples import with_leftovers_doubted
from importers.sources.general import NEEDS, PARTS, key
from importers.sources.general_places import place_faults
from importers.sources.guessing import Guesses, guess
from importers.sources.own_rows import with_joined_rows
from importers.sources.reference import reference
from importers.sources.templates_filled import UNSAID_LICENCE, outside
from importers.sources.wishes import NAMELESS, NO_NAME, Wish, name_of
from importers.templates.general import GENERAL
from portal.core.problems import Problem
from portal.intake.rules.declarations import SourceDeclaration

UNSURE, WITHOUT_COLUMN = "colonnes-a-confirmer", "colonne-de-la-carte"
_PLACES = ("commune", "postal_code", "commune_code", "address")


def opener_of(wish: Wish) -> Opener:
    """Make the opener of the lists that a wish speaks of."""
    return lambda source, pieces: _open_all(source, pieces, wish)


def _open_all(source: Source, pieces: tuple[Piece, ...], wish: Wish) -> tuple[OpenedList, ...] | Unreadable:
    outcomes = [_open(source, piece, wish) for piece in pieces]
    found = tuple(each for each in outcomes if isinstance(each, OpenedList))
    refusals = [each for each in outcomes if isinstance(each, Unreadable)]
    # A file in doubt stops its neighbours too: nothing may come in while somebody is being asked.
    asked = [each for each in refusals if each.problem.code in {NAMELESS, UNSURE, WITHOUT_COLUMN}]
    return asked[0] if asked else found or refusals[0]


def _open(source: Source, piece: Piece, wish: Wish) -> OpenedList | Unreadable:
    given = wish.map or wish.kept_by_name() or wish.kept_by_file(piece)
    table = open_table(piece, _layout(given))
    if isinstance(table, Unreadable):
        return table
    given = given or _kept_by_columns(table, wish)
    header = _mapped(table, given) if given and given.columns else _recognised(table, given, wish)
    if isinstance(header, Unreadable):
        return header
    name = name_of(piece, wish, given)
    if isinstance(name, Unreadable):
        return name
    given = given or ColumnMap(name=name)
    feed = replace(source, feed=name, owner=given.owner, licence=given.licence, priority=given.priority)
    opened = OpenedList(feed, table, header, given.said_on or date_in_name(piece.name))
    opened = with_leftovers_doubted(_with_constants(opened, given.constants), GENERAL)
    return with_joined_rows(opened, place_faults, reference)


def _layout(given: ColumnMap | None) -> Layout:
    names = frozenset(name for names in GENERAL.names.values() for name in names)
    return Layout(
        expected=names | frozenset(given.columns.values() if given else ()), sheet=given.sheet if given else ""
    )


def _kept_by_columns(table: Table, wish: Wish) -> ColumnMap | None:
    """Know a list by its columns, where only one map fits them."""
    if wish.name:
        return None
    there = {header_key(column) for column in table.reading.columns}
    fitting = [
        each for each in wish.kept if each.columns and {header_key(name) for name in each.columns.values()} <= there
    ]
    return fitting[0] if len(fitting) == 1 else None


def _mapped(table: Table, given: ColumnMap) -> HeaderMap | Unreadable:
    by_key = {header_key(column): column for column in table.reading.columns}
    absent = [name for name in given.columns.values() if header_key(name) not in by_key]
    if absent:
        listed = ", ".join(f"« {name} »" for name in absent)
        nouns = "la colonne" if len(absent) == 1 else "les colonnes"
        sentence = (
            f"La carte de la liste « {given.name} » attend {nouns} {listed}, "
            "que ce fichier n’a pas : remettez-la dans le fichier, ou corrigez la carte et donnez-la avec --map."
        )
        return Unreadable(Problem(WITHOUT_COLUMN, sentence, value=", ".join(table.reading.columns)[:200]))
    columns = {word: by_key[header_key(name)] for word, name in given.columns.items()}
    return HeaderMap(columns, tuple(each for each in table.reading.columns if each not in columns.values()))


def _recognised(table: Table, given: ColumnMap | None, wish: Wish) -> HeaderMap | Unreadable:
    """Take a header whose names are all sure; guess the rest only for somebody who looks."""
    guesses = guess(table, reference())
    constants = given.constants if given else {}
    lacking = _lacking(guesses, constants)
    if (guesses.unsure or lacking) and not wish.only_looks:
        return Unreadable(_unsure(table, guesses, lacking, where=wish.where))
    columns = {each.word: each.column for each in guesses.found}
    remarks = {each.word: each.remark for each in guesses.found} if guesses.unsure or lacking else {}
    return HeaderMap(columns, tuple(guesses.unmapped), remarks)


def _lacking(guesses: Guesses, constants: Mapping[str, str]) -> tuple[str, ...]:
    """Name the columns nothing can do without that are not there."""
    needed = {"title": ("title",), "structure": ("structure",), "concepts": ("concepts",), "commune": _PLACES}
    return tuple(
        GENERAL.column(word).header
        for word, either in needed.items()
        if not guesses.has(*either) and not any(each in constants for each in either)
    )


def _unsure(table: Table, guesses: Guesses, lacking: tuple[str, ...], *, where: str) -> Problem:
    name = quote(where or table.reading.name)
    doubts = [f"« {each.column} » est-elle « {GENERAL.column(each.word).header} » ?" for each in guesses.unsure[:4]]
    lacks = [f"il manque {', '.join(f'« {each} »' for each in lacking)}."] if lacking else []
    sentence = (
        f"Les colonnes de ce fichier ne sont pas toutes sûres : {' '.join((*lacks, *doubts))} Écrivez leur carte avec "
        f"« maillage map {name} > carte.toml », relisez-la et complétez-la, puis importez avec « maillage import "
        f"tableur {name} --map carte.toml »."
    )
    return Problem(UNSURE, sentence, value=", ".join(table.reading.columns)[:200])


def _with_constants(opened: OpenedList, constants: Mapping[str, str]) -> OpenedList:
    """Let every row say what the map says of all of them, where its own cell is empty."""
    if not constants:
        return opened
    named = {word: opened.header.columns.get(word, f"{GENERAL.column(word).header} (constante)") for word in constants}

    def filled(row: RawRow) -> RawRow:
        cells = {named[word]: text for word, text in constants.items() if not said(row.cells.get(named[word], ""))}
        return replace(row, cells={**row.cells, **cells})

    def rows() -> Iterator[RowOutcome]:
        for outcome in opened.table.rows():
            yield filled(outcome) if isinstance(outcome, RawRow) else outcome

    header = replace(opened.header, columns={**opened.header.columns, **named})
    return replace(opened, table=replace(opened.table, rows=rows), header=header)


SOURCE = Source(
    declaration=SourceDeclaration(
        name="tableur",
        title="Tableurs du territoire",
        owner="Le territoire",
        licence=UNSAID_LICENCE,
        priority=60,
    ),
    feed=NO_NAME,
    open=partial(_open_all, wish=Wish()),
    columns=GENERAL.names,
    signature=frozenset({"title"}),
    key=key,
    parts=PARTS,
    needs=NEEDS,
    outside=outside,
)
