"""Which column of somebody's spreadsheet is which: a map that people read, mend and confirm, kept under a name.

A map is a file in TOML. Its words for our columns are the names of the general template, with underscores:

    liste = "mairie-de-romilly"
    proprietaire = "Mairie de Romilly-sur-Seine"
    [colonnes]
    nom_du_service = "Intitulé"
    [constantes]
    structure = "Mairie de Romilly-sur-Seine"
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from importers.fields.dates import read_date
from importers.pipeline.headers import header_key
from importers.templates.general import GENERAL
from portal.core.problems import Problem
from portal.core.text import slug
from portal.core.toml import read_toml

LONGEST_NAME = 60
_HEAVIEST = 100
TABLEUR = "tableur"
_CONTROL = re.compile("[\x00-\x1f\x7f]")
_SETTINGS = frozenset(
    {"liste", "proprietaire", "licence", "priorite", "date", "feuille", "fichiers", "colonnes", "constantes"}
)
_WORDS = {header_key(name): column.word for column in GENERAL.every for name in column.names}
FRENCH = {column.word: slug(column.header).replace("-", "_") for column in GENERAL.every}
"""Our word -> how a map calls it."""


@dataclass(frozen=True, kw_only=True)
class ColumnMap:
    """What is known of one list: whose it is, its columns, and what holds of all its rows."""

    name: str
    source: str = TABLEUR
    """The source whose list it is; only those of spreadsheets of any kind have columns of their own."""
    columns: Mapping[str, str] = field(default_factory=dict)
    """Our word -> the column of the file."""
    constants: Mapping[str, str] = field(default_factory=dict)
    """Our word -> what every row says where its own cell is empty."""
    owner: str = ""
    licence: str = ""
    priority: int | None = None
    """How much its word weighs against other lists; None is what a list of the territory weighs."""
    said_on: date | None = None
    sheet: str = ""
    files: tuple[str, ...] = ()
    """Names of files, without day and ending, that the list came in by."""


def list_name(words: str) -> str:
    """Write the name of a list as commands and files do: "Mairie de Romilly" gives `mairie-de-romilly`."""
    return slug(words)[:LONGEST_NAME].strip("-")


def read_map(written: bytes, *, file: str, name: str = "") -> tuple[ColumnMap | None, tuple[Problem, ...]]:
    """Read a map somebody wrote; `name` names a list whose map does not."""
    table, problems = read_toml(written, file=file)
    if table is None:
        return None, problems
    return map_of(table, file=file, name=name)


def map_of(table: Mapping[str, Any], *, file: str, name: str = "") -> tuple[ColumnMap | None, tuple[Problem, ...]]:
    """Take a table for a map, or say what is wrong in it."""
    problems: list[Problem] = []
    unknown = sorted(set(table) - _SETTINGS)
    if unknown:
        known = ", ".join(sorted(_SETTINGS))
        problems.append(_fault(file, f"« {unknown[0]} » n’est pas un mot de ces cartes ({known}).", unknown[0]))
    columns = _words_of(table.get("colonnes", {}), file, "colonnes", problems)
    constants = _words_of(table.get("constantes", {}), file, "constantes", problems)
    found = list_name(str(table.get("liste", ""))) or list_name(name)
    day, day_problem = _day(table.get("date"), file)
    priority, weight_problem = _weight(table.get("priorite"), file)
    problems += [*day_problem, *weight_problem]
    if problems:
        return None, tuple(problems)
    return ColumnMap(
        name=found,
        columns=columns,
        constants=constants,
        owner=str(table.get("proprietaire", "")).strip(),
        licence=str(table.get("licence", "")).strip(),
        priority=priority,
        said_on=day,
        sheet=str(table.get("feuille", "")),
        files=tuple(map(str, files)) if isinstance(files := table.get("fichiers"), list) else (),
    ), ()


def _words_of(table: object, file: str, place: str, problems: list[Problem]) -> dict[str, str]:
    if not isinstance(table, Mapping):
        problems.append(_fault(file, f'[{place}] doit être une table de lignes « mot = "…" ».', place))
        return {}
    found: dict[str, str] = {}
    for written, value in table.items():
        word = _WORDS.get(header_key(str(written)))
        if word is None:
            listed = ", ".join(FRENCH.values())
            problems.append(
                _fault(file, f"« {written} », sous [{place}], n’est pas un mot connu : {listed}.", str(written))
            )
        elif not isinstance(value, str | int | float | date):
            problems.append(
                _fault(file, f"« {written} », sous [{place}], attend un texte entre guillemets.", str(written))
            )
        elif str(value).strip():
            found[word] = str(value).strip()
    return found


def _day(value: object, file: str) -> tuple[date | None, tuple[Problem, ...]]:
    if isinstance(value, datetime):
        return value.date(), ()
    if value is None or isinstance(value, date):
        return value, ()
    day, problems = read_date(str(value))
    return day, tuple(_fault(file, f"« date » : {problem.text}", str(value)) for problem in problems)


def _weight(value: object, file: str) -> tuple[int | None, tuple[Problem, ...]]:
    if value is None or (isinstance(value, int) and 0 <= value <= _HEAVIEST):
        return value, ()
    sentence = f"« priorite » attend un nombre entier de 0 à {_HEAVIEST} ; une liste nationale pèse 40 ou 50."
    return None, (_fault(file, sentence, str(value)),)


def _fault(file: str, sentence: str, value: str) -> Problem:
    return Problem("carte-a-corriger", f"{file} : {sentence}", value=value[:80])


def written_map(map_: ColumnMap, *, place: str = "") -> str:
    """Write a map as TOML, at the top of a file or within the table of a name."""
    head = [f"[{place}]"] if place else []
    inside = f"{place}." if place else ""
    columns = {FRENCH[word]: column for word, column in map_.columns.items()}
    constants = {FRENCH[word]: text for word, text in map_.constants.items()}
    lines = [
        *head,
        *setting_lines(map_),
        *_table(f"{inside}colonnes", columns),
        *_table(f"{inside}constantes", constants),
    ]
    return "\n".join(lines) + "\n"


def setting_lines(map_: ColumnMap) -> Iterator[str]:
    """Write what a map says of the list as a whole."""
    for name, text in (("liste", map_.name), ("proprietaire", map_.owner), ("licence", map_.licence)):
        yield f"{name} = {quoted(text)}"
    if map_.priority is not None:
        yield f"priorite = {map_.priority}"
    if map_.said_on is not None:
        yield f"date = {map_.said_on.isoformat()}"
    if map_.sheet:
        yield f"feuille = {quoted(map_.sheet)}"
    if map_.files:
        yield f"fichiers = [{', '.join(map(quoted, map_.files))}]"


def _table(place: str, cells: Mapping[str, str]) -> Iterator[str]:
    yield from ([f"\n[{place}]"] if cells else [])
    yield from (f"{name} = {quoted(text)}" for name, text in cells.items())


def quoted(text: str) -> str:
    """Write a text between quotes, as TOML reads it."""
    bare = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + _CONTROL.sub(lambda sign: f"\\u{ord(sign[0]):04x}", bare) + '"'
