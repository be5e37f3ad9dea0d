"""What a person says of one of our own lists beside its file, and under which name the list goes."""

import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from importers.reading import Piece, Unreadable
from importers.sources.column_maps import ColumnMap, list_name
from portal.core.problems import Problem
from portal.core.text import slug

NAMELESS = "liste-sans-nom"
NO_NAME = "liste"
"""The name of a list that somebody only looks at."""
_COUNTERS = re.compile(r"\d+|v\d+|copie|copy|final|finale|definitif|ok")


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What a person says of a list, and what is known from earlier times."""

    map: ColumnMap | None = None
    name: str = ""
    kept: tuple[ColumnMap, ...] = ()
    where: str = ""
    """The path that was typed, when it is that of one file: advice gives it back, folder and all."""
    only_looks: bool = False
    """Whether a person only asks what is understood: then a guess may be shown as if it were confirmed."""

    def kept_by_name(self) -> ColumnMap | None:
        """Find what is kept of the list that was named."""
        return next((each for each in self.kept if each.name == self.name), None)

    def kept_by_file(self, piece: Piece) -> ColumnMap | None:
        """Know a list by the name of its file, where only one list ever came by it."""
        found = [each for each in self.kept if stem_of(piece.name) in each.files]
        return found[0] if len(found) == 1 and not self.name else None


def stem_of(name: str) -> str:
    """Write the name of a file without what changes from one version to the next: "Services 2026 (2).xlsx"."""
    words = slug(PurePosixPath(name).stem).split("-")
    return "-".join(word for word in words if not _COUNTERS.fullmatch(word))


def name_of(piece: Piece, wish: Wish, given: ColumnMap | None) -> str | Unreadable:
    """Give the name of a list; without one nothing comes in, for two lists would be taken for one that lost much."""
    name = wish.name or (given.name if given else "") or (NO_NAME if wish.only_looks else "")
    return name or Unreadable(_nameless(piece, wish))


def _nameless(piece: Piece, wish: Wish) -> Problem:
    proposed = list_name(stem_of(piece.name)) or "ma-liste"
    known = ", ".join(sorted(each.name for each in wish.kept))
    sentence = (
        "Donnez un nom à cette liste ; ses prochaines versions garderont le même. Recommencez en ajoutant "
        f"--list {proposed}, par exemple." + (f" Listes déjà connues : {known}." if known else "")
    )
    return Problem(NAMELESS, sentence, value=piece.name)
