"""The commands of the search, as the person who keeps the portal uses them."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from portal.core.command import Room
from portal.geography.territories import DEMONSTRATION, written_territory
from portal.search.cli import index, search
from tests.search.towns import Town, serving


@pytest.fixture
def room(town: Town, tmp_path: Path) -> Room:
    town.change(serving("Crèche du Lavoir", opens="Mo-Fr 07:30-18:30", concepts=("PE02",)))
    file = tmp_path / "territoire.toml"
    file.write_bytes(written_territory(DEMONSTRATION))
    return Room(data_dir=tmp_path, database=town.database, clock=town.clock, territory=file, search_engine="whoosh")


def run(room: Room, *words: str) -> Result:
    command = search if words[0] == "search" else index
    return CliRunner().invoke(command, words[1:], obj=room, catch_exceptions=False)


def test_an_answer_reads_as_a_page_does(room: Room) -> None:
    lines = run(room, "search", "crèche à romilly").output.splitlines()
    assert lines[0] == "Compris : « romilly » = Romilly-sur-Seine (10)"
    assert lines[2] == "1 service, à 20 km au plus de Romilly-sur-Seine (10)."
    assert lines[3].strip() == "1. Crèche du Lavoir — Communauté de communes"
    assert "moins de 1\u00a0km" in lines[4]


def test_further_pages_are_named_and_shown(room: Room, town: Town) -> None:
    for rank in range(21):
        town.change(serving(f"Crèche {rank:02}", opens="Mo-Fr 07:30-18:30", concepts=("PE02",)))
    first, second = (run(room, "search", "crèche", "--page", page).output.splitlines() for page in ("1", "2"))
    assert first[-1] == "… et 2 de plus : ajoutez --page 2."
    assert [line[:4] for line in second if line[:4].strip().endswith(".")] == [" 21.", " 22."]


def test_an_answer_in_json_is_that_of_the_api(room: Room) -> None:
    body = json.loads(run(room, "search", "crèche", "--at", "10100", "--json").output)
    assert (body["total"], body["compris"]["lieu"]["code"]) == (1, "10323")


def test_words_can_be_searched_as_they_stand(room: Room) -> None:
    assert "Aucun service" in run(room, "search", "transprt", "--exact").output


def test_the_index_is_built_followed_and_verified(room: Room, town: Town) -> None:
    assert run(room, "index", "rebuild").output == "Index reconstruit : 1 points d’accès.\n"
    assert run(room, "index", "update").output == "L’index était déjà à jour.\n"
    town.change(serving("Ludothèque"))
    assert run(room, "index", "update").output == "Index à jour : 1 services relus.\n"
    assert run(room, "index", "verify").output == "L’index correspond à la base.\n"


def test_a_missing_index_is_said_and_built_again(room: Room) -> None:
    run(room, "index", "rebuild")
    shutil.rmtree(room.data_dir / "index")
    assert run(room, "index", "verify").exit_code == 3
    assert "reconstruit" in run(room, "index", "update").output
    assert run(room, "index", "verify").exit_code == 0
