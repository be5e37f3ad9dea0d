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


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for package in PACKAGES:
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("*.pyc", "*.gz", "*.yaml"))
    for name in (".importlinter", "config.py"):
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


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


@pytest.mark.parametrize(("name", "line", "said"), BREACHES, ids=[name for name, _, _ in BREACHES])
def test_a_breach_is_refused_and_named(tree: Path, name: str, line: str, said: str) -> None:
    target = tree / name
    if target.with_suffix("").is_dir():
        target = target.with_suffix("") / "__init__.py"
    target.write_text(f'"""A breach."""\n{line}', encoding="utf-8")
    outcome = _lint(tree)
    assert outcome.returncode == 1
    assert said in _wall(outcome.stdout).replace("(l. 2)", "(l.2)")


def test_an_import_cycle_is_refused(tree: Path) -> None:
    (tree / "portal/core/hen.py").write_text('"""Hen."""\nimport portal.core.egg\n', encoding="utf-8")
    (tree / "portal/core/egg.py").write_text('"""Egg."""\nimport portal.core.hen\n', encoding="utf-8")
    outcome = _lint(tree)
    assert outcome.returncode == 1
    assert "No import cycle anywhere BROKEN" in _wall(outcome.stdout)
