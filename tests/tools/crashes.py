"""Breaking things on purpose: kill writers, backups and restorations, and look at what stands afterwards."""

import os
import random
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from portal.core.audit import verify_chain
from portal.core.backup import back_up, restore
from portal.core.content_hash import Content, content_hash
from portal.core.database import Database, open_database
from tests.tools.patience import PATIENCE

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2026, 11, 21, 8, tzinfo=UTC)


@dataclass(frozen=True)
class Writer:
    """What is tortured: a program that takes a URL and a round, and what its rounds change.

    The program says "ready" before it writes and "done" after; a round is one unit of work, the same from the same
    state.
    """

    program: Path
    contents: tuple[Content, ...]


@dataclass
class Tally:
    """What the kills met."""

    kills: int = 0
    while_writing: int = 0
    old: int = 0
    new: int = 0


def kill_rounds(writer: Writer, base: Path, *, kills: int, chance: random.Random, tally: Tally) -> None:
    """Kill a writer at random moments; each time the content is old or new, and the next run ends as it should."""
    for number in range(1, kills + 1):
        old = state_of(writer, base)
        new, lasting = _rehearse(writer, base, number)
        is_done = _kill(writer, base, number, after=chance.uniform(0, lasting * 1.1))
        found = state_of(writer, base)
        expect(found in {old, new}, f"kill {number}: the content is neither old nor new")
        expect(not (is_done and found == old), f"kill {number}: what was said done is lost")
        tally.kills += 1
        tally.while_writing += not is_done
        tally.old += found == old
        tally.new += found == new
        if found == old:
            run(writer, base, str(number))
            expect(state_of(writer, base) == new, f"kill {number}: the next run went wrong")


def state_of(writer: Writer, base: Path) -> str:
    """Check that a database is sound and tell its content hash."""
    with opened(base) as database, database.reading() as session:
        expect(verify_chain(session) is None, "the change log does not verify")
        found = content_hash(session, writer.contents)
    with closing(sqlite3.connect(base)) as connection:
        expect(connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)], "the integrity check fails")
        expect(connection.execute("PRAGMA foreign_key_check").fetchall() == [], "rows point nowhere")
    return found


def lose_no_update(writer: Writer, base: Path, *, processes: int, times: int) -> int:
    """Let processes add to one counter at the same time and tell how many additions are there."""
    started = [start(writer, base, "count", str(times)) for _ in range(processes)]
    ended = [each.communicate(timeout=PATIENCE) for each in started]
    expect(all(each.returncode == 0 for each in started), f"a writer failed: {[error for _, error in ended if error]}")
    with closing(sqlite3.connect(base)) as connection:
        return int(connection.execute("SELECT length FROM change_head").fetchone()[0])


def back_up_under_writes(writer: Writer, base: Path, folder: Path, *, times: int) -> int:
    """Back up while a writer writes: each copy restores to a state it committed. Tell how many states there were."""
    process = start(writer, base, "forever")
    copies = []
    assert process.stdout is not None
    committed = {process.stdout.readline().strip()}
    for number in range(times):
        copies.append(folder / f"{number}.zip")
        with opened(base) as database:
            back_up(database, copies[-1], now=NOW)
        committed.add(process.stdout.readline().strip())
    process.kill()
    committed |= {line.strip() for line in process.communicate()[0].splitlines()}
    # The last round may have been committed without having been told.
    committed.add(state_of(writer, base))
    for number, copy in enumerate(copies):
        target = folder / f"restored-{number}" / "maillage.sqlite"
        with opened(target) as database:
            restore(database, copy, replace=False, now=NOW)
        expect(state_of(writer, target) in committed, f"backup {number} is not a committed state")
    return len(committed)


RESTORE = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from portal.core.backup import restore
from portal.core.database import open_database
print("ready", flush=True)
restore(open_database(sys.argv[1]), Path(sys.argv[2]), replace=True, now=datetime.now(UTC))
print("done", flush=True)
"""


def kill_restorations(writer: Writer, base: Path, *, kills: int, chance: random.Random, tally: Tally) -> None:
    """Kill restorations over a live database at random moments: it holds the old content or the new, whole."""
    copy = base.with_name("kept.zip")
    with opened(base) as database:
        back_up(database, copy, now=NOW)
    new = state_of(writer, base)
    process = _restoring(base, copy)
    begun = _wait_for_ready(process)
    process.communicate(timeout=PATIENCE)
    lasting = time.monotonic() - begun
    for number in range(1, kills + 1):
        run(writer, base, str(number))
        old = state_of(writer, base)
        is_done = _kill_after(_restoring(base, copy), chance.uniform(0, lasting * 1.1))
        found = state_of(writer, base)
        expect(found in {old, new}, f"restoration {number}: the content is neither old nor new")
        expect(not (is_done and found == old), f"restoration {number}: said done, but nothing was restored")
        tally.kills += 1
        tally.while_writing += not is_done
        tally.old += found == old
        tally.new += found == new
        with opened(base) as database:
            restore(database, copy, replace=True, now=NOW)


def run(writer: Writer, base: Path, *arguments: str) -> None:
    """Run a writer to its end."""
    process = start(writer, base, *arguments)
    _, error = process.communicate(timeout=PATIENCE)
    expect(process.returncode == 0, f"the writer failed: {error}")


def start(writer: Writer, base: Path, *arguments: str) -> subprocess.Popen[str]:
    """Start a writer."""
    return _python(str(writer.program), _url(base), *arguments)


@contextmanager
def opened(base: Path) -> Iterator[Database]:
    """Open a database for a while."""
    database = open_database(_url(base))
    try:
        yield database
    finally:
        database.close()


def expect(condition: bool, sentence: str) -> None:  # noqa: FBT001 - reads as a sentence
    """Stop with a sentence when something does not hold."""
    if not condition:
        raise AssertionError(sentence)


def _rehearse(writer: Writer, base: Path, number: int) -> tuple[str, float]:
    """Write the round into a copy: what it makes, and how long it takes from ready to done."""
    copy = base.with_name("rehearsal.sqlite")
    copy.unlink(missing_ok=True)
    with closing(sqlite3.connect(base)) as origin, closing(sqlite3.connect(copy)) as target:
        origin.backup(target)
    process = start(writer, copy, str(number))
    begun = _wait_for_ready(process)
    process.communicate(timeout=PATIENCE)
    lasting = time.monotonic() - begun
    return state_of(writer, copy), lasting


def _kill(writer: Writer, base: Path, number: int, *, after: float) -> bool:
    return _kill_after(start(writer, base, str(number)), after)


def _kill_after(process: subprocess.Popen[str], seconds: float) -> bool:
    """Kill a program some time after it said that it was ready; tell whether it had said that it was done."""
    _wait_for_ready(process)
    time.sleep(seconds)
    process.kill()
    return "done" in process.communicate()[0]


def _wait_for_ready(process: subprocess.Popen[str]) -> float:
    assert process.stdout is not None
    if process.stdout.readline().strip() != "ready":
        raise AssertionError(f"the program did not start: {process.communicate()[1]}")
    return time.monotonic()


def _restoring(base: Path, copy: Path) -> subprocess.Popen[str]:
    return _python("-c", RESTORE, _url(base), str(copy))


def _python(*arguments: str) -> subprocess.Popen[str]:
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        [sys.executable, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
        cwd=ROOT,
    )


def _url(base: Path) -> str:
    return f"sqlite:///{base}"
