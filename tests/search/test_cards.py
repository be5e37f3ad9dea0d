"""Cards are kept between two visits, and never longer than they hold."""

from datetime import timedelta

import pytest

from portal.core.clock import FixedClock
from portal.core.database import open_database
from portal.directory.models.services import Service
from portal.directory.operations.services import change_service
from portal.directory.rules.choices import CompetenceKind
from portal.directory.rules.competence import CompetenceArea, VisitorCommune
from portal.search import cards as keeping
from tests.directory.builders import Builder
from tests.search.towns import NOGENT, ROMILLY, Town, serving


def rename(build: Builder) -> None:
    service = build.session.query(Service).one()
    change_service(build.session, service=service, title="Mairie du Pont", act=build.act)


def titles(town: Town, visitor: VisitorCommune | None = None) -> list[tuple[str, bool | None]]:
    with town.database.reading() as session:
        numbers = [service.id for service in session.query(Service)]
        cards = town.search.cards.by_public_id(session, numbers, visitor=visitor, now=town.clock.now())
    return [(card.title, card.is_competent) for card in cards.values()]


def test_a_change_made_here_is_shown_at_once(town: Town) -> None:
    town.knows(serving("Mairie"))
    assert titles(town) == [("Mairie", None)]
    town.change(rename)
    assert titles(town) == [("Mairie du Pont", None)]


def test_a_change_made_by_another_process_is_shown_after_a_moment(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    town.knows(serving("Mairie"))
    monkeypatch.setattr(keeping, "PATIENCE", 0.0)
    assert titles(town) == [("Mairie", None)]
    other = open_database(town.database.url.render_as_string(hide_password=False))
    with other.writing() as session:
        rename(Builder(session))
    other.close()
    assert titles(town) == [("Mairie du Pont", None)]


def test_a_state_holds_for_its_minute(town: Town, clock: FixedClock) -> None:
    town.knows(serving("Mairie", opens="Sa 09:00-12:00"))
    before = town.ask("mairie").hits[0].access_point
    clock.advance(timedelta(hours=4))
    after = town.ask("mairie").hits[0].access_point
    assert before is not None
    assert after is not None
    assert (before.opening.state.code.value, after.opening.state.code.value) == ("open", "closed")


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
