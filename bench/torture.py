"""Hurt the database on purpose and say what stands afterwards: `bench/run torture`.

A hundred imports, fifty other writers and twenty restorations are killed at random moments, eight processes add to one
counter, backups are taken while people write. Any promise that does not hold ends the program with a sentence. The
seed changes every day and is printed; `bench/torture.py SEED` plays one again.
"""

import random
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from portal.core.models import ChangeHead
from portal.core.schema import migrate
from portal.directory import content as directory
from tests.tools import core_writer
from tests.tools.crashes import (
    ROOT,
    Tally,
    Writer,
    back_up_under_writes,
    kill_restorations,
    kill_rounds,
    lose_no_update,
    opened,
)

KILLS, KILLED_IMPORTS = 50, 100
RESTORATIONS = 20
PROCESSES = 8
UPDATES = 50
BACKUPS = 10

TOOLS = ROOT / "tests" / "tools"
WRITERS = {
    Writer(program=TOOLS / "intake_writer.py", contents=directory.CONTENTS): KILLED_IMPORTS,
    Writer(program=TOOLS / "directory_writer.py", contents=directory.CONTENTS): KILLS,
    Writer(program=TOOLS / "core_writer.py", contents=core_writer.CONTENTS): KILLS,
}
"""What is tortured, and how often it is killed; a room that writes adds its program and what it publishes."""


def main(seed: int) -> None:
    """Do everything, once for each writer."""
    print(f"seed {seed}")
    for writer, kills in WRITERS.items():
        print(f"-- {writer.program.stem}")
        with tempfile.TemporaryDirectory() as folder:
            torture(writer, Path(folder), random.Random(seed), kills)


def torture(writer: Writer, folder: Path, chance: random.Random, kills: int) -> None:
    """Print what each torture met."""
    begun = time.monotonic()
    tally = Tally()
    kill_rounds(writer, made(folder / "kills"), kills=kills, chance=chance, tally=tally)
    say("kill -9 of a writer", tally, begun)

    begun = time.monotonic()
    tally = Tally()
    kill_restorations(writer, made(folder / "restorations"), kills=RESTORATIONS, chance=chance, tally=tally)
    say("kill -9 of restore --replace", tally, begun)

    begun = time.monotonic()
    found = lose_no_update(writer, counter(folder / "counter"), processes=PROCESSES, times=UPDATES)
    lost = PROCESSES * UPDATES - found
    print(
        f"{PROCESSES} processes x {UPDATES} read-then-write: {lost} lost, 0 locked ({time.monotonic() - begun:.1f} s)"
    )

    begun = time.monotonic()
    committed = back_up_under_writes(writer, made(folder / "backups"), folder, times=BACKUPS)
    print(f"{BACKUPS} backups among {committed} commits: each restored to a committed content hash ({since(begun)})")
    if lost:
        raise SystemExit("updates were lost")


def say(what: str, tally: Tally, begun: float) -> None:
    """Print one line."""
    print(
        f"{what}: {tally.kills} kills, {tally.while_writing} before it was done; content old {tally.old}, "
        f"new {tally.new}, other 0; integrity, links and change log sound each time ({since(begun)})"
    )


def since(begun: float) -> str:
    """Tell how long it has taken."""
    return f"{time.monotonic() - begun:.1f} s"


def made(folder: Path) -> Path:
    """Make a fresh database."""
    folder.mkdir()
    with opened(folder / "maillage.sqlite") as database:
        migrate(database)
    return folder / "maillage.sqlite"


def counter(folder: Path) -> Path:
    """Make a fresh database with a counter at nought."""
    base = made(folder)
    with opened(base) as database, database.writing() as session:
        session.add(ChangeHead(id=1, length=0, digest=""))
    return base


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else int(f"{datetime.now(UTC):%Y%m%d}"))
