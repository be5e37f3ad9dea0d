"""`maillage commune` answers a person in French and a program in JSON."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from portal.core.clock import FixedClock
from portal.core.command import Doors, Room
from portal.core.database import open_database
from portal.geography.cli import commune

SHAPE = ["code", "nom", "departement", "codes_postaux", "population", "lat", "lon"]


@pytest.fixture
def room(tmp_path: Path, clock: FixedClock) -> Room:
    """Give a place without database: looking up needs none."""
    return Room(data_dir=tmp_path, database=open_database(f"sqlite:///{tmp_path / 'none.sqlite'}"), clock=clock)


def _ask(room: Room, *words: str) -> Result:
    return CliRunner().invoke(Doors(commands=[commune]), ["commune", *words], obj=room)


def test_json_has_the_published_shape(room: Room) -> None:
    answer = json.loads(_ask(room, "st", "jean", "de", "maurienne", "--json").stdout)
    assert list(answer[0]) == SHAPE
    assert (answer[0]["code"], answer[0]["departement"], answer[0]["codes_postaux"]) == ("73248", "73", ["73300"])


@pytest.mark.parametrize(("option", "said"), [("--json", "[]\n"), ("--limit=3", "Aucune commune trouvée.")])
def test_nothing_found_is_no_failure(room: Room, option: str, said: str) -> None:
    result = _ask(room, "zzzzqqqq", option)
    assert result.exit_code == 0
    assert result.stdout.startswith(said)


def test_homonyms_are_told_apart_by_department(room: Room) -> None:
    lines = _ask(room, "Sainte-Colombe").stdout.splitlines()
    assert len(lines) == 12
    assert lines[0].startswith("69189  Sainte-Colombe (69 Rhône), 69560, ")


def test_old_code_says_what_it_became(room: Room) -> None:
    line = _ask(room, "23023").stdout
    assert "23023 Blaudeix est devenu 23149 Parsac" in line


def test_locality_says_its_name(room: Room) -> None:
    assert "; Val-d'Orvin : ancien nom" in _ask(room, "val d'orvin").stdout


def test_installed_territory_comes_first(room: Room, tmp_path: Path) -> None:
    source = Path(__file__).parents[2] / "portal/geography/reference/territories/petr-seine-en-plaine-champenoise.toml"
    at_home = Room(data_dir=tmp_path, database=room.database, clock=room.clock, territory=source)
    assert _ask(at_home, "saint-aubin").stdout.startswith("10334  Saint-Aubin (10 Aube), 10400, ")
    assert not _ask(room, "saint-aubin").stdout.startswith("10334")


def test_broken_territory_file_is_said(room: Room, tmp_path: Path) -> None:
    broken = Room(data_dir=tmp_path, database=room.database, clock=room.clock, territory=tmp_path / "none.toml")
    result = _ask(broken, "romilly")
    assert result.exit_code == 2
    assert "introuvable" in result.stderr
