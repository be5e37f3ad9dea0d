"""The wheel carries all it needs, and the locks pin every package by its hash."""

import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ("requirements.lock", "tests/requirements.lock")
NEEDED = (
    "config.py",
    "portal/shipped/templates/web/layout.html",
    "portal/shipped/static/maillage.css",
    "portal/shipped/translations/fr/LC_MESSAGES/messages.mo",
    "portal/core/migrations/env.py",
    "portal/core/migrations/versions/0001_core.py",
    "portal/geography/reference/communes.csv.gz",
    "portal/vocabulary/reference/thesaurus.yaml",
    "importers/demo/services.yaml",
    "importers/demo/content/mairies.yaml",
)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = f"from hatchling.build import build_wheel; build_wheel({str(folder)!r})"
    subprocess.run([sys.executable, "-c", build], cwd=ROOT, check=True, capture_output=True)
    return next(folder.glob("maillage-*.whl"))


@pytest.mark.parametrize("name", NEEDED)
def test_wheel_carries_what_the_portal_needs(wheel: Path, name: str) -> None:
    assert name in zipfile.ZipFile(wheel).namelist()


def test_wheel_leaves_tests_and_tools_behind(wheel: Path) -> None:
    tops = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert {top for top in tops if "dist-info" not in top} == {"config.py", "importers", "portal", "search_index"}


def test_installed_portal_answers_as_a_checkout_does(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "installed")
    command = "from importers.cli import main; main()"
    outcome = subprocess.run(
        [sys.executable, "-c", command, "init", "--demo"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(tmp_path / "installed"), "MAILLAGE_DATA_DIR": str(tmp_path / "data"), "LANG": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert outcome.returncode == 0, outcome.stderr
    assert (tmp_path / "data" / "maillage.sqlite").is_file()


@pytest.mark.parametrize("name", LOCKS)
def test_lock_pins_and_hashes_every_package(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    entries = re.split(r"\n(?=[a-z0-9])", text)
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry or "==" not in entry] == []
    assert "://" not in text
