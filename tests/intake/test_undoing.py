"""A run undone: the directory is what it was, but for what somebody touched since."""

import pytest
from sqlalchemy import func, select

from portal.core.changes import Act, Actor
from portal.core.clock import FixedClock
from portal.core.database import Database
from portal.core.models import ActorKind
from portal.directory.models.services import Service
from portal.directory.operations.services import change_service
from portal.directory.rules.choices import AccessPointKind, Status
from portal.intake.models.sources import Run, RunState, RunStep
from portal.intake.models.traces import Trace
from portal.intake.operations.undoing import NotToBeUndone, Undone, undo_run
from portal.intake.record import AccessRecord
from tests.intake.builders import Sender, a_place, a_record, an_access, directory_hash, phone, services
from tests.intake.conftest import MakeSender

SECRETARY = Actor(kind=ActorKind.PERSON, name="secretariat")


def undo(database: Database, clock: FixedClock, run: int | None) -> Undone:
    assert run is not None
    with database.writing() as session:
        return undo_run(session, run=session.get_one(Run, run), act=Act(by=SECRETARY, at=clock.now()))


def verbs_of(database: Database, run: int | None) -> set[str]:
    with database.reading() as session:
        return set(session.scalars(select(RunStep.verb).where(RunStep.run_id == run)))


def test_a_run_that_did_everything_is_undone(
    sender: Sender, another: MakeSender, directory: Database, clock: FixedClock
) -> None:
    by_phone = AccessRecord(key="tel", kind=AccessPointKind.PHONE, contacts=(phone(),), note="Matin")
    timed = an_access(opens="Mo 09:00-12:00")
    changing = a_record("1", title="RAM", concepts=("PE08", "PE01"), access=(timed, by_phone), official_ids={"fs": "9"})
    gone = a_record("2", title="Part", access=(an_access(place=a_place(address="9 rue Neuve")),))
    sender.send(changing, gone, a_record("3", title="Reste"))
    another("dila", priority=9).send(a_record("x", title="Mairie"))
    sender.send(changing, a_record("3", title="Reste"), days=1)
    before = directory_hash(directory)
    other_words = a_record("1", title="Relais", ages=(0, 6), access=(an_access(opens="Sa 14:00-16:00", note="Midi"),))
    report = sender.send(other_words, a_record("3", title="Reste"), a_record("4", title="Neuf"), days=8)
    assert verbs_of(directory, report.run) >= {"create", "change", "link", "close", "trace", "absence"}
    another("laposte").send(a_record("y", title="Poste", access=(an_access(place=a_place(address="2 quai Nord")),)))
    with_poste = directory_hash(directory)
    undone = undo(directory, clock, report.run)
    assert (undone.left, directory_hash(directory) != with_poste) == ((), True)
    undo(directory, clock, report.run + 1 if report.run else None)
    assert directory_hash(directory) == before


def test_an_undone_file_comes_in_again(sender: Sender, directory: Database, clock: FixedClock) -> None:
    sender.send(a_record("1"))
    file = (a_record("1", title="Autre"), a_record("2"))
    run = sender.send(*file, days=1).run
    after = directory_hash(directory)
    undo(directory, clock, run)
    assert sender.figures(*file) == {"updated": 1, "created": 1}
    assert directory_hash(directory) == after


def test_what_was_touched_since_is_named_and_left(sender: Sender, directory: Database, clock: FixedClock) -> None:
    run = sender.send(a_record("1", title="Touché"), a_record("2", title="Intact")).run
    with directory.writing() as session:
        touched = session.scalars(select(Service).where(Service.title == "Touché")).one()
        change_service(session, service=touched, act=Act(by=SECRETARY, at=clock.now()), summary="À la main")
    undone = undo(directory, clock, run)
    assert (undone.restored, undone.left) == (1, ("1",))
    assert [(title, each.summary) for title, each in services(directory).items()] == [("Touché", "À la main")]


def test_a_record_read_anew_since_is_left(sender: Sender, directory: Database, clock: FixedClock) -> None:
    first = sender.send(a_record("1", title="Un"), a_record("2", title="Deux")).run
    sender.send(a_record("1", title="Un bis"), a_record("2", title="Deux"), days=1)
    assert undo(directory, clock, first).left == ("1",)
    assert [*services(directory)] == ["Un bis"]


def test_a_place_others_lean_on_is_left(
    sender: Sender, another: MakeSender, directory: Database, clock: FixedClock
) -> None:
    run = sender.send(a_record("1", title="Première")).run
    another("dila").send(a_record("2", title="Voisine"))
    assert undo(directory, clock, run).left == ("1",)
    assert [*services(directory)] == ["Première", "Voisine"]


def test_a_reopened_service_closes_on_its_old_day(sender: Sender, directory: Database, clock: FixedClock) -> None:
    kept, gone = a_record("1"), a_record("2", title="Part")
    sender.send(kept, gone)
    for _ in range(2):
        sender.send(kept, days=8)
    before = directory_hash(directory)
    run = sender.send(kept, gone, days=30).run
    assert services(directory)["Part"].status is Status.PUBLISHED
    undo(directory, clock, run)
    assert directory_hash(directory) == before


def test_absences_are_counted_as_before(sender: Sender, directory: Database, clock: FixedClock) -> None:
    kept, gone = a_record("1"), a_record("2", title="Part")
    sender.send(kept, gone)
    sender.send(kept, days=1)
    undo(directory, clock, sender.send(kept, days=8).run)
    with directory.reading() as session:
        trace = session.scalars(select(Trace).where(Trace.key == "2")).one()
    assert (trace.missing_runs, trace.is_hidden) == (1, False)


def test_a_run_is_undone_once(sender: Sender, directory: Database, clock: FixedClock) -> None:
    run = sender.send(a_record("1")).run
    undo(directory, clock, run)
    with pytest.raises(NotToBeUndone, match="rien fait"):
        undo(directory, clock, run)
    with directory.reading() as session:
        assert session.scalar(select(func.count()).select_from(Trace)) == 0
        assert session.get_one(Run, run).state is RunState.UNDONE
