"""Any spreadsheet: recognised by the names of the general template, read by a map, or guessed and then confirmed.

Every list is a feed of its own, under a name that its next version keeps: two town halls that fill in the same template
must not be taken for one list that lost half its rows.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import PurePosixPath

from importers.fields.cells import said
from importers.pipeline.declaration import OpenedList, Opener, Reference, Source
from importers.pipeline.headers import HeaderMap, header_key
from importers.pipeline.lines import Line
from importers.pipeline.lists import date_in_name
from importers.reading import Layout, Piece, RawRow, RowOutcome, Table, Unreadable, open_table
from importers.sources.column_maps import ColumnMap, list_name
from importers.sources.examples import example_line, with_leftovers_doubted
from importers.sources.general import NEEDS, PARTS, key
from importers.sources.general_places import place_faults
from importers.sources.guessing import Guesses, guess
from importers.sources.own_rows import joined_line, with_joined_rows
from importers.templates.general import GENERAL
from portal.core.problems import Problem
from portal.core.text import slug
from portal.geography.lookup import communes
from portal.intake.rules.declarations import SourceDeclaration
from portal.vocabulary.loading import load_vocabulary

NAMELESS, UNSURE, WITHOUT_COLUMN = "liste-sans-nom", "colonnes-a-confirmer", "colonne-de-la-carte"
_NO_NAME = "liste"
_PLACES = ("commune", "postal_code", "commune_code", "address")
_COUNTERS = re.compile(r"\d+|v\d+|copie|copy|final|finale|definitif|ok")


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What a person says of a list beside its file, and what is known from earlier times."""

    map: ColumnMap | None = None
    name: str = ""
    kept: tuple[ColumnMap, ...] = ()
    only_looks: bool = False
    """Whether a person only asks what is understood: then a guess may be shown as if it were confirmed."""


def reference() -> Reference:
    """Give the communes of France and the thesaurus."""
    return Reference(communes(), load_vocabulary())


def opener_of(wish: Wish) -> Opener:
    """Make the opener of the lists that a wish speaks of."""
    return lambda source, pieces: _open_all(source, pieces, wish)


def stem_of(name: str) -> str:
    """Write the name of a file without what changes from one version to the next: "Services 2026 (2).xlsx"."""
    words = slug(PurePosixPath(name).stem).split("-")
    return "-".join(word for word in words if not _COUNTERS.fullmatch(word))


def _open_all(source: Source, pieces: tuple[Piece, ...], wish: Wish) -> tuple[OpenedList, ...] | Unreadable:
    outcomes = [_open(source, piece, wish) for piece in pieces]
    found = tuple(each for each in outcomes if isinstance(each, OpenedList))
    refusals = [each for each in outcomes if isinstance(each, Unreadable)]
    # A file in doubt stops its neighbours too: nothing may come in while somebody is being asked.
    asked = [each for each in refusals if each.problem.code in {NAMELESS, UNSURE, WITHOUT_COLUMN}]
    return asked[0] if asked else found or refusals[0]


def _open(source: Source, piece: Piece, wish: Wish) -> OpenedList | Unreadable:
    given = wish.map or _kept_by_name(wish) or _kept_by_file(piece, wish)
    table = open_table(piece, _layout(given))
    if isinstance(table, Unreadable):
        return table
    given = given or _kept_by_columns(table, wish)
    header = _mapped(table, given) if given and given.columns else _recognised(table, given, wish)
    if isinstance(header, Unreadable):
        return header
    name = wish.name or (given.name if given else "") or (_NO_NAME if wish.only_looks else "")
    if not name:
        return Unreadable(_nameless(piece, wish))
    given = given or ColumnMap(name=name)
    feed = replace(source, feed=name, owner=given.owner, licence=given.licence)
    opened = OpenedList(feed, table, header, given.said_on or date_in_name(piece.name))
    opened = with_leftovers_doubted(_with_constants(opened, given.constants), GENERAL)
    return with_joined_rows(opened, place_faults, reference)


def _layout(given: ColumnMap | None) -> Layout:
    names = frozenset(name for names in GENERAL.names.values() for name in names)
    return Layout(
        expected=names | frozenset(given.columns.values() if given else ()), sheet=given.sheet if given else ""
    )


def _kept_by_name(wish: Wish) -> ColumnMap | None:
    return next((each for each in wish.kept if each.name == wish.name), None)


def _kept_by_file(piece: Piece, wish: Wish) -> ColumnMap | None:
    """Know a list by the name of its file, where only one list ever came by it."""
    if wish.name:
        return None
    found = [each for each in wish.kept if stem_of(piece.name) in each.files]
    return found[0] if len(found) == 1 else None


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
        return Unreadable(_unsure(table, guesses, lacking))
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


def _unsure(table: Table, guesses: Guesses, lacking: tuple[str, ...]) -> Problem:
    name = table.reading.name
    doubts = [f"« {each.column} » est-elle « {GENERAL.column(each.word).header} » ?" for each in guesses.unsure[:4]]
    lacks = [f"il manque {', '.join(f'« {each} »' for each in lacking)}."] if lacking else []
    sentence = (
        f"Les colonnes de ce fichier ne sont pas toutes sûres : {' '.join((*lacks, *doubts))} Écrivez leur carte avec "
        f"« maillage map {name} > carte.toml », relisez-la et complétez-la, puis importez avec « maillage import "
        f"tableur {name} --map carte.toml »."
    )
    return Problem(UNSURE, sentence, value=", ".join(table.reading.columns)[:200])


def _nameless(piece: Piece, wish: Wish) -> Problem:
    proposed = list_name(stem_of(piece.name)) or "ma-liste"
    known = ", ".join(sorted(each.name for each in wish.kept))
    sentence = (
        "Donnez un nom à cette liste ; ses prochaines versions garderont le même. Recommencez en ajoutant "
        f"--list {proposed}, par exemple." + (f" Listes déjà connues : {known}." if known else "")
    )
    return Problem(NAMELESS, sentence, value=piece.name)


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


def outside(line: Line, _reference: Reference) -> Problem | None:
    """Pass over the example of the template, and rows that only complete another."""
    return example_line(line) or joined_line(line)


SOURCE = Source(
    declaration=SourceDeclaration(
        name="tableur",
        title="Tableurs du territoire",
        owner="Le territoire",
        licence="Licence à préciser",
        priority=60,
    ),
    feed=_NO_NAME,
    open=partial(_open_all, wish=Wish()),
    columns=GENERAL.names,
    signature=frozenset({"title"}),
    key=key,
    parts=PARTS,
    needs=NEEDS,
    outside=outside,
)
