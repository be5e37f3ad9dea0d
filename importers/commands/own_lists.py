"""What people say of their own spreadsheets on the command line, and what is kept of it for the next version."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from importers.opening import LISTS_FILE, Installation
from importers.pipeline.declaration import OpenedList
from importers.sources.column_maps import ColumnMap, list_name, map_of, read_map, written_map
from importers.sources.templates_filled import UNSAID_LICENCE
from importers.sources.wishes import Wish, stem_of
from portal.core.errors import Invalid, Unreadable
from portal.core.locks import file_lock
from portal.core.toml import read_toml

_HEAD = "# Les listes du territoire et leurs colonnes. Maillage écrit ce fichier après chaque import réussi.\n"
_PATIENCE = 10
map_option = click.option(
    "--map",
    "map_file",
    metavar="CARTE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Carte des colonnes d’un tableur, écrite par « maillage map » et relue.",
)
list_option = click.option(
    "--list", "list_name", metavar="NOM", default="", help="Nom de la liste, le même pour toutes ses versions."
)


def wish_of(
    here: Installation, source: str, *, map_file: Path | None, name: str, where: str = "", only_looks: bool = False
) -> Wish:
    """Put together what a person says of a list and what is known of it."""
    wanted = list_name(name)
    if name and not wanted:
        raise Invalid(f"« {name} » ne peut pas nommer une liste : donnez-lui un nom en lettres.")
    given = None if map_file is None else _map_in(map_file)
    chosen = wanted or (given.name if given else "")
    kept = tuple(each for each in kept_lists(here) if each.source == source)
    return Wish(map=given, name=chosen, kept=kept, where=where if Path(where).is_file() else "", only_looks=only_looks)


def kept_lists(here: Installation) -> tuple[ColumnMap, ...]:
    """Read the lists that came in before."""
    file = here.data_dir / LISTS_FILE
    if not file.is_file():
        return ()
    return tuple(
        replace(_read(table, file=file.name, name=name), source=source)
        for source, tables in _tables(file).items()
        for name, table in tables.items()
    )


def new_list_lines(lists: Sequence[OpenedList], wish: Wish) -> Iterator[str]:
    """Say that a name is new where others are known: with a slip of the pen every service would come twice."""
    known = sorted(each.name for each in wish.kept)
    for name in dict.fromkeys(opened.source.feed for opened in lists):
        if known and name not in known:
            yield f"Nouvelle liste « {name} » ; déjà connues : {', '.join(known)}."
    for source in (opened.source for opened in lists):
        if source.declaration.licence == UNSAID_LICENCE and not source.licence:
            yield f"Licence de « {source.feed} » à préciser : écrivez licence et proprietaire dans {LISTS_FILE}."


def keep_lists(here: Installation, lists: Iterable[OpenedList], wish: Wish) -> None:
    """Remember the lists that came in: their columns and the names of their files."""
    # Imports of two sources may end together: the one must not forget what the other has just written.
    with file_lock(here.data_dir / f"{LISTS_FILE}.lock", patience=_PATIENCE):
        known = {(each.source, each.name): each for each in kept_lists(here)}
        for opened in lists:
            key = (opened.source.name, opened.source.feed)
            known[key] = _remembered(opened, wish, known.get(key) or ColumnMap(name=opened.source.feed))
        texts = (written_map(known[key], place=".".join(key)) for key in sorted(known))
        file = here.data_dir / LISTS_FILE
        draft = file.with_name(f"{file.name}.nouveau")
        draft.write_text("\n".join((_HEAD, *texts)), encoding="utf-8")
        draft.replace(file)


def _remembered(opened: OpenedList, wish: Wish, before: ColumnMap) -> ColumnMap:
    given = wish.map or before
    files = {*given.files, *before.files, *(stem_of(part.name) for part in opened.parts)}
    named = replace(given, name=opened.source.feed, source=opened.source.name)
    return replace(named, said_on=None, files=tuple(sorted(files - {""})))


def _map_in(file: Path) -> ColumnMap:
    if not file.is_file():
        raise Invalid(f"Il n’y a pas de carte « {file} » : vérifiez le chemin donné à --map.")
    found, problems = read_map(file.read_bytes(), file=file.name)
    if found is None:
        raise Invalid("\n".join(problem.text for problem in problems))
    return found


def _tables(file: Path) -> dict[str, dict[str, Any]]:
    """Read the tables of each source, by the name of the list."""
    table, problems = read_toml(file.read_bytes(), file=file.name)
    if table is None:
        raise Unreadable("\n".join(problem.text for problem in problems))
    return {source: dict(tables) for source, tables in table.items() if isinstance(tables, dict)}


def _read(table: object, *, file: str, name: str) -> ColumnMap:
    found, problems = map_of(table if isinstance(table, dict) else {}, file=file, name=name)
    if found is None:
        raise Unreadable("\n".join(problem.text for problem in problems))
    return found
