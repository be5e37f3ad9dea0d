"""`maillage init`: a directory is prepared once, and never mixes what is real with what is not."""

from pathlib import Path

import pytest

from importers.opening import TERRITORY_FILE
from portal.geography.territories import DEMONSTRATION, written_territory
from tests.importers.conftest import Maillage

REAL = b'name = "Communes d\'essai"\nschool_zone = "B"\ncommunes = ["10323"]\n'


def _real_territory(folder: Path) -> Path:
    shipped = written_territory(DEMONSTRATION).decode()
    file = folder / "territoire.toml"
    file.write_text(shipped.replace("demonstration = true", "demonstration = false"), encoding="utf-8")
    return file


@pytest.mark.usefixtures("demonstration")
def test_second_demonstration_changes_nothing(maillage: Maillage) -> None:
    before = maillage("content-hash").stdout
    second = maillage("init", "--demo")
    assert second.returncode == 0, second.stderr
    assert "Démonstration chargée" not in second.stdout
    assert maillage("content-hash").stdout == before


def test_everything_written_lies_in_the_data_directory(demonstration: Path, prepared_demonstration: Path) -> None:
    assert [path.name for path in prepared_demonstration.parent.iterdir()] == ["data"]
    assert (demonstration / TERRITORY_FILE).is_file()


def test_directory_without_territory_is_ready_too(maillage: Maillage) -> None:
    outcome = maillage("init")
    assert (outcome.returncode, outcome.stderr) == (0, "")


def test_demonstration_is_refused_among_real_services(maillage: Maillage, tmp_path: Path) -> None:
    maillage("init", "--territory", str(_real_territory(tmp_path)))
    refused = maillage("init", "--demo")
    assert refused.returncode == 4
    assert "ne se mélangent pas" in refused.stderr


@pytest.mark.usefixtures("demonstration")
def test_real_territory_is_refused_among_fictional_services(maillage: Maillage, tmp_path: Path) -> None:
    assert maillage("init", "--territory", str(_real_territory(tmp_path))).returncode == 4


def test_faulty_territory_file_is_refused_before_anything_is_written(maillage: Maillage, tmp_path: Path) -> None:
    faulty = tmp_path / "faux.toml"
    faulty.write_bytes(REAL)
    outcome = maillage("init", "--territory", str(faulty))
    assert outcome.returncode == 2
    assert "publisher" in outcome.stderr
    assert not (tmp_path / "data").exists()


def test_commands_before_init_say_what_to_do(maillage: Maillage, tmp_path: Path) -> None:
    outcome = maillage("content-hash")
    assert outcome.returncode == 4
    assert "maillage init" in outcome.stderr
    assert not (tmp_path / "data").exists()


def test_wrong_setting_ends_every_command_with_a_sentence(maillage: Maillage) -> None:
    outcome = maillage("commune", "romilly", MAILLAGE_TIME_ZONE="Mars/Olympus")
    assert outcome.returncode == 2
    assert "MAILLAGE_TIME_ZONE" in outcome.stderr


def test_unknown_command_is_refused_in_french(maillage: Maillage) -> None:
    outcome = maillage("communne", "romilly")
    assert outcome.returncode == 2
    assert "n’existe pas" in outcome.stderr
