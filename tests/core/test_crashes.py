"""A few crashes at random moments; `bench/run torture` does many."""

import random
from pathlib import Path

import pytest

from tests.tools.core_writer import CONTENTS
from tests.tools.crashes import ROOT, Tally, Writer, back_up_under_writes, kill_restorations, kill_rounds
from tests.tools.shelf import FileShelf

WRITER = Writer(program=ROOT / "tests" / "tools" / "core_writer.py", contents=CONTENTS)


@pytest.fixture
def base(sqlite_shelf: FileShelf) -> Path:
    database = sqlite_shelf.lend()
    database.close()
    assert database.file is not None
    return database.file


def test_a_killed_writer_leaves_old_or_new(base: Path) -> None:
    tally = Tally()
    kill_rounds(WRITER, base, kills=2, chance=random.Random(2), tally=tally)
    assert (tally.kills, tally.old + tally.new) == (2, 2)


def test_a_backup_under_writes_is_a_committed_state(base: Path, tmp_path: Path) -> None:
    assert back_up_under_writes(WRITER, base, tmp_path, times=2) >= 3


def test_a_killed_restoration_leaves_old_or_new(base: Path) -> None:
    tally = Tally()
    kill_restorations(WRITER, base, kills=2, chance=random.Random(3), tally=tally)
    assert tally.old + tally.new == 2
