"""When each list of the demonstration came in: editions of lists, as a territory that began a year ago has them.

The days count back from the reference day, so that the runs of the demonstration are always those of the last months.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from types import MappingProxyType

from importers.demo.content import Content
from importers.demo.writers import (
    administrations,
    carpooling,
    early_childhood,
    finess,
    france_services,
    mediation,
    networks,
    on_demand,
    spreadsheets,
)
from importers.demo.writers.edition import Edition
from importers.sources.column_maps import ColumnMap, written_map
from portal.vocabulary.marks import Leaf, Table

_SECTION, _FAULTY = "histoire.livraisons", "fautes.fautes"
_LICENCE = "Licence Ouverte 2.0"
_READ_ME = (
    "Les fichiers de ce dossier sont ceux du territoire de démonstration : structures, adresses, numéros et horaires",
    "sont inventés, les communes sont réelles. Maillage les a écrits, aux formats de leurs producteurs, puis importés",
    "comme n’importe quel fichier. Ouvrez-les, et demandez ce que Maillage en comprend avec la commande à droite.",
    "",
)
_HOUR = 5
"""Lists come in at night."""
Writer = Callable[[Sequence[Table], Edition], bytes]
FORMS: Mapping[str, Writer] = MappingProxyType(
    {
        "france-services-2020": france_services.write_2020,
        "france-services-2024": france_services.write_2024,
        "finess": finess.write,
        "bnlc": carpooling.write,
        "numerique": mediation.write,
        "dila-api": administrations.write_answer,
        "dila": administrations.write_bulk,
        "gtfs": networks.write,
        "gtfs-flex": on_demand.write,
        "modele-ram": early_childhood.write_relays,
        "modele-laep": early_childhood.write_meeting_places,
        "modele-general": spreadsheets.write_general,
        "tableur": spreadsheets.write_table,
        "tableur-association": spreadsheets.write_club,
        "cahier": spreadsheets.write_notebook,
    }
)
"""How each form of list is written."""
MAPPED_COLUMNS: Mapping[str, Mapping[str, str]] = MappingProxyType({"cahier": spreadsheets.NOTEBOOK})
"""The columns of the spreadsheets whose names say nothing to us, as a person told them once."""


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """One edition of a list, and how it came in."""

    source: str
    file: str
    form: str
    days_ago: int
    sections: tuple[str, ...]
    without: frozenset[str] = frozenset()
    """Keys or names of entries that this edition does not hold."""
    otherwise: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Key or name of an entry -> what this edition said of it."""
    rows: int | None = None
    """How many entries a broken file holds."""
    list_name: str = ""
    """Under which name a spreadsheet comes in."""
    owner: str = ""

    def said_on(self, reference_day: date) -> date:
        """Give the day of the edition."""
        return reference_day - timedelta(days=self.days_ago)

    def at(self, reference_day: date) -> datetime:
        """Give the instant it came in, the night after, in territory time."""
        return datetime.combine(self.said_on(reference_day), time(_HOUR, self.days_ago % 60)) + timedelta(days=1)

    def name(self, reference_day: date) -> str:
        """Name the file by its day."""
        return f"{self.said_on(reference_day).isoformat()}-{self.file}"

    def written(self, content: Content, reference_day: date) -> bytes:
        """Write the file."""
        edition = Edition(reference_day=reference_day, said_on=self.said_on(reference_day), labels=content.labels)
        return FORMS[self.form](self._entries(content), edition)

    def map_text(self) -> str:
        """Write what a person said of a spreadsheet: whose it is, and which column is which where nobody could tell."""
        said = ColumnMap(
            name=self.list_name,
            owner=self.owner,
            licence=_LICENCE,
            columns=MAPPED_COLUMNS.get(self.form, {}),
        )
        return written_map(said)

    def _entries(self, content: Content) -> list[Table]:
        listed = [entry for section in self.sections for entry in (*content.of(section), *_faulty(content, section))]
        held = [_amended(entry, self.otherwise.get(name_of(entry), {})) for entry in listed]
        return [entry for entry in held if name_of(entry) not in self.without][: self.rows]


def deliveries_of(content: Content) -> tuple[Delivery, ...]:
    """List every edition, the oldest first."""
    found = [_delivery(table) for table in content.of(_SECTION)]
    return tuple(sorted(found, key=lambda each: (-each.days_ago, each.file)))


def _faulty(content: Content, section: str) -> Iterable[Table]:
    """Give the rows that are wrong on purpose in the lists of a section."""
    return (entry for entry in content.of(_FAULTY) if entry.text("dans") == section)


def read_me(deliveries: Iterable[Delivery], reference_day: date) -> str:
    """Tell whoever opens the folder what the files are."""
    told = [f"{each.name(reference_day)} : maillage check {each.source} …" for each in deliveries]
    return "\n".join((*_READ_ME, *told, ""))


def name_of(entry: Table) -> str:
    """Give the words by which the timetable speaks of an entry."""
    return entry.text("cle") or entry.text("nom") or entry.text("commune")


def _delivery(table: Table) -> Delivery:
    otherwise = table.table("autrement")
    return Delivery(
        source=table.text("source"),
        file=table.text("fichier"),
        form=table.text("forme"),
        days_ago=int(table.text("age")),
        sections=tuple(leaf.text for leaf in table.leaves("sections")),
        without=frozenset(leaf.text for leaf in table.leaves("sans")),
        otherwise={name: _words(otherwise.table(name)) for name in otherwise.members},
        rows=int(table.text("lignes")) if table.text("lignes") else None,
        list_name=table.text("liste"),
        owner=table.text("proprietaire"),
    )


def _words(table: Table) -> dict[str, str]:
    return {name: table.text(name) for name in table.members}


def _amended(entry: Table, words: Mapping[str, str]) -> Table:
    if not words:
        return entry
    return replace(entry, members={**entry.members, **{name: Leaf(entry.line, word) for name, word in words.items()}})
