"""`script/setup` on a machine that lacks something says what, in one sentence, and changes nothing."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOOLS = ("bash", "cat", "cksum", "dirname", "env", "rm", "sh", "tr")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Copy what the script reads to a folder whose name has a space, with few tools and no Python."""
    folder = tmp_path / "mon dossier"
    (folder / "script").mkdir(parents=True)
    (tmp_path / "bin").mkdir()
    for name in ("script/setup", "pyproject.toml", "requirements.lock"):
        shutil.copy(ROOT / name, folder / name)
    for tool in TOOLS:
        (tmp_path / "bin" / tool).symlink_to(shutil.which(tool) or tool)
    return folder


def _python(checkout: Path, name: str, script: str) -> None:
    program = checkout.parent / "bin" / name
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)


def _refused(checkout: Path) -> str:
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith("MAILLAGE_")}
    surroundings["PATH"] = str(checkout.parent / "bin")
    outcome = subprocess.run(
        [str(checkout / "script" / "setup")], env=surroundings, capture_output=True, text=True, check=False
    )
    assert outcome.returncode == 1
    assert not (checkout / ".venv").exists()
    (sentence,) = outcome.stderr.strip().splitlines()
    return sentence


def test_machine_without_python_is_told_which_one(checkout: Path) -> None:
    assert _refused(checkout).endswith("Version trouvée : aucune.")


def test_python_too_old_is_named(checkout: Path) -> None:
    _python(checkout, "python3", 'if [ "$1" = --version ]; then echo Python 3.9.2; else exit 1; fi')
    assert _refused(checkout).endswith("Version trouvée : Python 3.9.2.")


def test_python_without_venv_names_the_package(checkout: Path) -> None:
    _python(checkout, "python3", f'case "$*" in *ensurepip*) exit 1;; esac\nexec "{sys.executable}" "$@"')
    assert "apt install python3-venv" in _refused(checkout)


SCRIPTS = sorted(path for path in (ROOT / "script").iterdir() if path.is_file() and os.access(path, os.X_OK))
OWN = ("setup", "serve", "document", "translate")
"""Those that pass on nothing to another program, which would refuse it itself."""


def _run(script: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(script), *arguments], cwd="/", capture_output=True, text=True, check=False)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_every_script_says_what_it_does_and_does_nothing_then(script: Path) -> None:
    for asked in ("--help", "-h"):
        outcome = _run(script, asked)
        assert (outcome.returncode, outcome.stderr) == (0, "")
        assert outcome.stdout.startswith(f"script/{script.name}")
        assert len(outcome.stdout.splitlines()) == 1


@pytest.mark.parametrize("name", OWN)
def test_option_that_no_script_has_is_refused(name: str) -> None:
    outcome = _run(ROOT / "script" / name, "--licorne")
    assert (outcome.returncode, outcome.stdout) == (2, "")
    assert "Option inconnue : --licorne" in outcome.stderr
