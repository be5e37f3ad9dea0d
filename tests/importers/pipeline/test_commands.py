"""`maillage import`, `check`, `explain` and `sources`, as a person runs them: sentences, exit codes, the report."""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from click.testing import CliRunner, Result

from importers.cli import cli
from portal.core.command import ExitCode
from portal.geography.territories import DEMONSTRATION, written_territory
from tests.tools.claims import every

HEADER = "id_fs,lib_fs,adresse,insee_com,code_postal,lib_com,telephone,h_lundi,format_fs\n"
GOOD = "901,France services d’essai,1 rue du Lavoir,10323,10100,Romilly-sur-Seine,03 53 01 00 01,09:00 - 12:00,Fixe\n"
LOST = "902,France services perdue,1 rue du Lavoir,10999,,Trifouillis,,,Fixe\n"
UNNAMED = ",,1 rue du Lavoir,10323,10100,Romilly-sur-Seine,,,Fixe\n"
Run = Callable[..., Result]


def running_on(data_dir: Path) -> Run:
    kept = {name: None for name in os.environ if name.startswith("MAILLAGE_")}
    settings = {**kept, "MAILLAGE_DATA_DIR": str(data_dir)}
    return lambda *words: CliRunner().invoke(cli, [str(word) for word in words], env=settings)


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run a command on a data directory that does not exist yet."""
    return running_on(tmp_path / "data")


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Prepare a data directory once."""
    data_dir = tmp_path_factory.mktemp("ready") / "data"
    assert running_on(data_dir)("init").exit_code == ExitCode.DONE
    return data_dir


@pytest.fixture
def prepared(ready: Path, tmp_path: Path) -> Run:
    """Run a command on a data directory that is ready."""
    return running_on(shutil.copytree(ready, tmp_path / "data"))


@pytest.fixture
def a_file(tmp_path: Path) -> Callable[..., Path]:
    """Write a list of France services."""

    def written(*rows: str, name: str = "liste.csv") -> Path:
        file = tmp_path / name
        file.write_text(HEADER + "".join(rows), encoding="utf-8")
        return file

    return written


def report_of(file: Path) -> dict[str, Any]:
    report: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return report


def test_import_twice_changes_nothing(prepared: Run, a_file: Callable[..., Path]) -> None:
    file = a_file(GOOD)
    first, before = prepared("import", "msap", file), prepared("content-hash").stdout
    second = prepared("import", "msap", file)
    assert (first.exit_code, second.exit_code) == (ExitCode.DONE, ExitCode.DONE)
    assert "1 créée" in first.stdout
    assert "1 inchangée" in second.stdout
    assert prepared("content-hash").stdout == before


def test_report_accounts_for_every_row(prepared: Run, a_file: Callable[..., Path], tmp_path: Path) -> None:
    report = tmp_path / "rapport.json"
    outcome = prepared("import", "msap", a_file(GOOD, LOST, UNNAMED, GOOD), "--report", report)
    said = report_of(report)
    assert outcome.exit_code == ExitCode.PROBLEMS
    assert [said[name] for name in ("read", "created", "duplicate", "quarantined", "refused")] == [4, 1, 1, 1, 1]
    assert {reason["line"] for reason in said["reasons"]} == {3, 4}
    assert every(reason["message"] and reason["code"] for reason in said["reasons"])


def test_lists_of_a_folder_come_in_one_after_the_other(
    prepared: Run, a_file: Callable[..., Path], tmp_path: Path
) -> None:
    folder, report = tmp_path / "listes", tmp_path / "rapport.json"
    folder.mkdir()
    for day, row in (("20240801", GOOD), ("20260901", GOOD.replace("1 rue du", "2 rue du"))):
        a_file(row, name=f"listes/fs-{day}.csv")
    outcome = prepared("import", "msap", folder, "--report", report)
    said = report_of(report)
    assert outcome.exit_code == ExitCode.DONE
    assert (said["read"], said["created"], said["updated"]) == (2, 1, 1)
    assert [each["file"] for each in said["lists"]] == ["fs-20240801.csv", "fs-20260901.csv"]


def test_one_spoilt_list_does_not_stop_the_others(prepared: Run, a_file: Callable[..., Path], tmp_path: Path) -> None:
    (tmp_path / "listes").mkdir()
    a_file(GOOD, name="listes/fs-20240801.csv")
    a_file(GOOD, '903,"sans fin', name="listes/fs-20260901.csv")
    outcome = prepared("import", "msap", tmp_path / "listes")
    assert outcome.exit_code in (ExitCode.PROBLEMS, ExitCode.UNREADABLE)
    assert "1 créée" in outcome.stdout


def test_what_left_the_list_is_counted(prepared: Run, a_file: Callable[..., Path]) -> None:
    prepared("import", "msap", a_file(GOOD, GOOD.replace("901", "902").replace("essai", "Romilly")))
    outcome = prepared("import", "msap", a_file(GOOD))
    assert "Fiches qui ne sont plus dans la liste : 1." in outcome.stdout


def test_dry_run_writes_nothing(prepared: Run, a_file: Callable[..., Path]) -> None:
    before = prepared("content-hash").stdout
    outcome = prepared("import", "msap", a_file(GOOD), "--dry-run")
    assert "Essai à blanc" in outcome.stdout
    assert prepared("content-hash").stdout == before
    assert "jamais importée" in prepared("sources").stdout


@pytest.mark.parametrize(
    ("content", "words"), [(b"\x89PNG\r\n\x1a\n", "image"), (b"a,b,c\n1,2,3\n", "id_fs"), (b"", "vide")]
)
def test_unreadable_file_still_has_a_report(prepared: Run, tmp_path: Path, content: bytes, words: str) -> None:
    file, report = tmp_path / "liste.csv", tmp_path / "rapport.json"
    file.write_bytes(content)
    outcome = prepared("import", "msap", file, "--report", report)
    assert outcome.exit_code == ExitCode.UNREADABLE
    assert words in report_of(report)["reasons"][0]["message"]


def test_refused_run_says_why_in_its_report(prepared: Run, a_file: Callable[..., Path], tmp_path: Path) -> None:
    many = [GOOD.replace("901", str(number)).replace("d’essai", f"d’essai {number}") for number in range(901, 921)]
    prepared("import", "msap", a_file(*many))
    report = tmp_path / "rapport.json"
    outcome = prepared("import", "msap", a_file(*many[:5]), "--report", report)
    assert outcome.exit_code == ExitCode.REFUSED
    assert report_of(report)["reasons"][0]["line"] == 0
    assert prepared("import", "msap", a_file(*many[:5]), "--accept-loss").exit_code == ExitCode.DONE


def test_import_before_init_says_what_to_do(run: Run, a_file: Callable[..., Path], tmp_path: Path) -> None:
    report = tmp_path / "rapport.json"
    outcome = run("import", "msap", a_file(GOOD), "--report", report)
    assert outcome.exit_code == ExitCode.REFUSED
    assert "maillage init" in outcome.stderr
    assert "maillage init" in report_of(report)["reasons"][0]["message"]


def test_private_address_is_not_fetched(prepared: Run) -> None:
    outcome = prepared("import", "msap", "http://127.0.0.1:1/liste.csv")
    assert outcome.exit_code == ExitCode.UNREADABLE


@pytest.mark.parametrize("where", ["ftp://donnees.example/liste.csv", "FILE:///tmp/liste.csv"])
@pytest.mark.parametrize("command", ["import", "check"])
def test_link_of_another_kind_is_told_from_a_missing_file(prepared: Run, command: str, where: str) -> None:
    outcome = prepared(command, "msap", where)
    assert outcome.exit_code == ExitCode.UNREADABLE
    assert "Seules les adresses http:// et https:// se téléchargent" in outcome.stderr


def test_check_needs_no_database(run: Run, a_file: Callable[..., Path]) -> None:
    outcome = run("check", "msap", a_file(GOOD, LOST))
    assert outcome.exit_code == ExitCode.PROBLEMS
    assert "id_fs → identifiant" in outcome.stdout
    assert "Lignes : 2 (1 acceptée, 1 en quarantaine)" in outcome.stdout


def test_check_without_a_base_obeys_the_territory_file(a_file: Callable[..., Path], tmp_path: Path) -> None:
    file = tmp_path / "territoire.toml"
    file.write_bytes(written_territory(DEMONSTRATION))
    far = GOOD.replace("10323", "29019").replace("10100", "29200").replace("Romilly-sur-Seine", "Brest")
    settings = {"MAILLAGE_DATA_DIR": str(tmp_path / "data"), "MAILLAGE_TERRITORY": str(file)}
    outcome = CliRunner().invoke(cli, ["check", "msap", str(a_file(GOOD, far))], env=settings)
    assert outcome.exit_code == ExitCode.DONE, outcome.output
    assert "1 passée" in outcome.stdout
    assert not (tmp_path / "data").exists()


def test_check_names_what_it_does_not_read(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "liste.csv"
    file.write_text(HEADER.replace("format_fs", "couleur") + GOOD, encoding="utf-8")
    outcome = run("check", "msap", file)
    assert (outcome.exit_code, "Colonnes non lues : couleur" in outcome.stdout) == (ExitCode.DONE, True)


def test_check_tells_what_the_import_would_do(prepared: Run, a_file: Callable[..., Path]) -> None:
    far = GOOD.replace("901,", "903,").replace("10323,10100,Romilly-sur-Seine", "29019,29200,Brest")
    file = a_file(GOOD, LOST, GOOD, far, UNNAMED)
    outcome = prepared("check", "msap", file)
    [line] = [line for line in outcome.stdout.splitlines() if line.startswith("Lignes lues")]
    assert line == "Lignes lues : 5 (2 créées, 1 en double, 1 en quarantaine, 1 refusée)."
    assert prepared("runs").stdout == "Aucun import n’a encore été fait.\n"
    imported = prepared("import", "msap", file)
    assert (line in imported.stdout, outcome.exit_code) == (True, imported.exit_code)


def test_check_passes_over_what_lies_outside_the_territory(
    ready: Path, a_file: Callable[..., Path], tmp_path: Path
) -> None:
    territory = tmp_path / "territoire.toml"
    territory.write_bytes(written_territory(DEMONSTRATION))
    far = GOOD.replace("901,", "903,").replace("10323,10100,Romilly-sur-Seine", "29019,29200,Brest")
    settings = {"MAILLAGE_DATA_DIR": str(ready), "MAILLAGE_TERRITORY": str(territory)}
    outcome = CliRunner().invoke(cli, ["check", "msap", str(a_file(GOOD, far))], env=settings)
    assert "Lignes lues : 2 (1 créée, 1 passée)." in outcome.stdout


@pytest.mark.parametrize("name", ["ram", "laep"])
def test_check_names_no_column_that_is_ours(prepared: Run, tmp_path: Path, name: str) -> None:
    file = tmp_path / f"{name}.xlsx"
    prepared("template", name, "--output", file)
    told = prepared("check", name, file).stdout
    assert "Colonnes lues" in told
    assert "fate" not in told


def test_line_is_explained_stage_by_stage(prepared: Run, a_file: Callable[..., Path]) -> None:
    outcome = prepared("explain", "msap", a_file(GOOD, LOST), "--line", "3")
    assert outcome.exit_code == ExitCode.DONE
    assert [line[0] for line in outcome.stdout.splitlines() if line[0] != " "] == ["1", "2", "3", "4", "5"]
    assert "5. Devenir : en quarantaine" in outcome.stdout


def test_line_that_is_not_there_is_a_wrong_use(prepared: Run, a_file: Callable[..., Path]) -> None:
    assert prepared("explain", "msap", a_file(GOOD), "--line", "9").exit_code == ExitCode.USAGE


def test_unknown_source_is_a_wrong_use(run: Run) -> None:
    assert run("import", "rien", "liste.csv").exit_code == ExitCode.USAGE


def test_sources_say_their_licence_and_freshness(prepared: Run, a_file: Callable[..., Path]) -> None:
    prepared("import", "msap", a_file(GOOD, name="liste-20240801.csv"))
    lines = prepared("sources").stdout
    assert "Licence Ouverte 2.0" in lines
    assert "liste du 01/08/2024, 1 ligne (Licence Ouverte 2.0)" in lines


@pytest.mark.parametrize(("most", "code"), [("1", ExitCode.UNREADABLE), ("2", ExitCode.PROBLEMS)])
def test_caps_of_an_import_are_those_of_the_settings(
    ready: Path, a_file: Callable[..., Path], tmp_path: Path, most: str, code: ExitCode
) -> None:
    data_dir = shutil.copytree(ready, tmp_path / "data")
    settings = {"MAILLAGE_DATA_DIR": str(data_dir), "MAILLAGE_IMPORT_MAX_ROWS": most}
    for words in (["check"], ["import"]):
        outcome = CliRunner().invoke(cli, [*words, "msap", str(a_file(GOOD, LOST))], env=settings)
        assert outcome.exit_code == code, outcome.output
    with ZipFile(tmp_path / "listes.zip", "w") as archive:
        archive.write(a_file(GOOD, LOST), "liste.csv")
    assert CliRunner().invoke(cli, ["check", "msap", str(tmp_path / "listes.zip")], env=settings).exit_code == code
