"""A run killed anywhere leaves the directory as it was or as it was to be, and the next one needs no help."""

import random
from pathlib import Path

import pytest
from sqlalchemy import select

from portal.core.database import Database
from portal.directory import content
from portal.intake.models.sources import RunStep
from tests.tools import intake_writer
from tests.tools.crashes import ROOT, Tally, Writer, kill_rounds, opened
from tests.tools.shelf import FileShelf

WRITER = Writer(program=ROOT / "tests" / "tools" / "intake_writer.py", contents=content.CONTENTS)


@pytest.fixture
def base(sqlite_shelf: FileShelf) -> Path:
    database = sqlite_shelf.lend()
    database.close()
    assert database.file is not None
    return database.file


def test_a_killed_import_leaves_old_or_new(base: Path) -> None:
    tally = Tally()
    kill_rounds(WRITER, base, kills=4, chance=random.Random(5), tally=tally)
    assert (tally.kills, tally.old + tally.new) == (4, 4)


def test_the_killed_imports_do_all_that_imports_do(base: Path) -> None:
    with opened(base) as database:
        for number in range(1, 7):
            intake_writer.next_round(database)
            intake_writer.write_round(database, number)
        verbs = verbs_of(database)
    assert {"create", "change", "link", "close", "reopen", "absence"} <= verbs


def verbs_of(database: Database) -> set[str]:
    with database.reading() as session:
        return set(session.scalars(select(RunStep.verb).distinct()))
