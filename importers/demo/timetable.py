"""When each list of the demonstration came in: editions of lists, as a territory that began a year ago has them.

The days count back from the reference day, so that the runs of the demonstration are always those of the last months.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from types import MappingProxyType

from importers.demo.content import Content
from importers.demo.writers import administrations, carpooling, finess, france_services, mediation
from importers.demo.writers.edition import Edition
from portal.vocabulary.marks import Leaf, Table

_SECTION = "histoire.livraisons"
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
    }
)
"""How each form of list is written."""


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

    def _entries(self, content: Content) -> list[Table]:
        listed = [entry for section in self.sections for entry in content.of(section)]
        held = [_amended(entry, self.otherwise.get(name_of(entry), {})) for entry in listed]
        return [entry for entry in held if name_of(entry) not in self.without][: self.rows]


def deliveries_of(content: Content) -> tuple[Delivery, ...]:
    """List every edition, the oldest first."""
    found = [_delivery(table) for table in content.of(_SECTION)]
    return tuple(sorted(found, key=lambda each: (-each.days_ago, each.file)))


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
    )


def _words(table: Table) -> dict[str, str]:
    return {name: table.text(name) for name in table.members}


def _amended(entry: Table, words: Mapping[str, str]) -> Table:
    if not words:
        return entry
    return replace(entry, members={**entry.members, **{name: Leaf(entry.line, word) for name, word in words.items()}})
