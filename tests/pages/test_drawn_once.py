"""What a page draws from memory is what it would draw anew, and nothing of one visitor comes to another."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from portal.app import Opened, create_app
from portal.core.clock import FixedClock
from portal.core.command import Room
from portal.core.database import Database
from portal.directory.models.services import Service
from portal.geography.territories import demonstration_territory
from tests.search.towns import NOGENT, Town, serving
from tests.tools.claims import every

POSITION = "48.517,3.727"
OTHERS = "48.496,3.502"
RESULTS, THEME = "/recherche?quoi=CAF&rayon=60", "/themes/petite-enfance"
VERSIONS = ("", "/en", "/simple", "/simple/en")


@pytest.fixture
def ids(town: Town, database: Database) -> list[str]:
    aids = "Les aides de la CAF : 100 % gratuit"
    town.knows(
        serving("Crèche du Lavoir", summary=aids, concepts=("PE02",)),
        serving("Crèche des Quais", NOGENT, summary=aids, concepts=("PE02",)),
        serving("Point CAF", NOGENT),
    )
    with database.reading() as session:
        return [each.public_id for each in session.query(Service).order_by(Service.id)]


@pytest.fixture
def room(database: Database, clock: FixedClock, tmp_path: Path) -> Room:
    return Room(data_dir=tmp_path, database=database, clock=clock)


def started(room: Room) -> FlaskClient:
    """Start a portal that has not drawn anything yet."""
    opened = Opened(secret_key="k" * 64, hosts=("localhost",))
    return create_app(room, demonstration_territory(), opened).test_client()


def read(browser: FlaskClient, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200
    return answer.text


def asked_by(position: str, shortlist: str) -> list[str]:
    """List what visitors ask who stand somewhere, have put a service on their list, both, or neither."""
    listed, near = f"s={shortlist}", f"ou={position}"
    return [RESULTS, f"{RESULTS}&{near}", f"{RESULTS}&{listed}", f"{RESULTS}&{near}&{listed}", f"{THEME}?{listed}"]


@pytest.mark.parametrize("version", VERSIONS)
def test_a_page_drawn_from_memory_is_the_page_drawn_anew(room: Room, ids: list[str], version: str) -> None:
    used = started(room)
    for address in (*asked_by(OTHERS, ids[1]), *asked_by(POSITION, f"{ids[2]},{ids[1]}")):
        read(used, version + address)
    mine = asked_by(POSITION, ids[0])
    from_memory = [read(used, version + address) for address in mine]
    assert from_memory == [read(started(room), version + address) for address in mine]


@pytest.mark.parametrize("version", VERSIONS)
def test_nothing_of_a_visitor_comes_to_the_next_one(room: Room, ids: list[str], version: str) -> None:
    used = started(room)
    theirs = [read(used, f"{version}{RESULTS}&ou={OTHERS}&s={ids[1]}") for _ in range(2)]
    mine = read(used, f"{version}{RESULTS}&ou={POSITION}")
    assert every(OTHERS in page and f"s={ids[1]}" in page for page in theirs)
    assert OTHERS not in mine
    assert f"s={ids[1]}" not in mine.replace(f"/ma-liste?s={ids[1]}&amp;", "")


def test_an_acronym_is_explained_once_on_a_page_drawn_from_memory(room: Room, ids: list[str]) -> None:
    browser = started(room)
    pages = [read(browser, f"{RESULTS}&ou=48.{place},3.5") for place in (517, 496, 518)]
    assert [page.count("<abbr") for page in pages] == [1, 1, 1]
    assert len(ids) == 3
