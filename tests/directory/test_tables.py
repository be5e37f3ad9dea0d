"""The database itself refuses what no operation may write."""

from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DataError, IntegrityError
from sqlalchemy.orm import Session

from portal.directory.models.access_points import AccessPoint
from portal.directory.models.identities import Numbering
from portal.directory.models.services import Service
from portal.directory.operations.tours import add_stop
from tests.directory.builders import Builder


@pytest.mark.parametrize(
    "assignment",
    [
        f"summary = '{'x' * 201}'",
        "age_min = 9, age_max = 3",
        "age_min = -1",
        "review_months = 5",
        "closed_on = '2026-01-01'",
        "status = 'closed'",
        "successor_id = id",
        "merged_into_id = id",
        "structure_id = 999",
    ],
)
def test_a_service_no_operation_would_write_is_refused(build: Builder, session: Session, assignment: str) -> None:
    service = build.a_service()
    session.flush()

    # PostgreSQL finds a text too long for its column before it asks whether the row may be.
    with pytest.raises((IntegrityError, DataError)):
        session.execute(text(f"UPDATE service SET {assignment} WHERE id = {service.id}"))  # noqa: S608 - a table of ours


@pytest.mark.parametrize(
    "assignment", ["lat = 48", "lat = 91, lon = 3", "lat = 48, lon = 181", "commune_code = '99999'"]
)
def test_a_place_off_the_map_is_refused(build: Builder, session: Session, assignment: str) -> None:
    place = build.a_place()
    session.flush()
    with pytest.raises(IntegrityError):
        session.execute(text(f"UPDATE place SET {assignment} WHERE id = {place.id}"))  # noqa: S608 - a table of ours


@pytest.mark.parametrize(
    "assignment", ["kind = 'phone'", "kind = 'tour_stop'", "place_id = NULL", "service_id = 999", "stop_id = 999"]
)
def test_an_access_point_is_reached_as_its_kind_says(build: Builder, session: Session, assignment: str) -> None:
    desk = build.an_access_point(build.a_draft())
    session.flush()
    with pytest.raises(IntegrityError):
        session.execute(text(f"UPDATE access_point SET {assignment} WHERE id = {desk.id}"))  # noqa: S608 - as above


@pytest.mark.parametrize("table", ["structure", "place", "service", "identity"])
def test_what_is_leant_on_cannot_vanish(build: Builder, session: Session, table: str) -> None:
    build.a_service()
    session.flush()
    with pytest.raises(IntegrityError):
        session.execute(text(f"DELETE FROM {table}"))  # noqa: S608 - a table of ours


def test_two_stops_never_share_a_place_in_the_tour(build: Builder, session: Session) -> None:
    tour, place = build.a_tour(), build.a_place()
    stop = add_stop(session, tour=tour, place=place, act=build.act)
    add_stop(session, tour=tour, place=place, act=build.act)
    session.flush()
    with pytest.raises(IntegrityError):
        session.execute(text(f"UPDATE stop SET position = {stop.position}"))  # noqa: S608 - a number


def test_numbers_run_on_through_every_kind(build: Builder, session: Session) -> None:
    service = build.a_service()
    session.flush()
    numbers: list[Any] = [service.structure_id, service.id, *session.scalars(text("SELECT id FROM access_point"))]
    assert sorted(numbers + list(session.scalars(text("SELECT id FROM place")))) == [1, 2, 3, 4]
    assert session.get_one(Numbering, 1).last == 4
    assert (session.get(Service, service.id), session.get(AccessPoint, service.id)) == (service, None)
