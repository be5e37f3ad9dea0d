"""A process killed between its commit and the index leaves nothing behind that the next one does not mend.

Set MAILLAGE_TEST_KILLS to kill more often than a usual run has time for.
"""

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from portal.core.database import Database
from portal.search.engines import EngineKind, open_engine
from portal.search.indexing import Difference, Indexing
from search_index.queries import Alternative, Clause, Query
from tests.tools.crashes import ROOT
from tests.tools.index_writer import indexing_in
from tests.tools.shelf import FileShelf

KILLS = int(os.environ.get("MAILLAGE_TEST_KILLS", "2"))


@pytest.fixture
def base(sqlite_shelf: FileShelf) -> Database:
    return sqlite_shelf.lend()


def start(base: Database, folder: Path) -> subprocess.Popen[str]:
    program = ROOT / "tests" / "tools" / "index_writer.py"
    process = subprocess.Popen(
        [sys.executable, str(program), f"sqlite:///{base.file}", str(folder)],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        cwd=ROOT,
    )
    assert process.stdout is not None
    assert process.stdout.readline().strip() == "ready"
    return process


def found(indexing: Indexing, *words: str) -> int:
    return indexing.engine.search(Query(clauses=(Clause((Alternative(words=words),)),), limit=0)).total


def test_a_killed_process_leaves_an_index_that_the_next_one_catches_up(base: Database, tmp_path: Path) -> None:
    chance = random.Random(7)
    for _ in range(KILLS):
        process = start(base, tmp_path)
        time.sleep(chance.uniform(0.05, 1.5))
        process.kill()
        process.communicate()
        mended = indexing_in(tmp_path, base)
        mended.make_ready()
        plain = indexing_in(tmp_path, base)
        plain.engine, plain.lock = open_engine(tmp_path, EngineKind.MEMORY, plain.vocabulary), None
        plain.rebuild()
        assert mended.difference() == Difference()
        assert not mended.is_behind()
        for words in (("relais",), ("relais", "bis"), ("parents",), ("communauté", "1")):
            assert found(mended, *words) == found(plain, *words)
