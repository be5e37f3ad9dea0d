"""Two imports of one source at once, each a process of its own: the second is refused, and a dead one holds nothing."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.importers.conftest import ROOT, Maillage, surroundings
from tests.importers.pipeline.test_commands import GOOD, HEADER

HOLDER = """
import sys, time
from pathlib import Path
from portal.core.locks import file_lock
with file_lock(Path(sys.argv[1])) as is_alone:
    print(is_alone, flush=True)
    time.sleep(600)
"""


@contextmanager
def holding(lock: Path) -> Iterator[None]:
    """Let another process hold a lock, and die without letting it go."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(lock)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=surroundings(lock.parent),
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "True\n"
    yield
    process.kill()
    process.communicate()


def test_a_second_import_of_one_source_is_refused(maillage: Maillage, tmp_path: Path) -> None:
    assert maillage("init").returncode == 0
    file = tmp_path / "liste.csv"
    file.write_text(HEADER + GOOD, encoding="utf-8")
    with holding(tmp_path / "data" / "import-msap.lock"):
        second = maillage("import", "msap", str(file))
    assert second.returncode == 4
    assert "Un import de cette source est en cours" in second.stderr
    # The first one was killed: nothing has to be cleared by hand.
    assert maillage("import", "msap", str(file)).returncode == 0
