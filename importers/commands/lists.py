"""What the commands share: the lists at a path or a URL, and what reading them may look up."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from importers.opening import Installation, installed_territory
from importers.pipeline.declaration import OpenedList, Reference, Source
from importers.pipeline.lists import open_lists
from importers.reading import Caps, NotModified, OpenWeb, Piece, Unreadable, pieces_of, pieces_within
from importers.sources import SOURCES
from importers.sources.own import feeds_of
from importers.sources.tableur import UNSURE, WITHOUT_COLUMN
from importers.sources.wishes import NAMELESS, Wish
from portal.core.command import ExitCode
from portal.core.problems import Problem
from portal.geography.lookup import communes
from portal.geography.territory import Territory, communes_in_scope
from portal.vocabulary.loading import load_vocabulary

_UNCHANGED_URL = Problem("fichier-inchange", "Ce fichier n’a pas changé depuis la dernière fois.")
_NOT_FETCHED = Problem(
    "lien-refuse",
    "Seules les adresses http:// et https:// se téléchargent : donnez l’une d’elles, ou le chemin d’un fichier.",
)
_OTHER_LINK = re.compile(r"(?!https?://)[a-z][a-z0-9+.-]*://", re.IGNORECASE | re.ASCII)
"""What looks like a link and is none that we follow, such as ftp:// and file://."""
source_argument = click.argument("name", metavar="SOURCE", type=click.Choice(sorted(SOURCES)))
where_argument = click.argument("where", metavar="CHEMIN")


@contextmanager
def opened_lists(
    here: Installation, name: str, where: str, wish: Wish
) -> Iterator[tuple[OpenedList, ...] | Unreadable]:
    """Open the lists of a source at a path or a URL; what was fetched goes when it was read."""
    feeds = feeds_of(name, wish)
    if _OTHER_LINK.match(where):
        yield Unreadable(_NOT_FETCHED)
        return
    if not where.lower().startswith(("http://", "https://")):
        yield _lists(feeds, pieces_of(Path(where), caps_of(here)))
        return
    with TemporaryDirectory(prefix="recu-", dir=here.data_dir if here.data_dir.is_dir() else None) as folder:
        answer = OpenWeb(Path(folder), caps_of(here)).fetch(where)
        if isinstance(answer, Unreadable | NotModified):
            yield answer if isinstance(answer, Unreadable) else Unreadable(_UNCHANGED_URL)
        else:
            yield _lists(feeds, pieces_within(answer.piece))


def _lists(feeds: tuple[Source, ...], pieces: tuple[Piece, ...] | Unreadable) -> tuple[OpenedList, ...] | Unreadable:
    return pieces if isinstance(pieces, Unreadable) else open_lists(feeds, pieces)


def code_of(refused: Unreadable) -> ExitCode:
    """Tell how a command ends that could not open any list: some lists only wait for a word of a person."""
    return {NAMELESS: ExitCode.USAGE, UNSURE: ExitCode.REFUSED, WITHOUT_COLUMN: ExitCode.REFUSED}.get(
        refused.problem.code, ExitCode.UNREADABLE
    )


def caps_of(here: Installation) -> Caps:
    """Give how much of a file may be read here."""
    return Caps(**here.settings.import_caps)


def reference(here: Installation) -> Reference:
    """Give the communes of France and the thesaurus, the day it is and the communes that count here."""
    return Reference(communes(), load_vocabulary(), today=here.clock.today(), scope=scope_of(here))


def scope_of(here: Installation) -> frozenset[str] | None:
    """Give the communes and EPCI that count here; None where every commune of France does."""
    territory = installed_territory(here)
    return None if territory is None else _scope(territory)


@lru_cache(maxsize=2)
def _scope(territory: Territory) -> frozenset[str]:
    """Gather them once: a folder of lists asks again and again."""
    known = communes().communes
    codes = communes_in_scope(territory, known)
    return codes | {commune.epci for code in codes if (commune := known.get(code)) and commune.epci}
