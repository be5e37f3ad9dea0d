"""What a skipped test means: nothing on a laptop, a failure where everything is said to be there."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SUITE = """
import pytest
def test_a(): pytest.skip({reason!r})
"""


@pytest.mark.parametrize(
    ("reason", "require_all", "ended"),
    [("needs a server", "1", 1), ("needs a server", "", 0), ("the shared files are not here", "1", 0)],
)
def test_a_missing_need_fails_only_where_all_is_required(
    tmp_path: Path, reason: str, require_all: str, ended: int
) -> None:
    (tmp_path / "test_a.py").write_text(SUITE.format(reason=reason))
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "tests.conftest",
        "--rootdir",
        str(tmp_path),
        "-c",
        os.devnull,
    ]
    environment = os.environ | {"MAILLAGE_TEST_REQUIRE_ALL": require_all, "PYTHONPATH": str(ROOT)}
    suite = subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, check=False)
    assert suite.returncode == ended
