"""Planning: many readings at once become steps, from what the database knows of them. Nothing is written."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from portal.core.text import fold
from portal.directory.rules.choices import AddressShown
from portal.directory.rules.sensitive import is_sensitive
from portal.intake.joining import Joinable, joinable_services
from portal.intake.queries.candidates import (
    portraits_of,
    services_by_ids,
    services_like,
    spots_in,
    structures_by_name,
    structures_by_siret,
    traces_of_services,
)
from portal.intake.queries.traces import known_records
from portal.intake.record import PlaceRecord, ServiceRecord
from portal.intake.rules.addresses import Spot, address_key, is_same_place
from portal.intake.rules.matching import Portrait, compare, portrait_of
from portal.intake.rules.planning import plan
from portal.intake.rules.staged import Planned, Reading, Resemblance
from portal.intake.rules.statements import cleaned
from portal.intake.rules.steps import Known, SourceWord


@dataclass(frozen=True, kw_only=True)
class Briefing:
    """What planning is told of the run."""

    feed: int | None
    source: str
    word: SourceWord
    seen: Collection[int] = field(default_factory=frozenset)
    """Traces whose record stands in the file."""


def word_on(record: ServiceRecord, word: SourceWord) -> SourceWord:
    """Give the day a record itself states, where it does; a day to come is that of the run."""
    if record.said_on is None or record.said_on >= word.said_on:
        return word
    return SourceWord(source=word.source, priority=word.priority, said_on=record.said_on, is_late=word.is_late)


def plan_known(session: Session, readings: Sequence[Reading], briefing: Briefing) -> list[Planned]:
    """Plan records that left a trace before."""
    numbers = [reading.trace for reading in readings if reading.trace is not None]
    known = known_records(session, numbers, feed=briefing.feed)
    return [_planned(reading, known[reading.trace], briefing) for reading in readings if reading.trace in known]


def plan_new(session: Session, readings: Sequence[Reading], briefing: Briefing) -> list[Planned]:
    """Plan records that nobody knew by their key: some turn out to be known by another name."""
    twins = _twins(session, readings, briefing)
    renamed = {number: twin for number, twin in twins.items() if twin.trace is not None}
    known = known_records(session, [twin.trace for twin in renamed.values() if twin.trace], feed=briefing.feed)
    joinable = joinable_services(
        session, {twin.service for twin in twins.values() if twin.trace is None}, feed=briefing.feed
    )
    fresh = [reading for number, reading in enumerate(readings) if number not in twins]
    made = {id(planned.reading): planned for planned in _plan_fresh(session, fresh, briefing)}
    planned: list[Planned] = []
    for number, reading in enumerate(readings):
        if number in renamed:
            planned.append(_planned(reading, known[renamed[number].trace or 0], briefing))
        elif number in twins:
            planned.append(_joined(reading, joinable[twins[number].service], briefing))
        else:
            planned.append(made[id(reading)])
    return planned


@dataclass(frozen=True)
class _Twin:
    """The service that bears the same official identifier, and the unseen trace of this feed on it."""

    service: int
    trace: int | None


def _twins(session: Session, readings: Sequence[Reading], briefing: Briefing) -> dict[int, _Twin]:
    """Find, for each reading by its place, the one service that certainly is the same."""
    ids = {item for reading in readings for item in reading.record.official_ids.items() if item[1]}
    bearers = services_by_ids(session, ids) if ids else {}
    traces = traces_of_services(session, {number for held in bearers.values() for number in held})
    found: dict[int, _Twin] = {}
    taken: set[int] = set()
    for number, reading in enumerate(readings):
        services = {s for item in reading.record.official_ids.items() for s in bearers.get(item, ())} - taken
        for service in sorted(services):
            own = [trace for trace, feed in traces.get(service, ()) if feed == briefing.feed]
            if any(trace in briefing.seen for trace in own):
                continue
            found[number] = _Twin(service, own[0] if own else None)
            taken.add(service)
            break
    return found


def _planned(reading: Reading, known: Known, briefing: Briefing) -> Planned:
    statement = cleaned(reading.said)
    step = plan(reading.record, statement, known, word_on(reading.record, briefing.word))
    return Planned(reading=reading, statement=statement, step=step, known=known)


def _joined(reading: Reading, joinable: Joinable, briefing: Briefing) -> Planned:
    statement = cleaned(reading.said)
    known = joinable.known_for(reading.record)
    step = plan(reading.record, statement, known, word_on(reading.record, briefing.word))
    match = compare(portrait_of(reading.record), joinable.portrait)
    return Planned(reading=reading, statement=statement, step=step, known=known, joined=match)


def _plan_fresh(session: Session, readings: Sequence[Reading], briefing: Briefing) -> Iterable[Planned]:
    """Plan the records that are new in every respect: where they go, and what they resemble."""
    if not readings:
        return
    records = [reading.record for reading in readings]
    bodies = Bodies.known(session, briefing.source, records)
    spots = Neighbourhood.around(session, records)
    portraits = [portrait_of(record) for record in records]
    others = _others(session, portraits, briefing)
    for reading, portrait in zip(readings, portraits, strict=True):
        statement = cleaned(reading.said)
        yield Planned(
            reading=reading,
            statement=statement,
            step=plan(reading.record, statement, None, briefing.word),
            structure=bodies.of(reading.record),
            links=links_of(reading.record, spots),
            resembles=_resemblance(portrait, others),
        )


def _others(session: Session, portraits: Sequence[Portrait], briefing: Briefing) -> Mapping[int, Portrait]:
    """Give the services that some records may resemble; a source that lists two means two."""
    numbers = services_like(session, portraits)
    traces = traces_of_services(session, numbers)
    own = {
        service
        for service, held in traces.items()
        if any(feed == briefing.feed and trace in briefing.seen for trace, feed in held)
    }
    return portraits_of(session, numbers - own)


def _resemblance(portrait: Portrait, others: Mapping[int, Portrait]) -> Resemblance | None:
    matches = [
        Resemblance(number, compare(portrait, other)) for number, other in others.items() if _may_be(portrait, other)
    ]
    probable = [each for each in matches if each.match.is_probable]
    return min(probable, key=lambda each: (-each.match.score, each.service), default=None)


def _may_be(one: Portrait, other: Portrait) -> bool:
    """Spare a comparison that cannot reach the score: two services have a commune or a contact in common."""
    communes = {spot.commune_code for spot in one.spots}
    if any(spot.commune_code in communes for spot in other.spots):
        return True
    values = {line.value for line in one.contacts}
    return any(line.value in values for line in other.contacts)


@dataclass(frozen=True)
class Bodies:
    """The structures that are there already, by SIRET and by the name a source gives them."""

    by_siret: Mapping[str, int]
    by_name: Mapping[str, int]

    @classmethod
    def known(cls, session: Session, source: str, records: Collection[ServiceRecord]) -> "Bodies":
        """Look for the structures of some records."""
        sirets = {record.structure.official_ids.get("siret", "") for record in records} - {""}
        names = {record.structure.name for record in records if not record.structure.official_ids.get("siret")}
        return cls(structures_by_siret(session, sirets) if sirets else {}, structures_by_name(session, source, names))

    def of(self, record: ServiceRecord) -> int | None:
        """Give the structure of a record: by its SIRET, or by its name when it states none."""
        siret = record.structure.official_ids.get("siret")
        return self.by_siret.get(siret) if siret else self.by_name.get(fold(record.structure.name))


@dataclass
class Neighbourhood:
    """Places by commune and address, to find the one that is the same."""

    spots: dict[tuple[str, str], list[tuple[int, Spot]]] = field(default_factory=dict)

    @classmethod
    def around(cls, session: Session, records: Iterable[ServiceRecord]) -> "Neighbourhood":
        """Look at the places of the communes of some records."""
        here = cls()
        places = [access.place for record in records for access in record.access if access.place is not None]
        for number, spot in spots_in(session, {place.commune_code for place in places}):
            here.add(number, spot)
        return here

    def add(self, number: int, spot: Spot) -> None:
        """Remember a place that stands for itself."""
        self.spots.setdefault((spot.commune_code, address_key(spot.address)), []).append((number, spot))

    def same_as(self, spot: Spot) -> int | None:
        """Give the first place that certainly is the same."""
        near = self.spots.get((spot.commune_code, address_key(spot.address)), ())
        return next((number for number, other in near if is_same_place(spot, other)), None)


def links_of(record: ServiceRecord, places: Neighbourhood) -> dict[str, int]:
    """Give, by key of access, the places that are the same; a place that hides itself is linked to none."""
    found: dict[str, int] = {}
    for access in record.access:
        spot = spot_to_link(access.place, record.concepts)
        number = None if spot is None else places.same_as(spot)
        if number is not None:
            found[access.key] = number
    return found


def spot_to_link(place: PlaceRecord | None, concepts: Iterable[str]) -> Spot | None:
    """Give what tells a place from another; None when it must not be found."""
    if place is None or is_sensitive(concepts) or place.address_shown not in {None, AddressShown.EXACT}:
        return None
    return Spot(commune_code=place.commune_code, address=place.address or "", point=place.point)


def communes_of(record: ServiceRecord) -> frozenset[str]:
    """List the communes a record needs."""
    return frozenset(access.place.commune_code for access in record.access if access.place is not None)
