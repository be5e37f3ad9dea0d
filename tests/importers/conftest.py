"""The command line as a person runs it: a real process, a data directory of its own."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from portal.core.locks import file_lock

ROOT = Path(__file__).resolve().parents[2]
Outcome = subprocess.CompletedProcess[str]
Maillage = Callable[..., Outcome]


def command(*words: str) -> list[str]:
    return [sys.executable, "-W", "error", "-c", "from importers.cli import main; main()", *words]


def surroundings(data_dir: Path, **settings: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MAILLAGE_")}
    return {**kept, "PYTHONPATH": str(ROOT), "MAILLAGE_DATA_DIR": str(data_dir), "LANG": "C.UTF-8", **settings}


def run(data_dir: Path, *words: str, **settings: str) -> Outcome:
    environment = surroundings(data_dir, **settings)
    return subprocess.run(
        command(*words), env=environment, cwd=data_dir.parent, capture_output=True, text=True, check=False
    )


@pytest.fixture
def maillage(tmp_path: Path) -> Maillage:
    """Run a command on a data directory that does not exist yet."""
    return partial(run, tmp_path / "data")


@pytest.fixture(scope="session")
def prepared_demonstration(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """Prepare the demonstration once for all processes of the suite: it is a thousand services."""
    own = tmp_path_factory.getbasetemp()
    shared = (own if worker_id == "master" else own.parent) / "demonstration"
    data_dir, done = shared / "made" / "data", shared / "done"
    with file_lock(shared / "lock", patience=600) as is_alone:
        assert is_alone
        if not done.exists():
            data_dir.parent.mkdir()
            outcome = run(data_dir, "init", "--demo")
            assert (outcome.returncode, outcome.stderr) == (0, "")
            done.touch()
    return data_dir


@pytest.fixture
def demonstration(prepared_demonstration: Path, tmp_path: Path) -> Path:
    """Give a data directory that `init --demo` has prepared, for `maillage` to work on."""
    return shutil.copytree(prepared_demonstration, tmp_path / "data")
