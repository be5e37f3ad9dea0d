"""The order of the house holds, and a breach is named with its line."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("importers", "portal", "search_index")


def _lint(tree: Path) -> subprocess.CompletedProcess[str]:
    program = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache", "--config", ".importlinter"]
    environment = {**os.environ, "PYTHONPATH": str(tree), "COLUMNS": "200", "NO_COLOR": "1"}
    return subprocess.run(program, cwd=tree, env=environment, capture_output=True, text=True, check=False)


def _copy(folder: Path) -> Path:
    for package in PACKAGES:
        shutil.copytree(ROOT / package, folder / package, ignore=shutil.ignore_patterns("*.pyc", "*.gz", "*.yaml"))
    for name in (".importlinter", "config.py"):
        shutil.copy(ROOT / name, folder / name)
    return folder


def _wall(text: str) -> str:
    return " ".join(text.split())


def test_every_import_keeps_the_order() -> None:
    outcome = _lint(ROOT)
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr


BREACHES = [
    ("search_index/shelf.py", "import portal.core.text\n", "search_index.shelf -> portal.core.text (l.2)"),
    ("portal/pages/home/views.py", "import sqlalchemy\n", "portal.pages.home.views -> sqlalchemy (l.2)"),
    ("portal/attic.py", "", "portal.attic"),
    ("portal/core/upwards.py", "import portal.directory\n", "portal.core.upwards -> portal.directory (l.2)"),
    ("portal/hours/sideways.py", "import portal.geography\n", "portal.hours.sideways -> portal.geography (l.2)"),
    ("portal/hours/impure.py", "import sqlalchemy\n", "portal.hours.impure -> sqlalchemy (l.2)"),
    ("portal/directory/settings.py", "import config\n", "portal.directory.settings -> config (l.2)"),
    (
        "portal/directory/rules.py",
        "import portal.directory.models\n",
        "portal.directory.rules -> portal.directory.models (l.2)",
    ),
]


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Commit every breach in one tree, and give what is said of it: reading the house takes seconds."""
    broken = _copy(tmp_path_factory.mktemp("broken"))
    for name, line, _ in BREACHES:
        target = broken / name
        if target.with_suffix("").is_dir():
            target = target.with_suffix("") / "__init__.py"
        target.write_text(f'"""A breach."""\n{line}', encoding="utf-8")
    outcome = _lint(broken)
    assert outcome.returncode == 1
    return _wall(outcome.stdout).replace("(l. 2)", "(l.2)")


@pytest.mark.parametrize("said", [said for _, _, said in BREACHES], ids=[name for name, _, _ in BREACHES])
def test_a_breach_is_refused_and_named(found: str, said: str) -> None:
    assert said in found


def test_an_import_cycle_is_refused(tmp_path: Path) -> None:
    broken = _copy(tmp_path)
    (broken / "portal/core/hen.py").write_text('"""Hen."""\nimport portal.core.egg\n', encoding="utf-8")
    (broken / "portal/core/egg.py").write_text('"""Egg."""\nimport portal.core.hen\n', encoding="utf-8")
    outcome = _lint(broken)
    assert outcome.returncode == 1
    assert "No import cycle anywhere BROKEN" in _wall(outcome.stdout)
