"""Events: told after the commit, to everyone, whatever happens."""

import logging
from dataclasses import dataclass

import pytest

from portal.core.database import Database
from portal.core.events import Event, publish


@dataclass(frozen=True)
class Moved(Event):
    to: str


@dataclass(frozen=True)
class MovedFar(Moved):
    pass


@pytest.fixture
def heard(database: Database) -> list[Event]:
    told: list[Event] = []
    database.subscribe(Moved, told.append)
    return told


def test_events_are_told_after_the_commit_in_order(database: Database, heard: list[Event]) -> None:
    with database.writing() as session:
        publish(session, Moved("Romilly"))
        publish(session, MovedFar("Modane"))
        assert heard == []
    assert heard == [Moved("Romilly"), MovedFar("Modane")]


def test_events_of_a_failed_unit_are_never_told(database: Database, heard: list[Event]) -> None:
    with pytest.raises(ZeroDivisionError), database.writing() as session:
        publish(session, Moved(str(1 / 0)))
    assert heard == []


def test_events_of_a_unit_rolled_back_by_hand_are_never_told(database: Database, heard: list[Event]) -> None:
    with database.writing() as session:
        publish(session, Moved("Romilly"))
        session.rollback()
    assert heard == []


def test_a_savepoint_takes_its_own_events_back(database: Database, heard: list[Event]) -> None:
    with database.writing() as session:
        publish(session, Moved("a"))
        with session.begin_nested():
            publish(session, Moved("b"))
        savepoint = session.begin_nested()
        publish(session, Moved("c"))
        savepoint.rollback()
        publish(session, Moved("d"))
    assert heard == [Moved("a"), Moved("b"), Moved("d")]


def test_an_inner_savepoint_falls_with_the_outer_one(database: Database, heard: list[Event]) -> None:
    with database.writing() as session:
        outer = session.begin_nested()
        with session.begin_nested():
            publish(session, Moved("a"))
        outer.rollback()
    assert heard == []


def test_other_kinds_are_not_told(database: Database, heard: list[Event]) -> None:
    with database.writing() as session:
        publish(session, Event())
    assert heard == []


def test_a_failing_subscriber_stops_nobody(database: Database, caplog: pytest.LogCaptureFixture) -> None:
    told: list[Event] = []

    def fail(_: Event) -> None:
        raise ValueError("03 53 01 02 03")

    database.subscribe(Moved, fail)
    database.subscribe(Moved, told.append)
    with caplog.at_level(logging.ERROR), database.writing() as session:
        publish(session, Moved("Romilly"))
    assert told == [Moved("Romilly")]
    assert "subscriber of Moved failed: ValueError in fail" in caplog.text
    assert "03 53" not in caplog.text


def test_a_subscriber_may_write_in_its_turn(database: Database, heard: list[Event]) -> None:
    def go_on(fact: MovedFar) -> None:
        with database.writing() as session:
            publish(session, Moved(f"near {fact.to}"))

    database.subscribe(MovedFar, go_on)
    with database.writing() as session:
        publish(session, MovedFar("Modane"))
    assert set(heard) == {MovedFar("Modane"), Moved("near Modane")}
