"""Runs: what becomes of each record of a file, and of the files that follow."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.core.changes import Act, Actor
from portal.core.clock import FixedClock
from portal.core.database import Database
from portal.core.jobs import list_jobs
from portal.core.models import ActorKind
from portal.core.problems import Problem
from portal.directory.models.occurrences import Occurrence
from portal.directory.models.places import Place
from portal.directory.models.services import Service
from portal.directory.models.structures import Structure
from portal.directory.operations.services import change_service, delete_service
from portal.directory.queries.listings import services_by_ids
from portal.directory.rules.choices import AccessPointKind, Status
from portal.intake.models.sources import Run, RunProblem, RunState, RunStep
from portal.intake.models.traces import Trace
from portal.intake.operations.applying import RunOvertaken
from portal.intake.queries.traces import newest_file_runs
from portal.intake.record import AccessRecord, StructureRecord, Submission, Verdict
from portal.intake.running import run_records
from tests.intake.builders import (
    A_DAY,
    DESK,
    NOGENT,
    POST,
    SQUARE,
    Sender,
    a_place,
    a_record,
    an_access,
    directory_hash,
    phone,
    services,
    submissions,
)
from tests.intake.conftest import MakeSender


def test_a_new_record_becomes_a_published_service(sender: Sender, directory: Database) -> None:
    door = an_access(opens="Mo 09:00-12:00", contacts=(phone(),))
    assert sender.figures(a_record(title="Relais", summary="Pour les enfants", access=(door,))) == {"created": 1}
    with directory.reading() as session:
        [listing] = services_by_ids(session, [services(directory)["Relais"].id])
    assert (listing.service.status, listing.service.imported_from) == (Status.PUBLISHED, "Source ram")
    assert (listing.access_points[0].opening_words, listing.access_points[0].contacts) == ("Mo 09:00-12:00", (phone(),))


def test_the_same_file_twice_changes_nothing(sender: Sender, directory: Database) -> None:
    records = [a_record(str(number), audiences=None, contacts=(phone(),)) for number in range(8)]
    sender.send(*records)
    before = directory_hash(directory)
    assert sender.figures(*reversed(records), days=1) == {"unchanged": 8}
    assert directory_hash(directory) == before


def test_what_a_source_says_anew_is_changed(sender: Sender, directory: Database) -> None:
    sender.send(a_record(title="RAM", summary="Un"))
    assert sender.figures(a_record(title="Relais", access=(an_access(opens="Sa 09:00-12:00"),)), days=1) == {
        "updated": 1
    }
    service = services(directory)["Relais"]
    assert (service.summary, service.version) == ("Un", 3)


def test_a_field_nobody_speaks_of_stays(sender: Sender, directory: Database) -> None:
    sender.send(a_record(title="RAM", summary="Un", description="Deux"))
    sender.send(a_record(title="RAM", description=""), days=1)
    service = services(directory)["RAM"]
    assert (service.summary, service.description) == ("Un", "")


def test_ways_of_access_come_and_go(sender: Sender, directory: Database) -> None:
    by_phone = AccessRecord(key="tel", kind=AccessPointKind.PHONE, contacts=(phone(),))
    sender.send(a_record(title="RAM"))
    assert sender.figures(a_record(title="RAM", access=(an_access(), by_phone)), days=1) == {"updated": 1}
    assert sender.figures(a_record(title="RAM", access=(by_phone,)), days=1) == {"updated": 1}
    with directory.reading() as session:
        [listing] = services_by_ids(session, [services(directory)["RAM"].id])
    assert [each.access_point.kind for each in listing.access_points] == [AccessPointKind.PHONE]


def test_stops_of_one_tour_share_it(sender: Sender, directory: Database) -> None:
    stops = [
        AccessRecord(key=str(n), kind=AccessPointKind.TOUR_STOP, tour="Bus", place=a_place(address=f"{n} rue Haute"))
        for n in (1, 2)
    ]
    sender.send(a_record(title="Bus", access=tuple(stops)))
    with directory.reading() as session:
        [listing] = services_by_ids(session, [services(directory)["Bus"].id])
    assert {each.tour.name for each in listing.access_points if each.tour} == {"Bus"}
    assert sender.figures(a_record(title="Bus", access=tuple(stops)), days=1) == {"unchanged": 1}


def test_records_of_one_structure_share_it(sender: Sender, directory: Database) -> None:
    numbered = StructureRecord(name="CCAS", official_ids={"siret": "26100001200015"})
    sender.send(a_record("1"), a_record("2"), a_record("3", structure=numbered))
    sender.send(a_record("1"), a_record("2"), a_record("3", structure=numbered), a_record("4"), days=1)
    with directory.reading() as session:
        assert sorted(session.scalars(select(Structure.name))) == ["CCAS", "Communauté de communes"]


def test_every_line_is_accounted_for(sender: Sender, directory: Database) -> None:
    doubt = Problem("point-loin", "Le point est loin de sa commune.", "48,2", "point")
    report = sender.send(
        a_record("1"),
        a_record("1"),
        a_record("1", title="Autre chose"),
        a_record("2", title=" "),
        a_record("3", access=(an_access(place=a_place(commune_code="99999")),)),
        a_record("4", access=(an_access(place=a_place(commune_code=NOGENT)),)),
        Submission(line=8, raw="?", verdict=Verdict.REFUSED, problems=(doubt,)),
        Submission(line=9, key="5", record=a_record("5"), verdict=Verdict.QUARANTINED, problems=(doubt,)),
        scope={"10323"},
    )
    assert report.figures() == {
        "read": 8,
        "created": 1,
        "updated": 0,
        "unchanged": 0,
        "duplicate": 1,
        "quarantined": 2,
        "refused": 3,
        "skipped": 1,
        "hidden": 0,
    }
    codes = [(reason["line"], reason["code"]) for reason in report.as_json()["reasons"]]
    assert codes[:3] == [(4, "cle-en-double"), (5, "nom-manquant"), (6, "commune-inconnue")]
    assert (report.exit_code, len(codes)) == (3, 6)
    with directory.reading() as session:
        assert len(session.scalars(select(RunProblem)).all()) == 6


def test_a_dry_run_foretells_and_changes_nothing(sender: Sender, directory: Database) -> None:
    sender.send(a_record("1"), a_record("2"))
    before = directory_hash(directory)
    file = (a_record("1"), a_record("2", title="Autrement"), a_record("3"))
    foretold = sender.figures(*file, dry_run=True)
    assert (directory_hash(directory), sender.reports[-1].run) == (before, None)
    assert foretold == sender.figures(*file) == {"created": 1, "updated": 1, "unchanged": 1}


def test_a_trace_says_where_a_row_comes_from(sender: Sender, directory: Database) -> None:
    sender.send(a_record("7", title="RAM"))
    with directory.reading() as session:
        trace = session.scalars(select(Trace)).one()
    assert (trace.key, trace.line, trace.raw, trace.said["title"]) == ("7", 2, "7;RAM", "RAM")


def test_a_second_run_at_once_is_refused(sender: Sender, directory: Database, clock: FixedClock) -> None:
    def meanwhile() -> Iterator[Submission]:
        yield from submissions([a_record("1")])
        sender.send(a_record("2"))

    with pytest.raises(RunOvertaken):
        run_records(directory, clock, sender.declaration, meanwhile())
    assert [*services(directory)] == ["Relais petite enfance 2"]


def test_absence_waits_for_two_runs_and_a_week(sender: Sender, directory: Database) -> None:
    kept, gone = a_record("1", title="Reste"), a_record("2", title="Part")
    sender.send(kept, gone)
    hidden = [sender.send(kept, days=days).hidden for days in (1, 3, 3, 1)]
    assert hidden == [0, 0, 0, 1]
    assert services(directory)["Part"].status is Status.CLOSED
    assert sender.figures(kept, gone, days=1) == {"unchanged": 1, "updated": 1}
    assert services(directory)["Part"].status is Status.PUBLISHED


def test_coming_back_in_time_forgets_the_absence(sender: Sender, directory: Database) -> None:
    kept, shy = a_record("1"), a_record("2", title="Timide")
    for file, days in (((kept, shy), 0), ((kept,), 1), ((kept, shy), 8), ((kept,), 1), ((kept,), 1)):
        sender.send(*file, days=days)
    assert services(directory)["Timide"].status is Status.PUBLISHED


def test_an_unreadable_line_has_not_disappeared(sender: Sender, directory: Database) -> None:
    sender.send(a_record("1", title="Là"))
    for _ in range(3):
        sender.send(Submission(line=2, key="1", verdict=Verdict.REFUSED), days=8)
    assert services(directory)["Là"].status is Status.PUBLISHED


@pytest.mark.parametrize(
    ("kept", "new", "code"),
    [(60, 0, "perte-trop-grande"), (60, 40, "identifiants-changes"), (94, 0, None), (89, 0, "perte-trop-grande")],
)
def test_a_file_that_lost_too_much_is_refused(
    sender: Sender, directory: Database, kept: int, new: int, code: str | None
) -> None:
    sender.send(*(a_record(str(number)) for number in range(100)))
    before = directory_hash(directory)
    names = [*range(kept), *range(1000, 1000 + new)]
    report = sender.send(*(a_record(str(number)) for number in names), days=1)
    assert (report.guard.code if report.guard else None) == code
    assert (report.exit_code, directory_hash(directory)) == (4 if code else 0, before)


def test_an_accepted_loss_is_recorded(sender: Sender, directory: Database) -> None:
    sender.send(*(a_record(str(number)) for number in range(20)))
    sender.send(a_record("1"), days=1)
    report = sender.send(a_record("1"), days=1, accepts_loss=True)
    with directory.reading() as session:
        runs = session.execute(select(Run.state, Run.accepts_loss).order_by(Run.id)).all()
    assert (report.guard, [tuple(run) for run in runs[1:]]) == (
        None,
        [(RunState.REFUSED, False), (RunState.DONE, True)],
    )


def test_an_older_file_only_adds(sender: Sender, directory: Database) -> None:
    sender.send(a_record("1", title="Neuf"), a_record("2", title="Deux"), said_on=A_DAY)
    old = a_record("1", title="Vieux", summary="Ajouté")
    earlier = A_DAY - timedelta(days=300)
    assert sender.figures(old, a_record("3", title="Trois"), said_on=earlier) == {"created": 1, "updated": 1}
    assert sender.figures(old, a_record("3", title="Trois"), said_on=earlier) == {"unchanged": 2}
    assert services(directory)["Neuf"].summary == "Ajouté"
    assert [*services(directory)] == ["Neuf", "Deux", "Trois"]


def test_an_older_file_says_that_it_only_adds(sender: Sender, directory: Database) -> None:
    earlier = A_DAY - timedelta(days=300)
    assert not sender.send(a_record("1"), said_on=A_DAY).all_reasons()
    [reason] = sender.send(a_record("1", title="Vieux"), said_on=earlier).all_reasons()
    assert (reason.line, reason.problem.code) == (0, "liste-plus-ancienne")
    assert f"du {earlier:%d/%m/%Y} ; une plus récente, du {A_DAY:%d/%m/%Y}" in reason.problem.text
    with directory.reading() as session:
        [(_, run)] = newest_file_runs(session, sender.name)
        assert run.said_on == A_DAY


def test_the_source_of_higher_priority_wins(sender: Sender, another: MakeSender, directory: Database) -> None:
    ids = {"france-services": "57"}
    strong = another("dila", priority=5)
    strong.send(a_record("a", title="France services", official_ids=ids))
    weak = a_record("b", title="FS Romilly", summary="Dit par la faible", official_ids=ids)
    assert sender.figures(weak, days=1) == {"updated": 1}
    [service] = services(directory).values()
    assert (service.title, service.summary) == ("France services", "Dit par la faible")
    strong.send(a_record("a", title="France services", summary="Dit par la forte", official_ids=ids), days=1)
    assert sender.figures(replace(weak, summary="Encore"), days=1) == {"unchanged": 1}
    assert services(directory)["France services"].summary == "Dit par la forte"


def test_a_list_may_outweigh_another_of_its_source(sender: Sender, another: MakeSender, directory: Database) -> None:
    ids = {"finess": "100000017"}
    town_hall = another("ram", feed="mairie", feed_priority=9)
    town_hall.send(a_record("a", title="Dit par la mairie", official_ids=ids))
    sender.send(a_record("b", title="Dit par un autre", official_ids=ids), days=1)
    assert [*services(directory)] == ["Dit par la mairie"]
    town_hall.send(a_record("a", title="Redit par la mairie", official_ids=ids), days=1)
    sender.send(a_record("b", title="Redit par un autre", official_ids=ids), days=1)
    assert [*services(directory)] == ["Redit par la mairie"]


def test_the_later_of_two_feeds_of_a_source_wins(sender: Sender, another: MakeSender, directory: Database) -> None:
    ids = {"finess": "100000017"}
    older = a_record("b", title="Vieux", summary="Dit par la vieille", official_ids=ids)
    sender.send(a_record("a", title="Neuf", official_ids=ids), said_on=A_DAY)
    points = another("ram", feed="points")
    assert points.figures(older, said_on=A_DAY - timedelta(days=9)) == {"updated": 1}
    assert points.figures(older, said_on=A_DAY - timedelta(days=9)) == {"unchanged": 1}
    assert {title: each.summary for title, each in services(directory).items()} == {"Neuf": "Dit par la vieille"}


def test_another_source_still_lists_what_one_dropped(sender: Sender, another: MakeSender, directory: Database) -> None:
    shared = a_record("1", title="FS", official_ids={"france-services": "57"})
    sender.send(shared, a_record("2"))
    other = another("dila")
    other.send(shared)
    for _ in range(3):
        sender.send(a_record("2"), days=8)
    assert services(directory)["FS"].status is Status.PUBLISHED


def test_a_renamed_record_is_not_lost(sender: Sender, directory: Database) -> None:
    ids = [{"france-services": str(number)} for number in range(20)]
    sender.send(*(a_record(f"vieux-{n}", title=f"FS {n}", official_ids=ids[n]) for n in range(20)))
    report = sender.figures(*(a_record(f"neuf-{n}", title=f"FS {n}", official_ids=ids[n]) for n in range(20)), days=1)
    assert report == {"unchanged": 20}
    assert len(services(directory)) == 20


def test_nogent_is_one_place_with_two_services(sender: Sender, another: MakeSender, directory: Database) -> None:
    desk = an_access(place=a_place(commune_code=NOGENT, address=SQUARE, point=DESK))
    post = an_access(place=a_place(commune_code=NOGENT, address=SQUARE.upper(), point=POST))
    sender.send(a_record("fs", title="France services de Nogent", concepts=("AD01",), access=(desk,)))
    report = another("laposte").send(
        a_record("lp", title="Bureau de poste", structure="La Poste", concepts=("AD06",), access=(post,))
    )
    with directory.reading() as session:
        places = session.scalars(select(Place).order_by(Place.id)).all()
    assert [place.linked_to_id for place in places] == [None, places[0].id]
    assert (len(services(directory)), report.asked) == (2, 0)


def test_a_shelter_is_linked_to_no_place(sender: Sender, directory: Database) -> None:
    sender.send(a_record("1"), a_record("2", concepts=("SO11",)))
    with directory.reading() as session:
        assert set(session.scalars(select(Place.linked_to_id))) == {None}


class Interrupted(Database):
    """A database in which somebody corrects a summary just before the next run applies its plan."""

    by = Act(by=Actor(kind=ActorKind.PERSON, name="secretariat"), at=datetime(2026, 11, 21, 9, tzinfo=UTC))

    @contextmanager
    def writing(self) -> Iterator[Session]:
        with super().writing() as session:
            service = session.scalars(select(Service)).one()
            if service.description != "À la main":
                change_service(session, service=service, act=self.by, description="À la main", title="Relais")
        with super().writing() as session:
            yield session


def test_what_changed_meanwhile_is_planned_again(sender: Sender, directory: Database, clock: FixedClock) -> None:
    sender.send(a_record("1", title="RAM", summary="Un"))
    busy = Interrupted(directory.engine)
    run = run_records(busy, clock, sender.declaration, submissions([a_record("1", title="RAM", summary="Deux")])).run
    assert (services(directory)["Relais"].summary, services(directory)["Relais"].version) == ("Deux", 4)
    with directory.reading() as session:
        versions = session.scalars(select(RunStep.version).where(RunStep.run_id == run, RunStep.verb == "change")).all()
    assert versions == [4]


def test_a_deleted_service_does_not_come_back(sender: Sender, directory: Database, clock: FixedClock) -> None:
    sender.send(a_record("1", title="RAM", access=()))
    with directory.writing() as session:
        service = session.scalars(select(Service)).one()
        delete_service(session, service=service, act=Act(by=Actor(kind=ActorKind.PERSON, name="x"), at=clock.now()))
    assert sender.figures(a_record("1", title="RAM", summary="Deux"), days=1) == {"unchanged": 1}
    assert services(directory) == {}


def test_openings_of_a_run_are_written_out(sender: Sender, directory: Database) -> None:
    sender.send(a_record("1", access=(an_access(opens="Mo 09:00-12:00"),)))
    with directory.reading() as session:
        assert session.scalar(select(func.count()).select_from(Occurrence)) == 13
        assert [job.kind for job in list_jobs(session)] == ["occurrences"]
