"""What an installation is opened with: its key, its clock."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from config import read_settings
from importers.opening import TERRITORY_FILE, open_installation, secret_key


def test_local_key_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    settings = read_settings({"MAILLAGE_DATA_DIR": str(tmp_path)})
    key = secret_key(settings)
    assert (len(key), secret_key(settings)) == (64, key)
    assert [file.stat().st_mode & 0o777 for file in tmp_path.iterdir()] == [0o600]


def test_key_of_the_first_program_is_everybody_s(tmp_path: Path) -> None:
    settings = read_settings({"MAILLAGE_DATA_DIR": str(tmp_path)})
    with ThreadPoolExecutor(8) as programs:
        keys = set(programs.map(lambda _: secret_key(settings), range(32)))
    assert [len(key) for key in keys] == [64]


@pytest.mark.parametrize(
    ("written", "zone"),
    [
        ('time_zone = "America/Martinique"', "America/Martinique"),
        ('time_zone = "Mars/Olympus"', "Europe/Paris"),
        ("time_zone = [1]", "Europe/Paris"),
        ("a = " + "[" * 10_000, "Europe/Paris"),
    ],
)
def test_clock_follows_the_territory(tmp_path: Path, written: str, zone: str) -> None:
    (tmp_path / TERRITORY_FILE).write_text(written, encoding="utf-8")
    here = open_installation(read_settings({"MAILLAGE_DATA_DIR": str(tmp_path)}))
    here.database.close()
    assert here.clock.zone.key == zone
