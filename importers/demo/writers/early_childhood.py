"""Our templates of relays (RAM) and of places for parents and children (LAEP), filled in."""

from collections.abc import Iterator, Sequence

from importers.demo.placing import commune_of
from importers.demo.writers.edition import Edition
from importers.demo.writers.rows import Row, day_of, place_cells
from importers.templates.laep import LAEP
from importers.templates.ram import RAM
from importers.templates.workbook import write_workbook
from portal.vocabulary.loading import load_vocabulary
from portal.vocabulary.marks import Table

_OFFICE, _WORKSHOP, _TELEPHONE = "bureau", "atelier", "téléphone"
_FOR_WHOM = "parents ; assistants maternels ; gardes à domicile"
_SHARED = {
    "key": "cle",
    "title": "nom",
    "structure": "structure",
    "phone": "telephone",
    "mail": "courriel",
    "site": "site",
    "summary": "resume",
    "description": "description",
}
"""Our word for a column -> the word of our content."""


def write_relays(entries: Sequence[Table], edition: Edition) -> bytes:
    """Write the template of relays: their office, their hours on the telephone, their workshops."""
    return write_workbook(RAM, load_vocabulary(), (row for entry in entries for row in _relay(entry, edition)))


def write_meeting_places(entries: Sequence[Table], edition: Edition) -> bytes:
    """Write the template of meeting places, a row for each place where they hold sessions."""
    return write_workbook(LAEP, load_vocabulary(), (row for entry in entries for row in _sessions(entry, edition)))


def _relay(entry: Table, edition: Edition) -> Iterator[Row]:
    shared = _told(entry, edition) | {"audiences": _FOR_WHOM}
    yield shared | place_cells(entry) | {"kind": _OFFICE}
    if entry.text("horaires_telephone"):
        yield shared | {"kind": _TELEPHONE, "hours": entry.text("horaires_telephone")}
    for workshop in entry.tables("ateliers"):
        yield shared | place_cells(workshop) | {"kind": _WORKSHOP}


def _sessions(entry: Table, edition: Edition) -> Iterator[Row]:
    youngest, oldest = (leaf.text for leaf in entry.leaves("ages"))
    shared = _told(entry, edition) | {
        "youngest": youngest,
        "oldest": oldest,
        "without_booking": "oui",
        "anonymous": "oui",
        "cost": "oui" if entry.text("cout") == "gratuit" else "non",
    }
    for session in entry.tables("seances"):
        yield shared | place_cells(session)


def _told(entry: Table, edition: Edition) -> dict[str, str]:
    areas = [_name_of(leaf.text) for leaf in entry.leaves("communes")]
    words = {word: entry.text(name) for word, name in _SHARED.items()}
    return words | {"competence": " ; ".join(areas), "said_on": day_of(entry, edition)}


def _name_of(code: str) -> str:
    commune = commune_of(code)
    return f"{commune.name} ({commune.department})" if commune else code
