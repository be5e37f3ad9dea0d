"""Measure the search engine beside its rivals: the same made-up listings, the same questions, one after the other.

    python -m bench.search                          5,000 listings
    python -m bench.search 50000                    as many as one likes
    python -m bench.search 5000 --departments 10    all in one département: many more of them near
    python -m bench.search 500000 --without whoosh --passes 3
    python -m bench.search 50000 --together 2       and how many questions a second two processes answer

In each of several passes every engine answers all questions of a kind, one engine after the other; a figure is the
median over the passes, "first" that of the pass before them, which met every question for the first time. Rivals get
the terms of our analysis, statements and queries made beforehand, and one optimised segment. They must find the same
listings: where they do not, the share that differs stands beside the time. `tantivy` is measured when it is installed
(`pip install --group bench`).
"""

import argparse
import importlib
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.search_listings import Ask, Listing, Scene, asks, listings
from bench.search_peers import Asker, Found, Ours, Peer, size_of
from bench.search_together import print_together
from search_index.analysis import fold

ROOT = Path(__file__).resolve().parents[1]
RIVALS = {
    "fts5": ("bench.search_fts5", "Fts5"),
    "whoosh": ("bench.search_whoosh", "PlainWhoosh"),
    "tantivy": ("bench.search_tantivy", "Tantivy"),
}
ASKS, PASSES, CHECKED = 100, 7, 25
SHARE = 0.95
EVERYTHING = 1_000_000


@dataclass(frozen=True)
class Times:
    """Milliseconds of the questions of one kind in one pass, by the clock and of the processor."""

    clock: list[float]
    processor: list[float]


def main(arguments: Sequence[str]) -> None:
    """Print every figure, or do a part of the work as a process of its own."""
    if arguments[:1] == ["--child"]:
        _child(*arguments[1:])
        return
    asked = _arguments(arguments)
    scene = Scene(asked.count, frozenset(asked.departments))
    peers = {"ours": _peer("ours")} | {name: _peer(name) for name in RIVALS if name not in asked.without}
    with tempfile.TemporaryDirectory(dir=asked.folder) as folder:
        built = {name: peer for name, peer in peers.items() if peer}
        where = " of " + ", ".join(sorted(scene.departments)) if scene.departments else ""
        print(f"{scene.count} listings{where}\n")
        _print_builds(built, Path(folder), scene, asked.asks)
        _print_questions(built, Path(folder), scene, asked)
        if asked.together:
            print_together(built, Path(folder), asks(scene, asked.asks)["page"], asked.together)


def _arguments(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", nargs="?", type=int, default=5_000)
    parser.add_argument("--departments", nargs="+", default=[])
    parser.add_argument("--without", nargs="+", choices=list(RIVALS), default=[])
    parser.add_argument("--passes", type=int, default=PASSES)
    parser.add_argument("--asks", type=int, default=ASKS)
    parser.add_argument("--together", type=int, default=0, help="processes that ask at once at the end")
    parser.add_argument("--folder", help="where indexes are written")
    return parser.parse_args(arguments)


def _peer(name: str) -> Peer | None:
    if name == "ours":
        return Ours()
    module, peer = RIVALS[name]
    try:
        found: Peer = getattr(importlib.import_module(module), peer)()
    except ImportError as error:
        print(f"{name} is not installed ({error}): left out")
        return None
    return found


def _print_builds(peers: Mapping[str, Peer], folder: Path, scene: Scene, n_asks: int) -> None:
    (folder / "asks.json").write_text(json.dumps([vars(ask) for ask in asks(scene, n_asks)["page"]]))
    print(f"{'index':16}{'build, s':>10}{'peak, MB':>10}{'on disk, MB':>13}{'opened, MB':>12}")
    for name, peer in peers.items():
        (folder / name).mkdir()
        built = _in_process("build", name, folder, scene)
        opened = _in_process("open", name, folder, scene)
        figures = f"{built[0]:10.1f}{built[1]:10.0f}{size_of(folder / name):13.1f}{opened[0]:12.0f}"
        print(f"{peer.name:16}{figures}")


def _in_process(what: str, name: str, folder: Path, scene: Scene) -> list[float]:
    command = [sys.executable, "-m", "bench.search", "--child", what, name, str(folder), str(scene.count)]
    done = subprocess.run(  # noqa: S603 - our own program
        [*command, *scene.departments], stdout=subprocess.PIPE, text=True, check=True, cwd=ROOT
    )
    return [float(figure) for figure in done.stdout.split()]


def _child(what: str, name: str, folder: str, count: str, *departments: str) -> None:
    peer, scene = _peer(name), Scene(int(count), frozenset(departments))
    assert peer, name  # noqa: S101 - the parent has it
    if what == "build":
        stream = _Stream(listings(scene))
        begun = time.perf_counter()
        peer.build(Path(folder) / name, scene, stream)
        print(time.perf_counter() - begun - stream.seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    else:
        asker = peer.opened(Path(folder) / name)
        for told in json.loads((Path(folder) / "asks.json").read_text()):
            asker.prepare(Ask(**told))()
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
        asker.close()
        print(pages * resource.getpagesize() / 1e6)


class _Stream(Iterator[Listing]):
    """Makes listings one at a time, and keeps the seconds that takes apart from those of the engine."""

    def __init__(self, made: Iterator[Listing]) -> None:
        self._made = made
        self.seconds = 0.0

    def __next__(self) -> Listing:
        begun = time.perf_counter()
        try:
            return next(self._made)
        finally:
            self.seconds += time.perf_counter() - begun


def _print_questions(peers: Mapping[str, Peer], folder: Path, scene: Scene, asked: argparse.Namespace) -> None:
    askers = {name: peer.opened(folder / name) for name, peer in peers.items()}
    print(f"\n{'question, ms':16}{'':16}{'p50':>8}{'p95':>8}{'p50 cpu':>9}{'p95 cpu':>9}{'x ours':>14}  first   hits")
    for kind, of_kind in asks(scene, asked.asks).items():
        able = {name: asker for name, asker in askers.items() if kind not in peers[name].skips}
        differences = {name: _difference(able["ours"], asker, of_kind[:CHECKED]) for name, asker in able.items()}
        runs = [_pass(able, of_kind, shift) for shift in range(asked.passes + 1)]
        for place, name in enumerate(able):
            label = (kind if not place else "", peers[name].name)
            _print_line(label, name, runs, _told(differences[name], peers[name].notes.get(kind, "")))
    for asker in askers.values():
        asker.close()


def _pass(askers: Mapping[str, Asker], of_kind: Sequence[Ask], shift: int) -> dict[str, Times]:
    """Ask everybody everything once, one engine after the other; who begins changes with each pass."""
    turn = shift % len(askers)
    names = [*askers][turn:] + [*askers][:turn]
    times = {name: _asked_all([askers[name].prepare(ask) for ask in of_kind]) for name in names}
    return {name: times[name] for name in askers}


def _asked_all(acts: Sequence[Callable[[], Found]]) -> Times:
    times = Times([], [])
    for act in acts:
        processor, clock = time.process_time(), time.perf_counter()
        act()
        clock, processor = time.perf_counter() - clock, time.process_time() - processor
        times.clock.append(clock * 1000)
        times.processor.append(processor * 1000)
    return times


def _print_line(label: tuple[str, str], name: str, runs: Sequence[Mapping[str, Times]], said: str) -> None:
    """Print the medians over all passes but the first, which met everything for the first time."""
    first, *warm = runs
    clocks, processors = ([kind_of(run[name]) for run in warm] for kind_of in (_clock, _processor))
    figures = [
        statistics.median(of_pass(each) for each in column) for column in (clocks, processors) for of_pass in _CUTS
    ]
    beside = [statistics.median(cut(run[name].clock) / cut(run["ours"].clock) for run in warm) for cut in _CUTS]
    ratio = "" if name == "ours" else f"{beside[0]:6.1f} {beside[1]:6.1f}"
    told = f"{figures[0]:8.3f}{figures[1]:8.3f}{figures[2]:9.3f}{figures[3]:9.3f}"
    print(f"{label[0]:16}{label[1]:16}{told}{ratio:>14}{statistics.median(first[name].clock):7.2f}   {said}")


def _clock(times: Times) -> list[float]:
    return times.clock


def _processor(times: Times) -> list[float]:
    return times.processor


def _percentile(times: Sequence[float]) -> float:
    return sorted(times)[int(len(times) * SHARE)]


_CUTS = (statistics.median, _percentile)


def _difference(ours: Asker, other: Asker, some: Sequence[Ask]) -> float | None:
    """Give the share of answers that one of the two engines has and the other has not; None where nothing was found."""
    pairs = [(ours.prepare(ask, EVERYTHING)(), other.prepare(ask, EVERYTHING)()) for ask in some]
    told = [(_everything(one), _everything(another)) for one, another in pairs]
    n_all = sum(len(one | another) for one, another in told)
    return sum(len(one ^ another) for one, another in told) / n_all if n_all else None


def _everything(found: Found) -> set[object]:
    """Put all that was answered together: listings, how many, counts, words."""
    counts = {
        (facet, value, count) for facet, of_one in found.counts.items() for value, count in of_one.items() if count
    }
    return {*found.keys, *map(fold, found.words), *counts, *([("total", found.total)] if found.keys else [])}


def _told(difference: float | None, note: str) -> str:
    if difference is None:
        return "none found"
    return "same" if not difference else f"{difference:.1%} differ" + (f": {note}" if note else "")


if __name__ == "__main__":
    main(sys.argv[1:])
