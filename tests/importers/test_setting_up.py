"""`maillage init`: a directory is prepared once, and never mixes what is real with what is not."""

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from importers.opening import TERRITORY_FILE
from portal.geography.territories import DEMONSTRATION, written_territory
from tests.importers.conftest import ROOT, Maillage, command, surroundings

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


def test_two_at_once_prepare_one_demonstration(told_by_both: list[str]) -> None:
    assert sum("Démonstration chargée" in each for each in told_by_both) == 1


def test_full_disk_is_said_and_leaves_room_for_another_try(maillage: Maillage, tmp_path: Path) -> None:
    small = ["sh", "-c", 'ulimit -f 600; exec "$@"', "sh", *command("init")]
    cut = subprocess.run(small, env=surroundings(tmp_path / "data"), capture_output=True, text=True, check=False)
    assert (cut.returncode, "Faites de la place" in cut.stderr) == (4, True), cut.stderr
    assert maillage("init").returncode == 0


def test_data_directory_that_is_a_file_is_said(maillage: Maillage, tmp_path: Path) -> None:
    (tmp_path / "data").write_text("", encoding="ascii")
    outcome = maillage("init")
    assert (outcome.returncode, str(tmp_path / "data") in outcome.stderr) == (4, True)


def test_territory_stays_when_the_database_is_newer(maillage: Maillage, tmp_path: Path) -> None:
    assert maillage("init").returncode == 0
    with closing(sqlite3.connect(tmp_path / "data" / "maillage.sqlite")) as base, base:
        base.execute("UPDATE alembic_version SET version_num = '9999'")
    assert maillage("init", "--territory", str(_real_territory(tmp_path))).returncode == 4
    assert not (tmp_path / "data" / TERRITORY_FILE).exists()


def test_everything_written_lies_in_the_data_directory(demonstration: Path, prepared_demonstration: Path) -> None:
    assert [path.name for path in prepared_demonstration.parent.iterdir()] == ["data"]
    assert (demonstration / TERRITORY_FILE).is_file()


def test_restored_demonstration_is_still_one(demonstration: Path, maillage: Maillage, tmp_path: Path) -> None:
    assert maillage("backup", str(tmp_path / "copie.zip")).returncode == 0
    shutil.rmtree(demonstration)
    assert maillage("restore", str(tmp_path / "copie.zip")).returncode == 0
    open_ones = [path for path in demonstration.rglob("*") if path.stat().st_mode & 0o007]
    assert open_ones == []
    again = maillage("init", "--demo")
    assert (again.returncode, "Démonstration chargée" in again.stdout) == (0, False), again.stderr


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


def test_missing_file_is_said_all_in_french(maillage: Maillage) -> None:
    outcome = maillage("restore", "absent.zip")
    assert (outcome.returncode, outcome.stderr.splitlines()[-1]) == (
        2,
        "Erreur : Valeur à corriger pour 'FICHIER' : Fichier 'absent.zip' n’existe pas.",
    )


def test_look_up_does_not_wait_for_the_web_server() -> None:
    program = (
        "import sys; from importers.cli import cli; import portal.geography.cli; "
        "print({'flask', 'gunicorn', 'yaml'} & set(sys.modules))"
    )
    loaded = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert loaded.stdout == "set()\n"


def test_library_that_is_missing_is_named() -> None:
    program = "import sys; sys.modules['yaml'] = None; from importers.cli import main; main()"
    cut = subprocess.run(
        [sys.executable, "-c", program, "vocabulary", "check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (cut.returncode, "« yaml »" in cut.stderr, "script/setup" in cut.stderr) == (1, True, True)
