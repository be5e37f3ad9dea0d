"""Cards are kept between two visits, and never longer than they hold."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import TypeVar

import pytest
from sqlalchemy import select, update

from portal.core.clock import FixedClock
from portal.core.database import open_database
from portal.directory.cards.services import service_card
from portal.directory.cards.values import ServiceCard
from portal.directory.models.access_points import AccessPoint, Stop, Tour
from portal.directory.models.identities import Identified
from portal.directory.models.places import Place
from portal.directory.models.services import Service
from portal.directory.models.structures import Structure
from portal.directory.operations.access_points import delete_access_point
from portal.directory.operations.lifecycle import close_service
from portal.directory.operations.openings import set_opening
from portal.directory.operations.places import change_place
from portal.directory.operations.services import change_service
from portal.directory.operations.structures import change_structure
from portal.directory.operations.tours import change_tour
from portal.directory.queries.listings import services_by_ids
from portal.directory.rules.choices import CompetenceKind
from portal.directory.rules.competence import CompetenceArea, VisitorCommune
from portal.hours.slots import DatedException, ExceptionKind, Opening
from portal.search import cards as keeping
from portal.search import changed
from tests.directory.builders import Builder, hours
from tests.search.towns import NOGENT, ROMILLY, Change, Town, serving

Row = TypeVar("Row", bound=Identified)


def rename(build: Builder) -> None:
    service = build.session.query(Service).one()
    change_service(build.session, service=service, title="Mairie du Pont", act=build.act)


def kept(town: Town, visitor: VisitorCommune | None = None) -> list[ServiceCard]:
    with town.database.reading() as session:
        numbers = [*session.scalars(select(Service.id).order_by(Service.id))]
    with town.database.reading() as session:
        return [*town.search.cards.by_public_id(session, numbers, visitor=visitor, now=town.clock.now()).values()]


def just_read(town: Town) -> list[ServiceCard]:
    with town.database.reading() as session:
        listings = services_by_ids(session, [*session.scalars(select(Service.id).order_by(Service.id))])
        return [service_card(listing, now=town.clock.now()) for listing in listings]


def titles(town: Town, visitor: VisitorCommune | None = None) -> list[tuple[str, bool | None]]:
    return [(card.title, card.is_competent) for card in kept(town, visitor)]


def change_elsewhere(town: Town, act: Change) -> None:
    """Change the directory as another process does: nobody here hears of it."""
    other = open_database(town.database.url.render_as_string(hide_password=False))
    with other.writing() as session:
        act(Builder(session))
    other.close()


def test_a_change_made_here_is_shown_at_once(town: Town) -> None:
    town.knows(serving("Mairie"))
    assert titles(town) == [("Mairie", None)]
    town.change(rename)
    assert titles(town) == [("Mairie du Pont", None)]


def test_a_change_made_by_another_process_is_shown_after_a_moment(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    town.knows(serving("Mairie"))
    monkeypatch.setattr(keeping, "PATIENCE", 0.0)
    assert titles(town) == [("Mairie", None)]
    change_elsewhere(town, rename)
    assert titles(town) == [("Mairie du Pont", None)]


def test_a_state_holds_for_its_minute(town: Town, clock: FixedClock) -> None:
    town.knows(serving("Mairie", opens="Sa 09:00-12:00"))
    before = town.ask("mairie").hits[0].access_point
    clock.advance(timedelta(hours=4))
    after = town.ask("mairie").hits[0].access_point
    assert before is not None
    assert after is not None
    assert (before.opening.state.code.value, after.opening.state.code.value) == ("open", "closed")


def on(day: date, kind: ExceptionKind, reason: str = "") -> DatedException:
    return DatedException(first=day, last=day, kind=kind, reason=reason)


def with_exceptions(*exceptions: DatedException, opens: str = "Mo-Su 09:00-12:00") -> Change:
    def act(build: Builder) -> None:
        opening = Opening(slots=hours(opens).slots, exceptions=exceptions)
        build.an_access_point(build.a_service(title="Mairie déléguée"), opening=opening)

    return act


DAYS = [datetime(2026, 11, 20, 22), datetime(2026, 10, 24, 21), datetime(2027, 3, 27, 21), datetime(2026, 12, 31, 3)]
"""A weekday before a week-end, the two nights of the clock change, the eve of a year."""


@pytest.mark.parametrize("first", DAYS)
def test_what_is_kept_says_at_any_time_what_would_be_read(
    town: Town, clock: FixedClock, monkeypatch: pytest.MonkeyPatch, first: datetime
) -> None:
    monkeypatch.setattr(keeping, "LONGEST", float("inf"))
    saturday, sunday = date(2026, 11, 21), date(2026, 11, 22)
    closures = on(saturday, ExceptionKind.CLOSED, "Travaux"), on(sunday, ExceptionKind.CLOSED)
    town.knows(
        serving("Mairie", opens="Mo-Fr 09:00-12:00,13:30-17:00; Sa 09:00-12:00"),
        serving("Veille", opens="Mo-Su 22:00-06:00; PH off"),
        serving("Accueil", opens="Mo-Su 01:30-02:45"),
        with_exceptions(*closures, on(sunday, ExceptionKind.MESSAGE, "Marché de Noël")),
    )
    clock.advance(first.replace(tzinfo=clock.zone) - clock.now())
    for minutes in [47] * 80 + [1] * 5:
        assert kept(town) == just_read(town)
        clock.advance(timedelta(minutes=minutes))


def test_a_card_stays_the_same_while_nothing_of_it_changes(town: Town, clock: FixedClock) -> None:
    town.knows(serving("Mairie", opens="Sa 09:00-12:00"))
    [before] = kept(town)
    clock.advance(timedelta(minutes=9))
    assert kept(town)[0] is before


def last(build: Builder, kind: type[Row]) -> Row:
    return build.session.scalars(select(kind).order_by(kind.id.desc()).limit(1)).one()


def bus(build: Builder) -> None:
    stop = build.a_stop(build.a_tour(), opens="Tu 09:00-12:00")
    build.an_access_point(build.a_service(title="Bus des services"), at=stop)


def rename_structure(build: Builder) -> None:
    structure = build.session.get_one(Structure, last(build, Service).structure_id)
    change_structure(build.session, structure=structure, name="Communes du Val", act=build.act)


def move_place(build: Builder) -> None:
    place = build.session.get_one(Place, last(build, AccessPoint).place_id)
    change_place(build.session, place=place, address="2 rue du Pont", act=build.act)


def reschedule(build: Builder) -> None:
    stop, opening = last(build, Stop), hours("We 09:00-12:00")
    set_opening(build.session, owner=stop, opening=opening, words="mercredi", act=build.act)


CHANGES: Sequence[Change] = (
    lambda build: change_service(build.session, service=last(build, Service), title="Bus vert", act=build.act),
    rename_structure,
    move_place,
    lambda build: change_tour(build.session, tour=last(build, Tour), name="Bus vert", act=build.act),
    reschedule,
    lambda build: build.by_phone(last(build, Service)),
    lambda build: delete_access_point(build.session, access_point=last(build, AccessPoint), act=build.act),
)
"""One of each kind of row that a card is made of."""


@pytest.mark.parametrize("act", CHANGES)
def test_a_change_elsewhere_has_its_own_service_read_again_and_no_other(
    town: Town, monkeypatch: pytest.MonkeyPatch, act: Change
) -> None:
    monkeypatch.setattr(keeping, "PATIENCE", 0.0)
    town.knows(serving("Mairie"), bus)
    mairie, before = kept(town)
    change_elsewhere(town, act)
    same, after = kept(town)
    assert same is mairie
    assert after == just_read(town)[1] != before


def test_many_changes_at_once_have_everything_read_again(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "PATIENCE", 0.0)
    monkeypatch.setattr(changed, "MOST_TOLD", 0)
    town.knows(serving("Mairie"))
    change_elsewhere(town, rename)
    assert titles(town) == [("Mairie du Pont", None)]


def test_who_began_to_read_before_a_change_leaves_nothing_old_behind(town: Town) -> None:
    town.knows(serving("Mairie"))
    with town.database.reading() as early:
        [number] = early.scalars(select(Service.id))
        town.change(rename)
        assert titles(town) == [("Mairie du Pont", None)]
        told = town.search.cards.by_public_id(early, [number], visitor=None, now=town.clock.now())
    assert [card.title for card in told.values()] == ["Mairie"]
    assert titles(town) == [("Mairie du Pont", None)]


def test_what_no_change_tells_of_is_read_again_after_ten_minutes(town: Town, clock: FixedClock) -> None:
    town.knows(serving("Mairie"))
    kept(town)
    with town.database.writing() as session:
        session.execute(update(Service).values(imported_on=date(2026, 11, 19)))
    clock.advance(timedelta(minutes=9))
    assert not says(kept(town), "19 novembre")
    clock.advance(timedelta(minutes=2))
    assert says(kept(town), "19 novembre")


def read_ahead(town: Town) -> int:
    with town.database.reading() as session:
        return town.search.cards.read_ahead(session, now=town.clock.now())


def test_what_a_change_forgot_is_read_before_anybody_asks(town: Town) -> None:
    town.knows(serving("Mairie"))
    kept(town)
    town.change(rename)
    assert (read_ahead(town), read_ahead(town)) == (1, 0)
    assert titles(town) == [("Mairie du Pont", None)]


def test_what_was_read_long_ago_is_read_again_before_anybody_waits(town: Town, clock: FixedClock) -> None:
    town.knows(serving("Mairie"))
    kept(town)
    assert read_ahead(town) == 0
    clock.advance(timedelta(minutes=6))
    assert (read_ahead(town), read_ahead(town)) == (1, 0)


def test_a_service_that_was_closed_is_not_looked_for_again(town: Town) -> None:
    town.knows(serving("Mairie"))
    kept(town)
    town.change(lambda build: close_service(build.session, service=last(build, Service), act=build.act))
    assert (read_ahead(town), read_ahead(town)) == (1, 0)
    assert titles(town) == []


def says(cards: Iterable[ServiceCard], words: str) -> bool:
    return all(words in card.freshness.sentence.fr for card in cards)


def test_each_visitor_is_told_who_answers_for_their_commune(town: Town) -> None:
    mine = (CompetenceArea(CompetenceKind.COMMUNE, ROMILLY),)
    town.knows(serving("Service social", concepts=("SO02",), competence=mine))
    assert titles(town, VisitorCommune(ROMILLY)) == [("Service social", True)]
    assert titles(town, VisitorCommune(NOGENT)) == [("Service social", False)]
    assert titles(town) == [("Service social", None)]


def test_no_more_cards_are_kept_than_allowed(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "MOST_KEPT", 1)
    town.knows(*(serving(f"Mairie {number}") for number in range(3)))
    assert len(titles(town)) == len(titles(town)) == 3
