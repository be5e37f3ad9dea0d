"""New records written together are, row by row, what the operations of the directory make of them one by one."""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from portal.core.audit import verify_chain
from portal.core.changes import Act, Actor
from portal.core.clock import FixedClock
from portal.core.database import Base, Database
from portal.core.events import Event, queued
from portal.core.models import ActorKind
from portal.directory.models.places import Place
from portal.directory.models.services import Service
from portal.directory.models.structures import Structure
from portal.directory.operations.occurrences import refreshing_later
from portal.directory.operations.places import create_place, link_places
from portal.directory.operations.structures import create_structure
from portal.directory.rules.choices import AccessFeature, AccessPointKind, AddressShown, Answer, Cost, LegalNature
from portal.hours.osm import read_osm
from portal.intake import running
from portal.intake.creations import Circumstances, Creations, Ready, make_ready, write_ready
from portal.intake.models.sources import Run, RunKind
from portal.intake.operations.applying import Applied, apply_steps, declare_feed, open_run
from portal.intake.operations.writer import RunWriter
from portal.intake.planning import Briefing, plan_new
from portal.intake.record import AccessRecord, PlaceRecord, ServiceRecord, StructureRecord
from portal.intake.rules.declarations import FeedDeclaration, SourceDeclaration
from portal.intake.rules.staged import Planned, Reading
from portal.intake.rules.statements import fingerprint, said
from portal.intake.rules.steps import SourceWord
from portal.intake.spool import Spool
from tests.intake.builders import (
    A_DAY,
    DESK,
    NOGENT,
    ROMILLY,
    SQUARE,
    Sender,
    a_place,
    a_record,
    add_communes,
    an_access,
    phone,
)
from tests.tools.examples import examples

NOON = datetime(2026, 11, 21, 11, tzinfo=UTC)
ACT = Act(by=Actor(kind=ActorKind.SOURCE, name="sante"), at=NOON, reason="Import")
_APART = {"contact": {"id"}, "change": {"values_digest", "digest"}, "change_head": {"digest"}, "review_item": {"id"}}
"""Columns that may differ: numbers of lines, and what covers the salts."""

SIRETS = st.sampled_from(["", "26100000000001", "26100000000002"])
CONTACTS = st.sampled_from([None, (), (phone(),), (phone(" 03 53 01 00 02 "), phone("03 53 01 00 02"))])
STRUCTURES = st.builds(
    StructureRecord,
    name=st.sampled_from(["CCAS", "Ccas", "Mairie  de Nogent"]),
    official_ids=st.builds(lambda siret: {"siret": siret} if siret else {}, SIRETS),
    legal_nature=st.sampled_from([None, LegalNature.PUBLIC]),
    contacts=CONTACTS,
)
PLACES = st.builds(
    PlaceRecord,
    commune_code=st.sampled_from([ROMILLY, NOGENT]),
    name=st.sampled_from([None, "Salle  des fêtes"]),
    address=st.sampled_from([None, SQUARE, "1 rue du Lavoir"]),
    point=st.sampled_from([None, DESK]),
    address_shown=st.sampled_from([None, AddressShown.COMMUNE]),
    access=st.sampled_from([None, {AccessFeature.WHEELCHAIR: Answer.YES}]),
    contacts=CONTACTS,
)
OPENINGS = st.sampled_from(["", "Mo-Fr 09:00-12:00", "Sa 14:00-16:00; PH off"])


@st.composite
def accesses(draw: st.DrawFn, key: str) -> AccessRecord:
    kind = draw(st.sampled_from([AccessPointKind.PLACE, AccessPointKind.PLACE, AccessPointKind.PHONE]))
    words = draw(OPENINGS)
    return AccessRecord(
        key=key,
        kind=kind,
        place=draw(PLACES) if kind is AccessPointKind.PLACE else None,
        opening=read_osm(words)[0] if words else None,
        opening_words=words or None,
        note=draw(st.sampled_from([None, "Sur  rendez-vous"])),
        contacts=draw(CONTACTS),
    )


@st.composite
def files(draw: st.DrawFn) -> list[ServiceRecord]:
    return [
        ServiceRecord(
            key=str(number),
            line=number,
            structure=draw(STRUCTURES),
            title=draw(st.sampled_from(["Pharmacie", "Pharmacie du  Lavoir", "Accueil"])),
            concepts=draw(st.sampled_from([("PE01",), ("SO11",), ("PE08", "PE01", "PE08")])),
            access=tuple(draw(accesses(str(rank))) for rank in range(draw(st.integers(0, 2)))),
            ages=draw(st.sampled_from([None, (3, 12), (None, 6)])),
            cost=draw(st.sampled_from([None, Cost.FREE])),
            languages=draw(st.sampled_from([None, ("fr", "en")])),
            official_ids=draw(st.sampled_from([{}, {"finess": f"10000000{number}"}])),
            contacts=draw(CONTACTS),
            said_on=draw(st.sampled_from([None, A_DAY])),
        )
        for number in range(draw(st.integers(1, 4)))
    ]


def open_for(session: Session, source: str) -> RunWriter:
    feed = declare_feed(session, FeedDeclaration(source=SourceDeclaration(name=source, title=source), name="liste"))
    run = open_run(session, feed, kind=RunKind.FILE, said_on=A_DAY, accepts_loss=False, act=ACT)
    return RunWriter(session=session, act=ACT, run=run.id, feed=feed.id, source=source, today=A_DAY)


def apply(session: Session, writer: RunWriter, records: Sequence[ServiceRecord], *, together: bool) -> None:
    """Bring new records in, in one way or the other."""
    word = SourceWord(source=writer.source, priority=0, said_on=A_DAY)
    briefing = Briefing(feed=writer.feed, source=writer.source, word=word)
    readings = [
        Reading(record=each, raw=each.title, fingerprint=fingerprint(said(each)), said=said(each)) for each in records
    ]
    planned = plan_new(session, readings, briefing)
    with refreshing_later(session, now=NOON):
        if together:
            write_together(writer, planned)
        else:
            apply_steps(writer, planned, briefing, Applied())
    session.flush()


def write_together(writer: RunWriter, planned: Sequence[Planned]) -> None:
    dialect = writer.session.connection().dialect
    around = Circumstances(dialect=dialect, act=ACT, source=writer.source, today=A_DAY, said_on=A_DAY)
    with ExitStack() as files:
        creations = Creations(steps=files.enter_context(Spool()))
        for each in planned:
            creations.add(each)
        write_ready(writer, make_ready(creations, around, creations.footing(writer.session), files))


def whole(session: Session) -> dict[str, list[str]]:
    """Read every table, without what the salts and the database itself decide."""
    session.flush()
    return {table.name: sorted(_rows(session, table)) for table in Base.metadata.sorted_tables}


def _rows(session: Session, table: Table) -> Iterator[str]:
    apart = _APART.get(table.name, ())
    for row in session.execute(select(table)).mappings():
        yield repr({name: _said_in(name, value) for name, value in row.items() if name not in apart})


def _said_in(column: str, value: object) -> object:
    """Read a value; those of the change log without their salts."""
    return {part: held[1] for part, held in json.loads(str(value)).items()} if column == "parts" else value


@contextmanager
def taken_back(session: Session) -> Iterator[None]:
    with session.begin_nested() as savepoint:
        yield
        savepoint.rollback()
    session.expire_all()


def outcome(session: Session, records: Sequence[ServiceRecord], *, together: bool) -> tuple[Any, set[Event]]:
    run = session.scalars(select(Run).order_by(Run.id.desc())).first()
    assert run is not None
    writer = RunWriter(session=session, act=ACT, run=run.id, feed=run.feed_id, source="sante", today=A_DAY)
    with taken_back(session):
        apply(session, writer, records, together=together)
        assert verify_chain(session) is None
        return whole(session), set(queued(session))


@pytest.fixture
def peopled(session: Session) -> Session:
    """Give a directory where another source brought services, at a place others are linked to."""
    add_communes(session)
    session.flush()
    at_the_square = an_access(place=a_place(commune_code=NOGENT, address=SQUARE, point=DESK))
    known = StructureRecord(name="CCAS", official_ids={"siret": "26100000000001"})
    first = a_record("x", title="Pharmacie", structure=known, access=(at_the_square,), contacts=(phone(),))
    apply(session, open_for(session, "dila"), [first, a_record("y", title="Accueil")], together=False)
    open_for(session, "sante")
    return session


@examples(30)
@given(files())
def test_records_made_together_are_those_made_one_by_one(peopled: Session, records: list[ServiceRecord]) -> None:
    assert outcome(peopled, records, together=True) == outcome(peopled, records, together=False)


def test_the_comparison_sees_links_questions_and_openings(peopled: Session) -> None:
    there = an_access(place=a_place(commune_code=NOGENT, address=SQUARE, point=DESK), opens="Mo-Fr 09:00-12:00")
    record = a_record("1", title="Pharmacie", access=(there,), contacts=(phone(),), concepts=("PE01",))
    tables, _ = outcome(peopled, [record], together=True)
    links = [row for row in tables["place"] if "'linked_to_id': None" not in row]
    assert [len(links), len(tables["review_item"]), len(tables["slot"])] == [1, 1, 1]
    assert tables["occurrence"]


def write_between(monkeypatch: pytest.MonkeyPatch, write: Callable[[Session], object]) -> None:
    """Let somebody write between the making ready and the writing of a run."""

    def make(database: Database, creations: Creations, around: Circumstances, files: ExitStack) -> Ready:
        with database.reading() as session:
            footing = creations.footing(session)
        ready = make_ready(creations, around, footing, files)
        with database.writing() as session:
            write(session)
        return ready

    monkeypatch.setattr(running, "_make_ready", make)


def test_numbers_given_meanwhile_are_never_given_twice(
    sender: Sender, directory: Database, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    act = Act(by=Actor(kind=ActorKind.PERSON, name="secretariat"), at=clock.now())
    write_between(monkeypatch, lambda session: create_structure(session, act=act, name="Entre-temps"))
    assert sender.figures(a_record("1"), a_record("2")) == {"created": 2}
    with directory.reading() as session:
        assert verify_chain(session) is None
        bodies = session.execute(select(Structure.name, Structure.id).order_by(Structure.id)).all()
        services = session.scalars(select(Service.structure_id)).all()
    assert [name for name, _ in bodies] == ["Entre-temps", "Communauté de communes"]
    assert [*services] == [bodies[1].id] * 2


def test_a_place_linked_meanwhile_links_to_no_third(
    sender: Sender, directory: Database, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    sender.send(a_record("1"))
    act = Act(by=Actor(kind=ActorKind.PERSON, name="secretariat"), at=clock.now())

    def link(session: Session) -> None:
        other = create_place(session, act=act, name="Ailleurs", commune_code=NOGENT)
        session.flush()
        place = session.scalars(select(Place).where(Place.commune_code == ROMILLY)).one()
        link_places(session, place=place, to=other, act=act)

    write_between(monkeypatch, link)
    clock.advance(timedelta(days=1))
    assert sender.figures(a_record("1"), a_record("2")) == {"created": 1, "unchanged": 1}
    with directory.reading() as session:
        places = session.scalars(select(Place).where(Place.commune_code == ROMILLY).order_by(Place.id))
        assert [place.linked_to_id is None for place in places] == [False, True]
