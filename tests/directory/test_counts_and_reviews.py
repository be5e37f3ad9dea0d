"""How much there is, which sheets to check again, how complete they are."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from portal.directory.cards.completeness import completeness_of, facts_of
from portal.directory.operations.lifecycle import close_service, note_import, publish_service, verify_service
from portal.directory.operations.merging import merge_services
from portal.directory.operations.places import link_places
from portal.directory.operations.translations import set_translation
from portal.directory.queries.counts import DirectoryCounts, directory_counts
from portal.directory.queries.listings import any_services_by_ids
from portal.directory.queries.reviews import services_to_recheck
from portal.directory.queries.sheets import translations_of
from portal.directory.rules.choices import (
    REVIEW_RHYTHMS,
    AccessFeature,
    AddressShown,
    Answer,
    ContactType,
    Cost,
    TranslationStatus,
)
from portal.directory.rules.contact_lines import ContactLine
from portal.directory.rules.freshness import Provenance, freshness, months_later, oldest_fresh_day
from portal.directory.rules.refusals import FieldNotTranslatable, HumanTranslationStands
from portal.geography.points import Point
from portal.hours.slots import Opening, Unread
from portal.vocabulary.audiences import Audience
from tests.directory.builders import NOON, Builder, hours
from tests.directory.conftest import CountQueries, Told

TODAY = NOON.date()
HUMAN, MACHINE = TranslationStatus.HUMAN, TranslationStatus.MACHINE


def test_an_empty_directory_counts_nothing(session: Session) -> None:
    assert directory_counts(session) == DirectoryCounts()


def test_only_what_the_public_sees_is_counted(build: Builder, session: Session, count_queries: CountQueries) -> None:
    structure, place = build.a_structure(), build.a_place()
    build.a_service(structure=structure, at=place)
    kept = build.a_service(structure=structure, at=place)
    merge_services(session, keep=kept, drop=build.a_service(), act=build.act)
    build.an_access_point(build.a_draft())
    close_service(session, service=build.a_service(), act=build.act)
    build.a_service(concepts=["SO12"], at=build.a_place(commune_code=build.a_commune("58194", "Nevers", "58")))
    with count_queries() as sent:
        counts = directory_counts(session)
    assert counts == DirectoryCounts(n_services=3, n_structures=2, n_places=2, n_communes=1, n_tours=0)
    assert len(sent) == 2


def test_a_shelter_counts_where_it_decided_to_show_itself(build: Builder, session: Session) -> None:
    service = build.a_draft(concepts=["SO12"])
    build.an_access_point(service, address_shown=AddressShown.COMMUNE)
    publish_service(session, service=service, act=build.act)
    session.flush()
    assert directory_counts(session).n_communes == 1


def test_linked_places_and_tours_count_once(build: Builder, session: Session) -> None:
    hall, post = build.a_place(), build.a_place()
    service = build.a_service(at=hall)
    build.an_access_point(service, at=post)
    tour = build.a_tour()
    for _ in range(2):
        build.an_access_point(service, at=build.a_stop(tour, place=hall))
    link_places(session, place=post, to=hall, act=build.act)
    session.flush()
    assert directory_counts(session) == DirectoryCounts(1, 1, 1, 1, 1)


@pytest.mark.parametrize("months", REVIEW_RHYTHMS)
@given(today=st.dates(min_value=date(2020, 1, 1), max_value=date(2100, 1, 1)))
def test_the_oldest_fresh_day_parts_fresh_from_overdue(months: int, today: date) -> None:
    oldest = oldest_fresh_day(today, months)
    assert months_later(oldest, months) >= today > months_later(oldest - timedelta(days=1), months)


@pytest.mark.parametrize("days_ago", [0, 29, 30, 31, 32, 365, 366])
@pytest.mark.parametrize("months", [1, 12])
def test_the_review_list_agrees_with_what_the_public_reads(
    build: Builder, session: Session, months: int, days_ago: int
) -> None:
    service = build.a_service(review_months=months)
    day = TODAY - timedelta(days=days_ago)
    verify_service(session, service=service, by="le service", act=build.act, on=day)
    session.flush()
    is_overdue = freshness(Provenance(verified_on=day, review_months=months), TODAY).is_overdue
    assert (services_to_recheck(session, today=TODAY) == [service]) is is_overdue


def test_the_longest_unverified_comes_first(build: Builder, session: Session, count_queries: CountQueries) -> None:
    never, old, fresh, older = (build.a_service(title=title) for title in ("Jamais", "Vieux", "Frais", "Plus vieux"))
    verify_service(session, service=old, by="", act=build.act, on=date(2025, 1, 2))
    verify_service(session, service=older, by="", act=build.act, on=date(2025, 1, 1))
    note_import(service=fresh, on=TODAY, source="ANCT")
    build.a_draft()
    with count_queries() as sent:
        found = services_to_recheck(session, today=TODAY)
        assert [each.structure.name for each in found] == ["Communauté de communes"] * 3
    assert len(sent) == 1
    assert found == [never, older, old]


def test_a_bare_sheet_says_what_it_lacks(build: Builder, session: Session) -> None:
    bare = build.a_draft(concepts=[])
    session.flush()
    [listing] = any_services_by_ids(session, [bare.id])
    assert completeness_of(listing).score == 0
    assert completeness_of(listing).missing[0].startswith("Indiquez comment joindre le service")


def test_a_full_sheet_lacks_nothing(build: Builder, session: Session) -> None:
    place = build.a_place(point=Point(48.5, 3.7), access={AccessFeature.WHEELCHAIR: Answer.NO})
    service = build.a_service(
        at=place,
        opens="Mo-Fr 09:00-12:00",
        summary="Le courrier.",
        description="Le courrier et les colis.",
        audiences=[Audience.EVERYONE],
        cost=Cost.DEPENDS,
        contacts=[ContactLine(ContactType.PHONE, "03 53 01 00 01")],
    )
    verify_service(session, service=service, by="le service", act=build.act)
    session.flush()
    [listing] = any_services_by_ids(session, [service.id])
    assert completeness_of(listing).score == 100


def test_words_nobody_read_are_lacking(build: Builder, session: Session) -> None:
    service = build.a_draft()
    build.an_access_point(service, opening=Opening(slots=hours("Mo 09:00-12:00").slots, unread=(Unread("sauf"),)))
    build.by_phone(service)
    session.flush()
    facts = facts_of(any_services_by_ids(session, [service.id])[0])
    assert (facts.has_read_opening, facts.has_opening_everywhere) == (False, False)


def test_a_sheet_speaks_other_languages(build: Builder, session: Session, told: Told) -> None:
    service = build.a_draft()
    for text, status in (("La Post", MACHINE), ("Post", MACHINE), ("Post office", HUMAN)):
        set_translation(session, owner=service, to=("en", "title"), text=text, status=status, act=build.act)
    assert told(service) == ("translate", {"title.en": [["Post", "machine"], ["Post office", "human"]]})
    assert translations_of(session, service.id, "en")["title"].text == "Post office"
    assert not set_translation(
        session, owner=service, to=("en", "title"), text="Post office", status=HUMAN, act=build.act
    )


def test_a_machine_does_not_overwrite_a_person(build: Builder, session: Session) -> None:
    service = build.a_draft()
    set_translation(session, owner=service, to=("en", "title"), text="Post office", status=HUMAN, act=build.act)
    with pytest.raises(HumanTranslationStands):
        set_translation(session, owner=service, to=("en", "title"), text="Mail", status=MACHINE, act=build.act)
    for field in ("cost", "name"):
        with pytest.raises(FieldNotTranslatable, match=field):
            set_translation(session, owner=service, to=("en", field), text="free", status=HUMAN, act=build.act)


def test_an_empty_translation_goes_away(build: Builder, session: Session, told: Told) -> None:
    service = build.a_draft()
    set_translation(session, owner=service, to=("en", "title"), text="Post", status=MACHINE, act=build.act)
    set_translation(session, owner=service, to=("en", "title"), text=" ", status=HUMAN, act=build.act)
    session.flush()
    assert translations_of(session, service.id, "en") == {}
    assert told(service)[1] == {"title.en": [["Post", "machine"], None]}
