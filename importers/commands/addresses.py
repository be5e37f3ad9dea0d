"""Where each list is to be fetched, and how often: `sources.toml` in the data directory, written by a person."""

from dataclasses import dataclass

from importers.opening import SOURCES_FILE, Installation
from importers.sources import SOURCES
from importers.sources.own import OWN
from portal.core.errors import Invalid
from portal.core.toml import read_toml
from portal.geography.sections import Section

_USUAL_DAYS = 30
_MOST_DAYS = 3660


@dataclass(frozen=True, kw_only=True)
class Address:
    """One list of a source, where its files lie, and after how many days they are asked for again."""

    source: str
    where: tuple[str, ...]
    """URLs, or paths from the data directory; the files of all of them are opened together."""
    days: int
    list_name: str = ""

    @property
    def key(self) -> str:
        """Tell it from the others, for what is remembered of it."""
        return " ".join((self.source, self.list_name, *self.where))

    @property
    def label(self) -> str:
        """Name it on the screen."""
        return f"{self.source} ({self.list_name})" if self.list_name else self.source


def is_url(where: str) -> bool:
    """Tell an address of the web from a path."""
    return where.lower().startswith(("http://", "https://"))


def read_addresses(here: Installation) -> tuple[Address, ...]:
    """Read the file of addresses; none at all where there is no file."""
    file = here.data_dir / SOURCES_FILE
    if not file.is_file():
        return ()
    table, problems = read_toml(file.read_bytes(), file=file.name)
    if table is None:
        raise Invalid("\n".join(problem.text for problem in problems))
    root = Section(table)
    found = [_address(section) for section in root.sections("source")]
    root.leave()
    if root.problems:
        raise Invalid("\n".join(f"{file.name} : {problem.text}" for problem in root.problems))
    return tuple(found)


def _address(section: Section) -> Address:
    name, list_name = section.text("nom"), section.text("liste", "")
    one, several = section.text("adresse", ""), section.texts("adresses")
    if name and name not in SOURCES:
        section.fault("nom", f"doit être l’une des sources ({', '.join(sorted(SOURCES))})", name)
    if list_name and name not in OWN:
        section.fault("liste", f"ne va qu’avec {', '.join(sorted(OWN))} : retirez-le", list_name)
    if bool(one) == bool(several):
        section.fault("adresse", "manque, ou se double de « adresses » : donnez l’une des deux")
    usual = SOURCES[name][0].declaration.frequency_days if name in SOURCES else None
    days = section.number("jours", usual or _USUAL_DAYS, lowest=1, highest=_MOST_DAYS)
    section.leave()
    return Address(source=name, where=(one,) if one else several, days=days, list_name=list_name)
