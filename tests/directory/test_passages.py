"""What passes: rounds, and desks of kinds that travel when they are rare; never the office of every day."""

from datetime import date, timedelta

from sqlalchemy.orm import Session

from portal.directory.models.services import Service
from portal.directory.queries.occurrences import passages_between
from portal.directory.rules.choices import AddressShown
from tests.directory.builders import NOON, Builder
from tests.directory.conftest import CountQueries

MONDAY = date(2026, 11, 23)
TRAVELS, STAYS = "SO03", "AD06"


def passing(session: Session, first: date = MONDAY, last: date = MONDAY + timedelta(days=6)) -> list[str]:
    session.flush()
    found = passages_between(session, first=first, last=last, communes=["10323"], itinerant=[TRAVELS])
    return [each.service.title for each in found]


def on_a_round(build: Builder, title: str, opens: str) -> Service:
    stop = build.a_stop(build.a_tour(name=title), opens=opens)
    service = build.a_service(title=title, opens="Mo-Fr 08:00-18:00", concepts=(STAYS,))
    build.an_access_point(service, at=stop)
    return service


def test_rounds_and_rare_desks_pass(build: Builder, session: Session) -> None:
    on_a_round(build, "Bus des services", "Tu 09:00-12:00")
    build.a_service(title="Permanence Caf", opens="We 14:00-16:00", concepts=(TRAVELS,))
    assert passing(session) == ["Bus des services", "Permanence Caf"]


def test_desk_of_every_day_does_not_pass(build: Builder, session: Session) -> None:
    build.a_service(title="Accueil de la Caf", opens="Mo-Fr 09:00-12:00", concepts=(TRAVELS,))
    build.a_service(title="La Poste", opens="Tu 09:00-12:00", concepts=(STAYS,))
    assert passing(session) == []


def test_what_never_closes_does_not_pass(build: Builder, session: Session) -> None:
    on_a_round(build, "Bornes de recharge", "Mo-Su 08:00-20:00")
    assert passing(session) == []


def test_end_of_the_week_makes_no_desk_rare(build: Builder, session: Session) -> None:
    build.a_service(title="Accueil de la Caf", opens="Mo-Fr 09:00-12:00", concepts=(TRAVELS,))
    build.a_service(title="Permanence Caf", opens="Fr 14:00-16:00", concepts=(TRAVELS,))
    friday = MONDAY + timedelta(days=4)
    assert passing(session, friday, friday + timedelta(days=2)) == ["Permanence Caf"]


def test_fortnight_counts_twice_the_days(build: Builder, session: Session) -> None:
    build.a_service(title="Permanence Caf", opens="Mo,Th 14:00-16:00", concepts=(TRAVELS,))
    assert passing(session, MONDAY, MONDAY + timedelta(days=13)) == ["Permanence Caf"] * 4


def test_withheld_address_passes_by_its_commune_alone(build: Builder, session: Session) -> None:
    service = build.a_service(title="Écoute", opens="Tu 09:00-12:00", concepts=(STAYS,))
    stop = build.a_stop(build.a_tour(), opens="Mo 09:00-12:00")
    build.an_access_point(service, at=stop, address_shown=AddressShown.COMMUNE)
    session.flush()
    [found] = passages_between(session, first=MONDAY, last=MONDAY, communes=["10323"], itinerant=[])
    assert (found.is_told, found.concept) == (False, STAYS)


def test_a_week_is_one_question(build: Builder, session: Session, count_queries: CountQueries) -> None:
    on_a_round(build, "Bus des services", "Tu 09:00-12:00")
    with count_queries() as sent:
        passages_between(session, first=NOON.date(), last=MONDAY, communes=["10323"], itinerant=[TRAVELS])
    assert len(sent) == 1
