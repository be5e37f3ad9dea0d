"""The index follows the database, whatever changed and whoever changed it."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

import pytest
from sqlalchemy import select

from portal.directory.models.access_points import AccessPoint
from portal.directory.models.identities import Identified
from portal.directory.models.places import Place
from portal.directory.models.services import Service
from portal.directory.models.structures import Structure
from portal.directory.operations.access_points import delete_access_point
from portal.directory.operations.lifecycle import close_service
from portal.directory.operations.merging import merge_services, unmerge_service
from portal.directory.operations.openings import set_opening
from portal.directory.operations.places import change_place
from portal.directory.operations.services import change_service
from portal.directory.operations.structures import change_structure
from portal.search import indexing
from portal.search.indexing import Difference
from portal.search.timetables import DAYS_AFTER, DAYS_BEFORE
from search_index.times import Timetables
from tests.directory.builders import Builder, hours
from tests.search.towns import NOGENT, Town, a_place_in, serving
from tests.tools.patience import comes_true

Row = TypeVar("Row", bound=Identified)


def rows(build: Builder, table: type[Row]) -> list[Row]:
    return list(build.session.scalars(select(table).order_by(table.id)))


def first(build: Builder, table: type[Row]) -> Row:
    return rows(build, table)[0]


def last(build: Builder, table: type[Row]) -> Row:
    return rows(build, table)[-1]


CHANGES: dict[str, tuple[Callable[[Builder], object], str, str]] = {
    "title": (
        lambda build: change_service(build.session, service=first(build, Service), act=build.act, title="Ludothèque"),
        "crèche lavoir",
        "ludothèque",
    ),
    "structure": (
        lambda build: change_structure(
            build.session,
            structure=first(build, Structure),
            act=build.act,
            name="Association des Hirondelles",
        ),
        "",
        "hirondelles",
    ),
    "place": (
        lambda build: change_place(build.session, place=first(build, Place), act=build.act, name="Pavillon bleu"),
        "",
        "pavillon",
    ),
}


@pytest.mark.parametrize(("change", "gone", "found"), CHANGES.values(), ids=CHANGES)
def test_a_change_is_found_once_the_log_is_followed(
    town: Town, change: Callable[[Builder], object], gone: str, found: str
) -> None:
    town.knows(serving("Crèche du Lavoir", concepts=("CS08",)))
    town.change(change)
    assert town.search.indexing.is_behind()
    assert town.search.indexing.catch_up() == 1
    assert town.ask(found).total == 1
    assert not gone or town.ask(gone).total == 0
    assert not town.search.indexing.is_behind()


def test_a_closed_service_leaves_the_results(town: Town) -> None:
    town.knows(serving("Crèche du Lavoir"), serving("Crèche du Bois"))
    town.change(lambda build: close_service(build.session, service=first(build, Service), act=build.act))
    town.search.indexing.catch_up()
    assert town.titles("crèche") == ["Crèche du Bois"]
    assert town.search.indexing.difference() == Difference()


def test_a_deleted_access_point_leaves_the_index(town: Town) -> None:
    def two_doors(build: Builder) -> object:
        service = build.a_service(title="Poste", at=a_place_in(build, "10323"))
        return build.an_access_point(service, at=a_place_in(build, NOGENT))

    town.knows(two_doors)
    assert town.ask("poste nogent", radius=1).total == 1
    town.change(lambda build: delete_access_point(build.session, access_point=last(build, AccessPoint), act=build.act))
    town.search.indexing.catch_up()
    assert town.ask("poste nogent", radius=1).total == 0
    assert town.search.indexing.difference() == Difference()


def test_a_merge_and_its_undoing_are_followed(town: Town) -> None:
    town.knows(serving("Poste du Bourg"), serving("Poste du Bourg"))

    def merge(build: Builder) -> None:
        merge_services(build.session, keep=first(build, Service), drop=last(build, Service), act=build.act)

    town.change(merge)
    town.search.indexing.catch_up()
    assert (town.ask("poste").total, town.search.indexing.difference()) == (1, Difference())
    town.change(lambda build: unmerge_service(build.session, service=last(build, Service), act=build.act))
    town.search.indexing.catch_up()
    assert (town.ask("poste").total, town.search.indexing.difference()) == (2, Difference())


def test_new_hours_are_known_at_once(town: Town) -> None:
    town.knows(serving("Mairie", opens="Mo 09:00-12:00", concepts=("AD01",)))
    assert town.ask("mairie ouverte samedi").total == 0
    town.change(
        lambda build: set_opening(
            build.session,
            owner=first(build, AccessPoint),
            opening=hours("Sa 10:00-11:00"),
            words="",
            act=build.act,
        )
    )
    town.search.indexing.catch_up()
    assert town.ask("mairie ouverte samedi").total == 1


def test_the_days_ahead_roll_on(town: Town) -> None:
    town.knows(serving("Mairie", opens="Sa 09:00-12:00", concepts=("AD01",)))
    window = town.search.indexing.engine.window
    assert window.last - window.first + 1 == (DAYS_BEFORE + 1 + DAYS_AFTER) * 1440
    assert not town.search.indexing.roll()
    town.clock.advance(timedelta(days=3))
    assert town.search.indexing.roll()
    assert town.search.indexing.engine.window.first == window.first + 3 * 1440


def test_a_strange_index_is_noticed(town: Town) -> None:
    town.knows(serving("Mairie"))
    town.search.indexing.engine.rebuild((), mark=town.search.indexing.engine.mark)
    difference = town.search.indexing.difference()
    assert (len(difference.missing), len(difference.stray)) == (1, 0)
    assert difference


def test_what_no_question_meets_is_noticed_when_the_index_is_looked_at_again(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    town.knows(serving("Mairie"))
    monkeypatch.setattr(indexing, "SECONDS_BETWEEN_CHECKS", 0.3)
    town.search.indexing.engine.rebuild((), mark=town.search.indexing.engine.mark)
    stop = threading.Event()
    thread = threading.Thread(target=town.search.indexing.tend, args=(stop,))
    thread.start()
    comes_true(lambda: town.titles("mairie"))
    stop.set()
    thread.join()
    assert town.titles("mairie") == ["Mairie"]
    assert town.search.indexing.health.n_healed == 1


def test_the_thread_that_tends_the_index_follows_within_a_second(town: Town) -> None:
    town.knows(serving("Mairie"))
    stop = threading.Event()
    town.search.indexing.listen()
    thread = threading.Thread(target=town.search.indexing.tend, args=(stop,))
    thread.start()
    town.change(serving("Ludothèque des Quais"))
    comes_true(lambda: town.ask("ludothèque").total)
    stop.set()
    thread.join()
    assert town.ask("ludothèque").total == 1


def test_a_damaged_index_is_healed_and_counted(town: Town) -> None:
    town.knows(serving("Mairie", concepts=("AD01",)))
    town.search.indexing.engine.rebuild((), times=Timetables)
    town.search.indexing.ask_for_healing()
    town.search.indexing.tend_once()
    assert town.ask("mairie").total == 1
    assert town.search.indexing.health.n_healed == 1
