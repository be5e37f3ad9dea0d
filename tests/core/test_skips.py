"""What a skipped test means: nothing on a laptop, a failure where everything is said to be there."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SUITE = """
import pytest
def test_server(): pytest.skip("needs a server")
def test_files(): pytest.skip("the shared files are not here")
"""


def test_a_missing_need_fails_where_all_is_required(tmp_path: Path) -> None:
    (tmp_path / "test_a.py").write_text(SUITE)
    pytest_alone = [sys.executable, "-m", "pytest", "-c", os.devnull, "--rootdir", str(tmp_path)]
    environment = os.environ | {"MAILLAGE_TEST_REQUIRE_ALL": "1", "PYTHONPATH": str(ROOT)}
    command = [*pytest_alone, "-p", "tests.conftest", str(tmp_path)]
    ended = subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "1 failed, 1 skipped" in ended.stdout
