"""Openings go into rows and come back the same."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from portal.core.events import queued
from portal.directory.events import ServiceChanged, TourChanged
from portal.directory.models.occurrences import Occurrence
from portal.directory.models.openings import opening_of, rows_of
from portal.directory.operations.access_points import delete_access_point
from portal.directory.operations.openings import set_exceptions, set_opening
from portal.directory.queries.leaves import opening_of_owner
from portal.directory.queries.listings import any_services_by_ids
from portal.hours.slots import DatedException, ExceptionKind, Opening
from tests.directory.builders import Builder, hours
from tests.directory.conftest import Told
from tests.hours.openings import openings
from tests.tools.examples import examples


@given(openings)
def test_any_opening_survives_its_rows(opening: Opening) -> None:
    assert opening_of(reversed(rows_of(opening))) == opening


@given(opening=openings)
@examples(15)
def test_any_opening_survives_the_database(build: Builder, opening: Opening) -> None:
    desk = build.an_access_point(build.a_draft())
    set_opening(build.session, owner=desk, opening=opening, words="tels quels", act=build.act)
    build.session.flush()
    build.session.expire_all()
    assert opening_of_owner(build.session, desk.id) == opening
    assert desk.opening_words == "tels quels"


def test_the_same_opening_changes_nothing(build: Builder) -> None:
    desk = build.an_access_point(build.a_draft(), opens="Mo-Fr 09:00-12:00")
    same = hours("Mo-Fr 09:00-12:00")
    assert not set_opening(build.session, owner=desk, opening=same, words="Mo-Fr 09:00-12:00", act=build.act)
    assert desk.version == 1


def test_an_exception_leaves_the_slots_alone(build: Builder, told: Told) -> None:
    desk = build.an_access_point(build.a_draft(), opens="Mo-Fr 09:00-12:00")
    day = build.act.at.date()
    closure = DatedException(first=day, last=day, kind=ExceptionKind.CLOSED, reason="inventaire")
    set_exceptions(build.session, owner=desk, exceptions=[closure], act=build.act)
    opening = opening_of_owner(build.session, desk.id)
    assert opening == Opening(slots=hours("Mo-Fr 09:00-12:00").slots, exceptions=(closure,))
    assert told(desk)[0] == "set_opening"


def test_one_service_stays_away_on_a_day_the_bus_comes(build: Builder, session: Session) -> None:
    stop = build.a_stop(build.a_tour(), opens="Tu 14:00-16:00")
    service = build.a_draft()
    desks = [build.an_access_point(service, at=stop) for _ in range(2)]
    absence = DatedException(date(2026, 11, 24), date(2026, 11, 24), ExceptionKind.CLOSED, reason="formation")
    set_exceptions(session, owner=desks[0], exceptions=[absence], act=build.act)
    session.flush()
    [listing] = any_services_by_ids(session, [service.id])
    bus = hours("Tu 14:00-16:00")
    assert [each.opening for each in listing.access_points] == [replace(bus, exceptions=(absence,)), bus]
    assert [each.opening_words for each in listing.access_points] == ["Tu 14:00-16:00"] * 2
    query = select(func.count()).where(Occurrence.access_point_id == bindparam("desk"))
    assert [session.scalar(query, {"desk": desk.id}) for desk in desks] == [12, 13]


def test_a_new_opening_of_a_stop_tells_of_the_services_there(build: Builder, session: Session) -> None:
    stop = build.a_stop(build.a_tour(), opens="Tu 14:00-16:00")
    service = build.a_draft()
    build.an_access_point(service, at=stop)
    told_before = len(queued(session))
    set_opening(session, owner=stop, opening=hours("We 14:00-16:00"), words="mercredi", act=build.act)
    expected = {TourChanged(stop.tour.public_id), ServiceChanged(service.public_id)}
    assert set(queued(session)[told_before:]) == expected


def test_a_deleted_access_point_takes_its_opening_along(build: Builder, session: Session) -> None:
    desk = build.an_access_point(build.a_draft(), opens="Mo-Fr 09:00-12:00")
    delete_access_point(session, access_point=desk, act=build.act)
    assert opening_of_owner(session, desk.id) == Opening()
    assert session.scalars(select(Occurrence)).all() == []
