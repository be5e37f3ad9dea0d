"""Measure the look-up of communes: loading, memory, time per question, by kind of question.

Figures to hold: a look-up in 1 ms or less at the 95th percentile, 40 MB of memory, 0.5 s to load. Each figure is the
median of several runs; loading and memory are measured in fresh processes.
"""

import gc
import random
import resource
import statistics
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

from portal.geography.lookup import Lookup, communes
from portal.geography.territories import demonstration_territory

RUNS = 7
QUESTIONS_PER_KIND = 400
MEGABYTE = 1_000_000
LETTERS = "abcdefghijklmnopqrstuvwxyz"
SHARE = 0.95


def main() -> None:
    """Print every figure."""
    if len(sys.argv) > 1:
        {"load": _print_load_time, "traced": _print_traced, "resident": _print_resident}[sys.argv[1]]()
        return
    load, traced, resident = (_in_fresh_processes(what) for what in ("load", "traced", "resident"))
    print(f"load            {load * 1000:8.0f} ms   (at most 500)")
    print(f"index, traced   {traced:8.1f} MB   (at most 40)")
    print(f"index, resident {resident:8.1f} MB   (with what loading left to the allocator)")
    _print_lookups()


def _print_lookups() -> None:
    lookup, home = communes(), demonstration_territory().communes
    draw = random.Random(2026)
    kinds = {name: [make(lookup, draw) for _ in range(QUESTIONS_PER_KIND)] for name, make in KINDS.items()}
    lookup.find("romilly", home=home)
    runs = [{name: _times(lookup, home, asked) for name, asked in kinds.items()} for _ in range(RUNS)]
    # Of each question the median run: what else the machine does in between is not the question's.
    times = {
        name: [statistics.median(each) for each in zip(*(run[name] for run in runs), strict=True)] for name in kinds
    }
    print(f"\n{'look-up, ms':22}{'median':>8}{'p95':>8}{'worst':>8}")
    for name in kinds:
        _print_line(name, times[name])
    _print_line("all together", [each for kind in times.values() for each in kind])


def _print_line(name: str, times: list[float]) -> None:
    print(f"{name:22}{statistics.median(times):8.3f}{_percentile(times):8.3f}{max(times):8.3f}")


def _times(lookup: Lookup, home: frozenset[str], asked: list[str]) -> list[float]:
    times = []
    for text in asked:
        start = time.perf_counter()
        lookup.find(text, home=home)
        times.append((time.perf_counter() - start) * 1000)
    return times


def _percentile(times: list[float]) -> float:
    return sorted(times)[int(len(times) * SHARE)]


def _name(lookup: Lookup, draw: random.Random) -> str:
    return draw.choice(lookup.communes.names)


def _code(lookup: Lookup, draw: random.Random) -> str:
    return draw.choice(lookup.communes.codes)


def _postal_code(lookup: Lookup, draw: random.Random) -> str:
    return draw.choice([codes for codes in lookup.communes.postal_codes[:20_000] if codes]).split()[0]


def _prefix(lookup: Lookup, draw: random.Random) -> str:
    name = _name(lookup, draw)
    return name[: draw.randint(2, len(name))]


def _short_saint(lookup: Lookup, draw: random.Random) -> str:
    saints = [name for name in lookup.communes.names if name.startswith("Saint")]
    return draw.choice(saints).lower().replace("saint", "st").replace("-", " ")


def _one_slip(lookup: Lookup, draw: random.Random) -> str:
    return _slipped(_name(lookup, draw), draw)


def _two_slips(lookup: Lookup, draw: random.Random) -> str:
    return _slipped(_slipped(_name(lookup, draw), draw), draw)


def _slipped(name: str, draw: random.Random) -> str:
    place = draw.randrange(len(name))
    before, letter, after = name[:place], name[place], name[place + 1 :]
    ways = [before + after, before + draw.choice(LETTERS) + after, before + letter + letter + after]
    return draw.choice([*ways, before + after[:1] + letter + after[1:]])


def _narrowed(lookup: Lookup, draw: random.Random) -> str:
    row = draw.randrange(len(lookup.communes))
    return f"{lookup.communes.names[row]} {lookup.communes.departments_of[row]}"


def _other_name(lookup: Lookup, draw: random.Random) -> str:
    return draw.choice(lookup.communes.alias_names)


def _nowhere(_lookup: Lookup, draw: random.Random) -> str:
    return "".join(draw.choice(LETTERS + " ") for _ in range(draw.randint(3, 25)))


def _hostile(_lookup: Lookup, draw: random.Random) -> str:
    return draw.choice(["*", "\x00", "é", "' OR 1=1", "saint ", "0"]) * draw.choice([1, 50, 100_000])


KINDS: dict[str, Callable[[Lookup, random.Random], str]] = {
    "name": _name,
    "INSEE code": _code,
    "postal code": _postal_code,
    "beginning of a name": _prefix,
    "st, without hyphens": _short_saint,
    "one slip": _one_slip,
    "two slips": _two_slips,
    "name and département": _narrowed,
    "other name": _other_name,
    "nowhere": _nowhere,
    "hostile": _hostile,
}


def _print_load_time() -> None:
    start = time.perf_counter()
    communes()
    print(time.perf_counter() - start)


def _print_traced() -> None:
    tracemalloc.start()
    lookup = communes()
    lookup.find("romilly")
    gc.collect()
    print(tracemalloc.get_traced_memory()[0] / MEGABYTE)


def _print_resident() -> None:
    before = _resident()
    lookup = communes()
    lookup.find("romilly")
    gc.collect()
    print((_resident() - before) / MEGABYTE)


def _resident() -> int:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize()


def _in_fresh_processes(what: str) -> float:
    command = [sys.executable, __file__, what]
    outcomes = [
        subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - our own file
        for _ in range(RUNS)
    ]
    return statistics.median(float(outcome.stdout) for outcome in outcomes)


if __name__ == "__main__":
    main()
