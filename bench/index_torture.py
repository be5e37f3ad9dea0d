"""Hurt the index on purpose and say what stands afterwards: `bench/run index_torture`.

Two processes ask 20,000 questions while 150 commits and a rebuild go on beneath them; a writer is killed a hundred
times at random moments; each file is cut, flipped and removed while questions are asked. Any promise that does not
hold ends the program with a sentence.
"""

import random
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from multiprocessing import get_context
from multiprocessing.synchronize import Event
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from search_index.analysis import Analysis
from search_index.documents import Document, Part, Spot
from search_index.engine import Edit, IndexDamaged
from search_index.queries import Alternative, Clause, Near, Query
from search_index.whoosh_engine.engine import WhooshEngine
from search_index.whoosh_engine.states import POINTER, current_state

if TYPE_CHECKING:
    from multiprocessing.queues import Queue

LISTINGS = 20_000
READERS, READS, COMMITS = 2, 20_000, 150
KILLS = 100
PATIENCE = 120.0
HARMS = ("cut", "flipped", "removed")
WORDS = [f"mot{number}" for number in range(2_000)]
POOL = Query(clauses=(Clause((Alternative(words=("piscine",)),)),), facets=("theme",))
AROUND = Query(clauses=POOL.clauses, near=Near(Spot(48.5, 3.5), 50_000.0))

analysis = Analysis()
forking = get_context("fork")


def documents(chance: random.Random) -> list[Document]:
    """Make listings up."""
    return [_document(number, "Accueil", chance) for number in range(1, LISTINGS + 1)]


def _document(number: int, title: str, chance: random.Random) -> Document:
    spot = Spot(48.5 + chance.gauss(0, 0.1), 3.5 + chance.gauss(0, 0.1))
    text = " ".join(chance.choices(WORDS, k=60))
    tags = {"theme": (f"theme{number % 12}",)}
    return Document(key=number, group=number, texts={Part.TITLE: title, Part.TEXT: text}, tags=tags, spot=spot)


def added(number: int) -> Document:
    """Make the listing of a commit."""
    return _document(LISTINGS + number, "Piscine", random.Random(number))


def _edit(number: int) -> Edit:
    return Edit(frozenset((LISTINGS + number,)), (added(number),), mark=number)


def read_under_change(root: Path, chance: random.Random) -> None:
    """Ask from two processes while one changes the index; hits never become fewer, and what is new is seen soon."""
    held = documents(chance)
    writer = WhooshEngine(root, analysis)
    writer.rebuild(held)
    seen: Queue[tuple[str, float]] = forking.Queue()
    done = forking.Event()
    readers = [forking.Process(target=_read, args=(root, seen, done)) for _ in range(READERS)]
    for reader in readers:
        reader.start()
    committed, lasted = [0.0], []
    for number in range(1, COMMITS + 1):
        begun = time.monotonic()
        writer.apply(_edit(number))
        committed.append(time.monotonic())
        lasted.append(committed[-1] - begun)
        if number == COMMITS // 2:
            writer.rebuild([*held, *map(added, range(1, number + 1))], mark=number)
        time.sleep(0.02)
    done.set()
    told = [seen.get(timeout=PATIENCE) for _ in readers for _ in range(2)]
    for reader in readers:
        reader.join()
    _say_reading([(name, figure) for name, figure in told], lasted, [reader.exitcode for reader in readers])


def _read(root: Path, seen: "Queue[tuple[str, float]]", done: Event) -> None:
    engine, before, n_reads, slowest = WhooshEngine(root, analysis), (0, 0), 0, 0.0
    while n_reads < READS // READERS or not done.is_set():
        begun = time.monotonic()
        totals = engine.search(POOL).total, engine.search(AROUND).total
        slowest = max(slowest, time.monotonic() - begun)
        if totals[0] < before[0] or totals[1] < before[1]:
            sys.exit(f"fewer hits than before: {totals} after {before}")
        before, n_reads = totals, n_reads + 2
    if before[0] != COMMITS:
        sys.exit(f"{before} of {COMMITS} commits were seen at the end")
    seen.put(("reads", n_reads))
    seen.put(("slowest", slowest))


def _say_reading(told: list[tuple[str, float]], lasted: list[float], ends: list[int | None]) -> None:
    if any(ends):
        sys.exit("a reader failed")
    n_reads = sum(figure for name, figure in told if name == "reads")
    slowest = max(figure for name, figure in told if name == "slowest")
    print(f"{n_reads:.0f} reads in {READERS} processes during {COMMITS} commits and a rebuild: 0 errors, none fewer")
    print(f"slowest pair of reads {slowest * 1000:.1f} ms; a commit {median(lasted) * 1000:.1f} ms, median")


def see_soon(root: Path) -> None:
    """Measure how soon after a commit another process finds what it brought."""
    writer, asked, seen = WhooshEngine(root, analysis), forking.Queue(), forking.Queue()
    watcher = forking.Process(target=_watch, args=(root, asked, seen))
    watcher.start()
    delays = []
    for number in range(COMMITS + 1, COMMITS + 31):
        asked.put(number)
        time.sleep(0.01)
        writer.apply(_edit(number))
        committed = time.monotonic()
        delays.append(max(0.0, seen.get(timeout=PATIENCE) - committed))
    asked.put(0)
    watcher.join()
    print(
        f"a commit is found by another process {median(delays) * 1000:.1f} ms after, {max(delays) * 1000:.1f} at most"
    )


def _watch(root: Path, asked: "Queue[int]", seen: "Queue[float]") -> None:
    engine = WhooshEngine(root, analysis)
    while number := asked.get():
        while engine.search(POOL).total < number:
            time.sleep(0.0005)
        seen.put(time.monotonic())


def kill_writers(root: Path, chance: random.Random) -> None:
    """Kill a writer at random moments: the index is what it was, or what it was to be, and goes on."""
    engine = WhooshEngine(root, analysis)
    n_new = 0
    for number in range(COMMITS + 31, COMMITS + 31 + KILLS):
        before = engine.mark
        process = forking.Process(target=_write_on, args=(root, number))
        process.start()
        time.sleep(chance.uniform(0.01, 0.2))
        process.kill()
        process.join()
        fresh = WhooshEngine(root, analysis)
        fresh.verify()
        has_it = LISTINGS + number in fresh.keys
        if fresh.mark != (number if has_it else before) or process.exitcode not in {0, -signal.SIGKILL}:
            sys.exit(f"after kill {number} the index is neither the old nor the new one")
        n_new += has_it
    print(f"{KILLS} kills -9 of a writer: the index was the old one {KILLS - n_new} times, the new one {n_new} times")


def _write_on(root: Path, number: int) -> None:
    WhooshEngine(root, analysis).apply(_edit(number))


def harm_files(root: Path, folder: Path) -> None:
    """Cut, flip and remove each file while questions are asked; a rebuild heals."""
    n_harms = 0
    for place, (path, harm) in enumerate(_harms(root)):
        hurt = folder / str(place)
        shutil.copytree(root, hurt)
        serving = WhooshEngine(hurt, analysis)
        total = serving.search(POOL).total
        do_harm(hurt / path.relative_to(root), harm)
        try:
            if serving.search(AROUND).total > total:
                sys.exit(f"{path.name} {harm}: an answer that is none")
        except IndexDamaged:
            pass
        try:
            WhooshEngine(hurt, analysis).search(POOL)
            sys.exit(f"{path.name} {harm}: opened all the same")
        except IndexDamaged:
            serving.rebuild([added(1)])
        if WhooshEngine(hurt, analysis).search(POOL).total != 1:
            sys.exit(f"{path.name} {harm}: not healed")
        shutil.rmtree(hurt)
        n_harms += 1
    print(f"{n_harms} files cut, flipped or removed under an open engine: each told, each healed by a rebuild")


def _harms(root: Path) -> Iterator[tuple[Path, str]]:
    state = current_state(root)
    files = [root / POINTER, *(root / state.generation / name for name in (state.file_name, *state.seals))]
    return ((path, harm) for path in files for harm in HARMS)


def do_harm(path: Path, harm: str) -> None:
    """Remove a file, cut it in the middle, or flip 64 bytes there."""
    if harm == "removed":
        path.unlink()
        return
    content = bytearray(path.read_bytes())
    middle = len(content) // 2
    if harm == "cut":
        del content[middle:]
    else:
        content[middle : middle + 64] = bytes(byte ^ 0xFF for byte in content[middle : middle + 64])
    path.write_bytes(content)


def main(seed: int) -> None:
    """Do everything."""
    print(f"seed {seed}")
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "index"
        read_under_change(root, chance)
        see_soon(root)
        kill_writers(root, chance)
        harm_files(root, Path(folder))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1)
