"""`maillage map`: what Maillage guesses of the columns of a spreadsheet, as a file that a person mends and confirms."""

from collections.abc import Iterator
from pathlib import Path
from shlex import quote

import click

from importers.commands.lists import caps_of
from importers.opening import Installation, pass_installation
from importers.reading import Caps, Layout, Table, Unreadable, open_table, pieces_of
from importers.sources.column_maps import FRENCH, ColumnMap, list_name, quoted, setting_lines
from importers.sources.guessing import Guess, Guesses, guess
from importers.sources.reference import reference
from importers.sources.wishes import stem_of
from importers.templates.general import GENERAL
from portal.core.command import ExitCode, stop

_HEAD = """\
# Carte des colonnes de {file}.
# 1. Relisez chaque ligne. Une ligne qui commence par # ne compte pas : retirez le # si elle est juste.
# 2. Complétez ce qui manque. À gauche nos mots, à droite, entre guillemets, le nom d’une colonne de votre fichier.
# 3. Sous [constantes], écrivez ce qui est vrai de toutes les lignes, par exemple : structure = "Mairie de …"
# 4. Importez : maillage import tableur {file} --map carte.toml
"""
_NEEDED = ("title", "structure", "concepts", "commune")


@click.command("map")
@click.argument("where", metavar="FICHIER", type=click.Path(path_type=Path))
@click.option("--list", "name", metavar="NOM", default="", help="Nom de la liste ; sans lui, celui du fichier.")
@pass_installation
def map_(here: Installation, *, where: Path, name: str) -> None:
    """Écrire la carte des colonnes d’un tableur : ce qui est sûr, ce qui est à confirmer, ce qui manque.

    Enregistrez-la avec « > carte.toml », relisez-la, puis donnez-la à l’import avec --map.
    """
    table = _table(where, caps_of(here))
    guesses = guess(table, reference())
    known = ColumnMap(name=list_name(name) or list_name(stem_of(where.name)) or "ma-liste", sheet=table.reading.sheet)
    click.echo("\n".join(_lines(where.name, known, guesses)))


def _table(where: Path, caps: Caps) -> Table:
    """Open the one table at a path."""
    pieces = pieces_of(where, caps)
    if isinstance(pieces, Unreadable):
        stop(pieces.problem.text, code=ExitCode.UNREADABLE)
    names = frozenset(name for names in GENERAL.names.values() for name in names)
    opened = [open_table(piece, Layout(expected=names)) for piece in pieces]
    tables = [each for each in opened if isinstance(each, Table)]
    if not tables:
        stop(next(each.problem.text for each in opened if isinstance(each, Unreadable)), code=ExitCode.UNREADABLE)
    if len(tables) > 1:
        stop("Ce dossier tient plusieurs fichiers : donnez le chemin d’un seul.", code=ExitCode.USAGE)
    return tables[0]


def _lines(file: str, known: ColumnMap, guesses: Guesses) -> Iterator[str]:
    yield _HEAD.format(file=quote(file))
    yield from setting_lines(known)
    yield "\n[colonnes]"
    for each in guesses.found:
        yield from _column(each)
    yield from _columns_left(guesses)
    yield "\n[constantes]"
    guessed = {each.word for each in guesses.found}
    missing = [word for word in _NEEDED if word not in guessed]
    if missing:
        yield "# Il manque ceci : donnez une colonne plus haut, ou retirez le # et écrivez ce qui vaut partout."
    yield from (f'# {FRENCH[word]} = ""' for word in missing)


def _column(found: Guess) -> Iterator[str]:
    yield f"# {found.remark}"
    yield f"{'' if found.is_sure else '# '}{FRENCH[found.word]} = {quoted(found.column)}"


def _columns_left(guesses: Guesses) -> Iterator[str]:
    if guesses.unmapped:
        yield "# Colonnes non lues :"
    for column, samples in guesses.unmapped.items():
        shown = " ; ".join(f"« {sample} »" for sample in samples)
        yield f"#   {quoted(column)}{f' (par exemple {shown})' if shown else ''}"
