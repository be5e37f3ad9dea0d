"""The openings of the next thirteen weeks are written out, and stay right as days go by."""

import re
from dataclasses import replace
from datetime import UTC, date, timedelta

import pytest
from click.testing import CliRunner
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core.clock import FixedClock
from portal.core.command import Room
from portal.core.database import Database
from portal.core.job_runner import run_due
from portal.core.jobs import JobKinds
from portal.directory.cards.occurrences import occurrence_card
from portal.directory.cli import COMMANDS
from portal.directory.jobs import JOBS, RECURRING_JOBS
from portal.directory.models.access_points import AccessPoint
from portal.directory.models.occurrences import Occurrence
from portal.directory.operations.access_points import delete_access_point
from portal.directory.operations.lifecycle import close_service, reopen_service
from portal.directory.operations.occurrences import Refreshed, refresh_occurrences, refreshing_later
from portal.directory.operations.openings import set_exceptions, set_opening
from portal.directory.operations.places import change_place
from portal.directory.operations.tours import move_stop
from portal.directory.queries.occurrences import occurrences_between
from portal.directory.rules.choices import AccessPointKind, AddressShown
from portal.hours.slots import DatedException, ExceptionKind, Opening, PublicHolidays
from tests.directory.builders import NOON, Builder, hours
from tests.directory.conftest import CountQueries

TODAY = NOON.date()


def days_of(session: Session) -> list[date]:
    session.flush()
    return list(session.scalars(select(Occurrence.day).order_by(Occurrence.starts_at)))


def test_thirteen_weeks_are_written_out_on_creation(build: Builder, session: Session) -> None:
    build.a_service(opens="Mo 09:00-12:00")
    days = days_of(session)
    assert (len(days), days[0], days[-1]) == (13, date(2026, 11, 23), date(2027, 2, 15))
    assert days[-1] <= TODAY + timedelta(weeks=13)


def test_refreshing_twice_touches_nothing_more(build: Builder, session: Session) -> None:
    build.a_service(opens="Mo,Th 09:00-12:00")
    first = refresh_occurrences(session, now=NOON)
    assert first == Refreshed(kept=26)


def test_a_week_later_only_the_edges_move(build: Builder, session: Session) -> None:
    build.a_service(opens="Mo 09:00-12:00")
    assert refresh_occurrences(session, now=NOON + timedelta(weeks=1)) == Refreshed(added=1, removed=1, kept=12)


def test_a_new_opening_replaces_what_differs(build: Builder, session: Session) -> None:
    desk = build.an_access_point(build.a_draft(), opens="Mo,Tu 09:00-12:00")
    set_opening(session, owner=desk, opening=hours("Tu,We 09:00-12:00"), words="", act=build.act)
    assert {day.weekday() for day in days_of(session)} == {1, 2}


def test_a_closure_takes_its_days_away(build: Builder, session: Session) -> None:
    desk = build.an_access_point(build.a_draft(), opens="Mo 09:00-12:00")
    closure = DatedException(date(2026, 11, 23), date(2026, 12, 6), ExceptionKind.CLOSED)
    set_exceptions(session, owner=desk, exceptions=[closure], act=build.act)
    assert days_of(session)[0] == date(2026, 12, 7)


def test_a_doubtful_day_is_told_from_a_sure_one(build: Builder, session: Session) -> None:
    build.a_service(opens="Fr 09:00-12:00")
    sure = dict(session.execute(select(Occurrence.day, Occurrence.is_certain)).all())
    assert (sure[date(2026, 12, 18)], sure[date(2026, 12, 25)]) == (True, False)


def test_a_day_that_becomes_sure_is_updated(build: Builder, session: Session) -> None:
    unstated = hours("Fr 09:00-12:00").slots[0]
    stated = replace(unstated, rule=replace(unstated.rule, public_holidays=PublicHolidays.OPEN))
    desk = build.an_access_point(build.a_draft(), opening=Opening(slots=(unstated,)))
    for slots in ((stated,), (unstated, stated), (stated, unstated)):
        set_opening(session, owner=desk, opening=Opening(slots=(unstated,)), words="", act=build.act)
        set_opening(session, owner=desk, opening=Opening(slots=slots), words="", act=build.act)
        assert set(session.scalars(select(Occurrence.is_certain))) == {True}


def test_a_closed_service_has_none_until_it_reopens(build: Builder, session: Session) -> None:
    service = build.a_service(opens="Mo 09:00-12:00")
    close_service(session, service=service, act=build.act)
    assert days_of(session) == []
    reopen_service(session, service=service, act=build.act)
    assert len(days_of(session)) == 13


def test_the_stop_of_a_tour_gives_its_hours_to_what_it_brings(build: Builder, session: Session) -> None:
    stop = build.a_stop(build.a_tour(), opens="Mo 09:00-12:00")
    for _ in range(2):
        build.an_access_point(build.a_draft(), at=stop)
    assert len(days_of(session)) == 26
    set_opening(session, owner=stop, opening=hours("Tu 09:00-12:00"), words="", act=build.act)
    assert {day.weekday() for day in days_of(session)} == {1}


def test_school_holidays_follow_the_place(build: Builder, session: Session) -> None:
    nevers = build.a_place(commune_code=build.a_commune("58194", "Nevers", "58"))
    creteil = build.a_place(commune_code=build.a_commune("94028", "Créteil", "94"))
    stop = build.a_stop(build.a_tour(), place=nevers, opens="SH Mo 09:00-12:00")
    build.an_access_point(build.a_draft(), at=stop)
    in_zone_a = days_of(session)
    move_stop(session, stop=stop, to=creteil, act=build.act)
    in_zone_c = days_of(session)
    assert set(in_zone_c) - set(in_zone_a) == {date(2027, 2, 8)}
    change_place(session, place=creteil, act=build.act, commune_code="58194")
    assert days_of(session) == in_zone_a


def test_a_telephone_follows_the_holidays_of_the_desk(build: Builder, session: Session) -> None:
    nevers, creteil = build.a_commune("58194", "Nevers", "58"), build.a_commune("94028", "Créteil", "94")
    service, place = build.a_draft(), build.a_place(commune_code=creteil)
    build.by_phone(service, opening=hours("SH Mo 09:00-12:00"))
    without_desk = {day for day in days_of(session) if day.month == 2}
    desk = build.an_access_point(service, at=place)
    in_zone_c = {day for day in days_of(session) if day.month == 2}
    change_place(session, place=place, act=build.act, commune_code=nevers)
    assert in_zone_c - set(days_of(session)) == {date(2027, 2, 8)}
    delete_access_point(session, access_point=desk, act=build.act)
    assert {day for day in days_of(session) if day.month == 2} == without_desk


def test_an_import_refreshes_all_at_the_end(build: Builder, session: Session) -> None:
    with refreshing_later(session, now=NOON):
        desk = build.an_access_point(build.a_draft(), opens="Mo 09:00-12:00")
        gone = build.an_access_point(build.a_draft(), opens="Mo 09:00-12:00")
        delete_access_point(session, access_point=gone, act=build.act)
        assert days_of(session) == []
    assert len(days_of(session)) == 13
    set_opening(session, owner=desk, opening=hours("Tu 09:00-12:00"), words="", act=build.act)
    assert {day.weekday() for day in days_of(session)} == {1}


def test_the_job_keeps_pace_with_a_clock_moved_far(database: Database, clock: FixedClock) -> None:
    with database.writing() as session:
        Builder(session).a_service(opens="Mo 09:00-12:00")
    clock.advance(timedelta(weeks=20))
    report = run_due(database, clock, JobKinds(jobs=JOBS, recurring=RECURRING_JOBS))
    with database.reading() as session:
        days = days_of(session)
    assert (report.done, report.failed) == (1, 0)
    assert (days[0], len(days)) == (date(2027, 4, 12), 13)


def test_the_command_says_what_it_did(database: Database, clock: FixedClock, tmp_path: pytest.TempPathFactory) -> None:
    with database.writing() as session:
        Builder(session).a_service(opens="Mo 09:00-12:00")
    clock.advance(timedelta(weeks=2))
    room = Room(data_dir=tmp_path, database=database, clock=clock)  # type: ignore[arg-type]  # pytest's own path
    outcome = CliRunner().invoke(COMMANDS[0], ["refresh"], obj=room)
    assert outcome.output == "Ouvertures : 2 ajoutées, 2 retirées, 11 déjà justes.\n"


def test_what_opens_near_is_listed_in_order(build: Builder, session: Session, count_queries: CountQueries) -> None:
    here, far = build.a_commune(), build.a_commune("58194", "Nevers", "58")
    build.a_service(title="Poste", opens="Mo 09:00-12:00")
    build.a_service(title="Mairie", opens="Mo 09:00-12:00,14:00-16:00")
    build.a_service(title="Loin", at=build.a_place(commune_code=far), opens="Mo 09:00-12:00")
    monday = date(2026, 11, 23)
    with count_queries() as sent:
        found = occurrences_between(session, first=monday, last=monday, communes=[here])
    assert [each.service.title for each in found] == ["Mairie", "Poste", "Mairie"]
    assert (len(sent), found[0].commune.name) == (1, "Romilly-sur-Seine")


def test_what_opens_is_told_no_closer_than_decided(build: Builder, session: Session) -> None:
    stop = build.a_stop(build.a_tour(name="Bus"), place=build.a_place(name="Lavoir"), opens="Mo 09:00-12:00")
    service = build.a_service(title="Écoute", opens="Mo 14:00-16:00")
    build.an_access_point(service, at=stop, address_shown=AddressShown.COMMUNE)
    found = occurrences_between(session, first=TODAY, last=TODAY + timedelta(days=6), communes=["10323"])
    by_bus, at_desk = (occurrence_card(each) for each in found)
    assert by_bus.location is not None
    assert at_desk.location is not None
    assert (by_bus.location.commune.name, by_bus.location.link, by_bus.tour) == ("Romilly-sur-Seine", None, None)
    assert not {"Lavoir", "Bus"} & set(re.findall(r"\w+", repr(by_bus)))
    assert (at_desk.starts_at.hour, at_desk.location.address) == (14, "1 rue du Lavoir")


def test_a_night_that_loses_an_hour_ends_on_the_clock(build: Builder, session: Session) -> None:
    service = build.a_service(opens="Sa 22:00-04:00")
    refresh_occurrences(session, now=NOON + timedelta(weeks=17))
    night = date(2027, 3, 27)
    [found] = occurrences_between(session, first=night, last=night, communes=["10323"])
    card = occurrence_card(found)
    assert (card.service.name, card.starts_at.hour, card.ends_at.hour) == (service.title, 22, 4)
    assert card.ends_at.astimezone(UTC) - card.starts_at.astimezone(UTC) == timedelta(hours=5)


def test_passages_are_those_of_tours(build: Builder, session: Session) -> None:
    stop = build.a_stop(build.a_tour(), opens="Mo 09:00-12:00")
    service = build.a_service(opens="Mo 09:00-12:00")
    build.an_access_point(service, at=stop)
    found = occurrences_between(
        session, first=TODAY, last=TODAY + timedelta(days=6), communes=["10323"], kinds=[AccessPointKind.TOUR_STOP]
    )
    assert [each.tour is not None for each in found] == [True]


@pytest.mark.parametrize("says", [None, AddressShown.NONE])
def test_withheld_and_unpublished_openings_are_not_listed(
    build: Builder, session: Session, says: AddressShown | None
) -> None:
    build.an_access_point(build.a_draft(), opens="Mo 09:00-12:00")
    hidden = build.a_service(concepts=["AD01"] if says else ["SO12"], opens="Mo 09:00-12:00")
    desk = session.scalars(select(AccessPoint).where(AccessPoint.service_id == hidden.id)).one()
    desk.address_shown = says
    assert occurrences_between(session, first=TODAY, last=TODAY + timedelta(days=6), communes=["10323"]) == []
