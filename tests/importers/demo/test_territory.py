"""The demonstration feels like a territory: everywhere something, of every kind, at every sort of hour."""

import re
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from portal.directory.models.access_points import AccessPoint
from portal.directory.models.contacts import Contact
from portal.directory.models.occurrences import Occurrence
from portal.directory.models.openings import SlotRow, UnreadRow
from portal.directory.models.places import Place
from portal.directory.models.services import Service, ServiceConcept
from portal.directory.rules.choices import AccessPointKind, ContactType, Status
from portal.geography.territories import demonstration_territory
from portal.hours.slots import SchoolHolidays, Weeks
from portal.intake.models.sources import Feed
from portal.vocabulary.loading import load_vocabulary
from tests.tools.golden_demonstration import REFERENCE_DAY

FIVE_FAMILIES = {"msap", "ram", "laep", "sante", "mobilite"}
LABELLED = ("FINESS", "Mobilité")
"""Registers that say the same of every place of a kind: "Pharmacie d’officine", "Arrêt de la ligne 2."."""
PHONE = re.compile(r"(?:03 53 01|01 99 00) \d\d \d\d")


def count(work: Session, table: type[Any], *conditions: ColumnElement[bool]) -> int:
    return work.scalar(select(func.count()).select_from(table).where(*conditions)) or 0


def test_there_are_about_nine_hundred_services(work: Session) -> None:
    assert 850 <= count(work, Service, Service.status == Status.PUBLISHED) <= 1000


def test_nearly_every_concept_of_every_family_is_there(work: Session) -> None:
    there = set(work.scalars(select(ServiceConcept.code)))
    vocabulary = load_vocabulary()
    assert len(there) >= 155
    assert {code[:2] for code in there} == {family.code for family in vocabulary.shown_families}


def test_every_commune_has_something(work: Session) -> None:
    there = set(work.scalars(select(Place.commune_code).join(AccessPoint, AccessPoint.place_id == Place.id)))
    assert demonstration_territory().communes <= there


def test_lists_of_every_kind_came_in(work: Session) -> None:
    known = set(work.scalars(select(Feed.source_name)))
    assert known == FIVE_FAMILIES | {"numerique", "dila", "tableur"}
    feeds = set(work.scalars(select(Feed.name).where(Feed.source_name == "mobilite")))
    assert feeds == {"bnlc", "gtfs-cars-de-la-plaine", "tad-cars-de-la-plaine-a-la-demande"}


def test_no_two_services_have_one_description_but_those_a_register_labels(work: Session) -> None:
    descriptions = select(Service.description).where(Service.imported_from.not_in(LABELLED))
    told = Counter(text for text in work.scalars(descriptions) if text)
    assert len(told) > 300
    assert [text for text, n in told.items() if n > 1] == []


def test_no_two_services_have_one_summary_but_those_a_register_labels(work: Session) -> None:
    summaries = select(Service.summary).where(Service.summary != "", Service.imported_from.not_in(LABELLED))
    told = Counter(work.scalars(summaries))
    assert len(told) > 600
    assert [text for text, n in told.items() if n > 1] == []


def test_nobody_real_can_be_reached(work: Session) -> None:
    phones = list(work.scalars(select(Contact.value).where(Contact.type == ContactType.PHONE)))
    assert len(phones) > 700
    assert [value for value in phones if not PHONE.fullmatch(value)] == []
    written = work.scalars(select(Contact.value).where(Contact.type.in_((ContactType.MAIL, ContactType.SITE))))
    assert [value for value in written if not re.search(r"\.example(?:/|$)", value)] == []


@pytest.mark.parametrize(
    ("column", "value", "least"),
    [
        (SlotRow.weeks, Weeks.EVEN, 20),
        (SlotRow.weeks, Weeks.ODD, 20),
        (SlotRow.school_holidays, SchoolHolidays.EXCEPT, 30),
        (SlotRow.school_holidays, SchoolHolidays.ONLY, 3),
    ],
)
def test_hours_follow_weeks_and_school(
    work: Session, column: InstrumentedAttribute[Any], value: object, least: int
) -> None:
    assert count(work, SlotRow, column == value) >= least


def test_hours_follow_seasons_and_months(work: Session) -> None:
    slots = work.scalars(select(SlotRow)).all()
    assert sum(slot.season is not None for slot in slots) >= 30
    assert sum(bool(slot.nth) for slot in slots) >= 40


def test_a_bus_stops_in_villages_in_odd_and_even_weeks(work: Session) -> None:
    rule = select(SlotRow.weeks).join(AccessPoint, AccessPoint.stop_id == SlotRow.owner_id).join(Service)
    weeks = Counter(work.scalars(rule.where(Service.title == "Bus France services de l’Orvin")))
    assert (weeks[Weeks.EVEN], weeks[Weeks.ODD]) == (2, 2)
    assert sum(weeks.values()) == 10


def test_some_places_have_no_hours_and_some_hours_nobody_can_read(work: Session) -> None:
    owners = set(work.scalars(select(SlotRow.owner_id))) | set(work.scalars(select(UnreadRow.owner_id)))
    doors = work.scalars(select(AccessPoint).where(AccessPoint.kind == AccessPointKind.PLACE))
    assert 100 <= sum(door.id not in owners for door in doors) <= 250
    assert count(work, UnreadRow) >= 30


def test_services_share_places_and_offices_hold_several(work: Session) -> None:
    assert count(work, Place, Place.linked_to_id.is_not(None)) >= 150


def test_something_travels_every_day_of_the_coming_week(work: Session) -> None:
    stops = select(AccessPoint.id).where(AccessPoint.kind == AccessPointKind.TOUR_STOP)
    for days in range(7):
        day = REFERENCE_DAY + timedelta(days=days)
        expected = 1 if day.weekday() == 6 else 3
        assert count(work, Occurrence, Occurrence.day == day, Occurrence.access_point_id.in_(stops)) >= expected


def test_some_sheets_are_stale_and_most_are_not(work: Session) -> None:
    year_ago = REFERENCE_DAY - timedelta(days=365)
    stale = count(work, Service, Service.imported_on < year_ago)
    assert 20 <= stale <= 60


def test_closed_services_lead_to_their_successor(work: Session) -> None:
    closed = Service.status == Status.CLOSED
    assert count(work, Service, closed, Service.successor_id.is_not(None)) == 4
    assert count(work, Service, closed) == 6
