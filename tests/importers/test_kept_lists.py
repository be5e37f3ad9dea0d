"""What is remembered of the territory's own lists, and what the commands say of it."""

import os
import pty
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from config import read_settings
from importers.cli import cli
from importers.opening import LISTS_FILE, open_installation
from tests.importers.conftest import command, surroundings
from tests.importers.sources.own_lists import a_row, a_sheet

Run = Callable[..., Result]
ELSEWHERE = a_row(Commune="Trifouillis", Code_postal="", Adresse="2 rue du Four")


def running_on(data_dir: Path) -> Run:
    kept = {name: None for name in os.environ if name.startswith("MAILLAGE_")}
    settings = {**kept, "MAILLAGE_DATA_DIR": str(data_dir)}
    return lambda *words: CliRunner().invoke(cli, [str(word) for word in words], env=settings)


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Prepare a data directory once."""
    data_dir = tmp_path_factory.mktemp("ready") / "data"
    assert running_on(data_dir)("init").exit_code == 0
    return data_dir


@pytest.fixture
def data_dir(ready: Path, tmp_path: Path) -> Path:
    return shutil.copytree(ready, tmp_path / "data")


@pytest.fixture
def run(data_dir: Path) -> Run:
    """Run a command on a data directory that is ready."""
    return running_on(data_dir)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Write one row of the general template."""
    written = tmp_path / "services.csv"
    written.write_bytes(a_sheet(a_row()))
    return written


def test_lists_of_two_sources_are_kept_side_by_side(run: Run, data_dir: Path, file: Path) -> None:
    relays = a_sheet({"Nom du relais": "Relais du Lavoir", "Commune": "Nogent-sur-Seine"})
    run("import", "tableur", file, "--list", "Mairie de Nogent")
    file.with_name("ram.csv").write_bytes(relays)
    assert run("import", "ram", file.with_name("ram.csv"), "--list", "relais").exit_code == 0
    kept = (data_dir / LISTS_FILE).read_text(encoding="utf-8")
    assert "[tableur.mairie-de-nogent]" in kept
    assert "[ram.relais]" in kept
    assert "1 inchangée" in run("import", "tableur", file).stdout


def test_new_name_among_known_ones_is_said(run: Run, file: Path) -> None:
    assert "Nouvelle liste" not in run("import", "tableur", file, "--list", "nogent").stdout
    outcome = run("import", "tableur", file, "--list", "nogant", "--dry-run")
    assert "Nouvelle liste « nogant » ; déjà connues : nogent." in outcome.stdout
    assert "Licence de « nogant » à préciser" in outcome.stdout


def test_dry_run_remembers_nothing(run: Run, data_dir: Path, file: Path) -> None:
    assert run("import", "tableur", file, "--list", "nogent", "--dry-run").exit_code == 0
    assert not (data_dir / LISTS_FILE).exists()


def test_spoilt_memory_says_where(run: Run, data_dir: Path, file: Path) -> None:
    (data_dir / LISTS_FILE).write_text("[tableur.nogent]\ncouleur = 1\n", encoding="utf-8")
    outcome = run("import", "tableur", file)
    assert (outcome.exit_code, "listes.toml : « couleur »" in outcome.stderr) == (5, True)


@pytest.mark.parametrize(
    ("options", "words"),
    [(("--map", "rien.toml"), "Il n’y a pas de carte"), (("--list", "!!!"), "ne peut pas nommer une liste")],
)
def test_wrong_option_is_a_wrong_use(run: Run, file: Path, options: tuple[str, ...], words: str) -> None:
    outcome = run("import", "tableur", file, *options)
    assert (outcome.exit_code, words in outcome.stderr) == (2, True)


def test_row_that_is_refused_alone_is_explained(run: Run, file: Path) -> None:
    file.write_bytes(a_sheet(a_row(), ELSEWHERE))
    outcome = run("explain", "tableur", file, "--line", "3")
    assert (outcome.exit_code, "Aucune commune" in outcome.stderr) == (3, True)


def test_joined_row_is_explained_with_those_it_goes_with(run: Run, file: Path) -> None:
    file.write_bytes(a_sheet(a_row(), a_row(Commune="Romilly-sur-Seine", Code_postal="10100")))
    assert "avec la ligne 3" in run("explain", "tableur", file, "--line", "2").stdout
    assert "5. Devenir : passée" in run("explain", "tableur", file, "--line", "3").stdout


def test_lists_travel_with_the_backup(data_dir: Path) -> None:
    here = open_installation(read_settings({"MAILLAGE_DATA_DIR": str(data_dir)}))
    assert data_dir / LISTS_FILE in here.companions


def test_workbook_is_not_poured_on_a_terminal(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    outcome = subprocess.run(
        command("template", "general"),
        env=surroundings(tmp_path / "data"),
        stdout=theirs,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(theirs)
    os.close(ours)
    assert outcome.returncode == 2
    assert "maillage template general > general.xlsx" in outcome.stderr.decode()
