"""The first visitor of a portal that has just been started waits for nothing to be read."""

from pathlib import Path

from sqlalchemy import event

from portal.app import Opened, create_app
from portal.core.clock import FixedClock
from portal.core.command import Room
from portal.core.database import Database
from portal.geography.territories import demonstration_territory
from tests.search.towns import Town, serving


def test_cards_are_there_before_the_first_visitor(
    town: Town, database: Database, clock: FixedClock, tmp_path: Path
) -> None:
    town.knows(serving("Crèche du Lavoir", concepts=("PE02",)))
    room = Room(data_dir=tmp_path, database=database, clock=clock)
    opened = Opened(secret_key="k" * 64, hosts=("localhost",))
    browser = create_app(room, demonstration_territory(), opened).test_client()
    sent: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda *told: sent.append(str(told[2])))
    assert "Crèche du Lavoir" in browser.get("/recherche?quoi=crèche").text
    assert not [each for each in sent if "FROM service" in each]
