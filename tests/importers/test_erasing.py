"""A person who is erased is left in no byte of the data directory, the index and its former generations included."""

from pathlib import Path

from tests.importers.conftest import Maillage

NAME = "Zoltan Quikeberg"
BYTES = b"quikeberg"


def files_naming_somebody(data_dir: Path) -> list[str]:
    files = (path for path in data_dir.rglob("*") if path.is_file())
    return [str(path.relative_to(data_dir)) for path in files if BYTES in path.read_bytes().lower()]


def test_an_erased_name_is_in_no_file_of_the_index(demonstration: Path, maillage: Maillage) -> None:
    found = maillage("search", "crèche", "--json").stdout
    public_id = found.partition('"id":')[2].split('"')[1]
    for words in (f"Demandez {NAME}", "Demandez à l’accueil"):
        corrected = maillage("correct", public_id, "summary", words, "--reason", "vu sur place")
        assert corrected.returncode == 0, corrected.stderr
    assert any("recherche" in name or "index" in name for name in files_naming_somebody(demonstration))
    outcome = maillage("erase", "--name", NAME, "--reason", "demande du 20 novembre 2026", "--yes")
    assert (outcome.returncode, files_naming_somebody(demonstration)) == (0, []), outcome.stderr
    assert maillage("index", "verify").returncode == 0
