"""`maillage vocabulary` speaks French and ends with the exit codes of the house."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from portal.vocabulary.cli import vocabulary
from portal.vocabulary.loading import shipped_text


def run(*arguments: str) -> Result:
    return CliRunner().invoke(vocabulary, arguments)


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    for name in ("thesaurus.yaml", "situations.yaml"):
        (tmp_path / name).write_text(shipped_text(name), encoding="utf-8")
    return tmp_path


def change(path: Path, old: str, new: str) -> str:
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    return str(path)


def test_the_shipped_files_pass_the_check() -> None:
    result = run("check")
    assert (result.exit_code, result.output) == (
        0,
        "17 familles, 160 concepts, 21 situations, 0 erreur, 0 avertissement.\n",
    )


def test_an_error_ends_with_three_and_names_the_line(shelf: Path) -> None:
    result = run("check", change(shelf / "situations.yaml", "services: [AD12, NU04]", "services: [AD12, NU99]"))
    assert result.exit_code == 3
    assert result.output.startswith("situations.yaml:71 : erreur : L’étape « Ouvrir l’eau")


def test_a_warning_alone_does_not_fail(shelf: Path) -> None:
    result = run("check", change(shelf / "thesaurus.yaml", "    tabac: [SA18, CO09]\n", ""))
    assert result.exit_code == 0
    assert "avertissement : « tabac » est revendiqué" in result.output


def test_a_changed_thesaurus_is_checked_against_the_situations(shelf: Path) -> None:
    result = run("check", change(shelf / "thesaurus.yaml", "- code: UR06", "- code: UR07"))
    assert result.exit_code == 3
    assert "situations.yaml:" in result.output


@pytest.mark.parametrize("content", [b"meta: [", b"- une\n- liste\n", b"\xff\xfe", b""])
def test_an_unreadable_file_ends_with_five(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "thesaurus.yaml"
    path.write_bytes(content)
    assert run("check", str(path)).exit_code == 5


def test_a_missing_file_ends_with_five(tmp_path: Path) -> None:
    result = run("check", str(tmp_path / "absent.yaml"))
    assert result.exit_code == 5
    assert "n’existe pas" in result.output


@pytest.mark.parametrize(
    ("table", "code", "words"),
    [
        ('hide = ["CS07"]', 0, "160 concepts"),
        ('hide = ["ZZ07"]', 3, "territoire.toml : erreur : « ZZ07 » n’existe pas"),
        ("hide = ]", 5, "n’est pas du TOML valide à la ligne 2"),
        ("hide = [", 5, "n’est pas du TOML valide : corrigez-le"),
    ],
)
def test_a_territory_file_is_checked_too(tmp_path: Path, table: str, code: int, words: str) -> None:
    path = tmp_path / "territoire.toml"
    path.write_text(f"[vocabulary]\n{table}\n", encoding="utf-8")
    result = run("check", str(path))
    assert (result.exit_code, words in result.output) == (code, True)


def test_a_file_saved_with_its_mark_is_read(tmp_path: Path) -> None:
    path = tmp_path / "territoire.toml"
    path.write_text("[vocabulary]\n", encoding="utf-8-sig")
    assert run("check", str(path)).exit_code == 0


def test_an_ambiguous_acronym_shows_both_senses() -> None:
    result = run("show", "css")
    assert result.exit_code == 0
    assert [line[:4] for line in result.output.splitlines() if line[:2] in {"SO", "SA"}] == ["SO05", "SA19"]


def test_a_code_and_a_former_acronym_are_shown() -> None:
    assert "Relais petite enfance" in run("show", "pe01").output
    assert "« RAM » : ancien sigle, en usage jusqu’en 2021" in run("show", "RAM").output


def test_unknown_words_are_said_to_be_unknown() -> None:
    result = run("show", "bateau", "mouche")
    assert result.exit_code == 3
    assert "« bateau mouche »" in result.output
