"""The command line as a person runs it: a process and a data directory of its own."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from portal.core.locks import file_lock
from tests.tools.forked import run_forked

ROOT = Path(__file__).resolve().parents[2]
Outcome = subprocess.CompletedProcess[str]
Maillage = Callable[..., Outcome]


def command(*words: str) -> list[str]:
    return [sys.executable, "-W", "error", "-c", "from importers.cli import main; main()", *words]


def surroundings(data_dir: Path, **settings: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MAILLAGE_")}
    return {**kept, "PYTHONPATH": str(ROOT), "MAILLAGE_DATA_DIR": str(data_dir), "LANG": "C.UTF-8", **settings}


def run(data_dir: Path, *words: str, **settings: str) -> Outcome:
    return run_forked(words, environment=surroundings(data_dir, **settings), folder=data_dir.parent)


@pytest.fixture
def maillage(tmp_path: Path) -> Maillage:
    """Run a command on a data directory that does not exist yet."""
    return partial(run, tmp_path / "data")


@pytest.fixture(scope="session")
def prepared_demonstration(common_folder: Path) -> Path:
    """Prepare the demonstration once for all processes of the suite: it is a thousand services."""
    shared = common_folder / "demonstration"
    data_dir, done = shared / "made" / "data", shared / "done"
    with file_lock(shared / "lock", patience=600) as is_alone:
        assert is_alone
        if not done.exists():
            data_dir.parent.mkdir()
            done.write_text(json.dumps(_prepare_twice_at_once(data_dir)), encoding="utf-8")
    return data_dir


@pytest.fixture(scope="session")
def told_by_both(prepared_demonstration: Path) -> list[str]:
    """Give what two commands said that prepared one demonstration at the same time."""
    told: list[str] = json.loads((prepared_demonstration.parents[1] / "done").read_text(encoding="utf-8"))
    return told


def _prepare_twice_at_once(data_dir: Path) -> list[str]:
    both = [
        subprocess.Popen(
            command("init", "--demo"),
            env=surroundings(data_dir),
            cwd=data_dir.parent,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    told = [process.communicate() for process in both]
    assert [(process.returncode, errors) for process, (_, errors) in zip(both, told, strict=True)] == [(0, "")] * 2
    return [said for said, _ in told]


@pytest.fixture
def demonstration(prepared_demonstration: Path, tmp_path: Path) -> Path:
    """Give a data directory that `init --demo` has prepared, for `maillage` to work on."""
    return shutil.copytree(prepared_demonstration, tmp_path / "data")
