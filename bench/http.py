"""Measure pages as visitors get them: `maillage serve` over the demonstration, and the client on the same machine.

    python -m bench.http                  on a demonstration made for the occasion
    python -m bench.http FOLDER           kept in a folder, and made there the first time
    python -m bench.http --seconds 10

Every question of the query book is asked, one after the other, over connections that stay open (the portal gives a page
again within the minute; "each once" asks no address twice): requests a second at
16 connections and the milliseconds of the processor that the workers take for each, then the milliseconds of one
request at 4. The client is one process that does next to nothing.
"""

import argparse
import os
import re
import selectors
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from urllib.parse import quote, urlencode
from urllib.request import urlopen

from tests.search.query_book import Question, read_book

MANY, FEW = 16, 4
SECONDS = 5.0
ROOT = Path(__file__).resolve().parents[1]
_LENGTH = re.compile(rb"\r\ncontent-length: (\d+)\r\n", re.IGNORECASE)
_SHEET = re.compile(r"<loc>https?://[^/<]+(/services/[^<]+)</loc>")
_GRID = range(90)
_COMMAND = Path(sys.executable).with_name("maillage")
_ENOUGH = 65_536
_ENOUGH_TO_WARM = 2_000
_TICKS = os.sysconf("SC_CLK_TCK")
_PATIENCE = 120.0
_HEADERS = "Host: 127.0.0.1\r\nAccept-Encoding: gzip\r\n"


def main(arguments: Sequence[str]) -> None:
    """Serve, ask, and print a line for each kind of page."""
    asked = _arguments(arguments)
    with tempfile.TemporaryDirectory() as passing, serving(made(asked.folder or Path(passing))) as served:
        print(f"{'page':22}{'each s at 16':>14}{'cpu, ms':>9}{'at 4: p50, ms':>15}{'p95':>8}{'p99':>8}{'kB':>7}  bad")
        for name, paths in {**_paths(read_book().questions), **_sheets(served.port)}.items():
            _print_line(name, served, paths, asked.seconds)


def made(folder: Path) -> Path:
    """Make a demonstration in a folder that has none yet."""
    if not (folder / "maillage.sqlite").exists():
        _maillage(folder, "init", "--demo")
    return folder


def _arguments(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--seconds", type=float, default=SECONDS)
    return parser.parse_args(arguments)


def _paths(questions: Sequence[Question]) -> Mapping[str, Sequence[str]]:
    searches = [urlencode({"quoi": each.words, "ou": each.where}) for each in questions]
    starts = sorted({each.words[: 2 + number % 4].strip() for number, each in enumerate(questions)})
    return {
        "/recherche": [f"/recherche?{search}" for search in searches],
        "/recherche, each once": [f"/recherche?{each}&rayon={reach}" for reach in range(10, 100) for each in searches],
        "/recherche.json": [f"/recherche.json?{search}" for search in searches],
        "/api/v1/suggestions": [f"/api/v1/suggestions?q={quote(start)}" for start in starts if len(start) > 1],
        "near me, each once": [f"/recherche?ou={48.3 + n / 300:.3f},{3.4 + m / 100:.3f}" for m in _GRID for n in _GRID],
        "/": ["/"],
        "/healthz": ["/healthz"],
    }


def _sheets(port: int) -> Mapping[str, Sequence[str]]:
    """Find the sheets of services by the map of the site."""
    with urlopen(f"http://127.0.0.1:{port}/sitemap.xml") as answer:
        paths = _SHEET.findall(answer.read().decode())
    return {"a sheet": paths, "a sheet, each once": [f"{path}?n={n}" for n in range(20) for path in paths]}


@dataclass(frozen=True)
class Served:
    """A portal that serves."""

    port: int
    process: int

    @property
    def processor_seconds(self) -> float:
        """Add up the seconds of the processor that its workers have taken."""
        told = [_stat(path) for path in Path("/proc").glob("[0-9]*/stat")]
        return sum(int(each[11]) + int(each[12]) for each in told if each[1:2] == [str(self.process)]) / _TICKS


def _stat(path: Path) -> list[str]:
    """Read what the kernel says of a process, from its state on; nothing when it has just ended."""
    try:
        return path.read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
    except OSError:
        return []


def _print_line(name: str, served: Served, paths: Sequence[str], seconds: float) -> None:
    port = served.port
    warm, first, second = _rounds(paths)
    # Often enough for both workers to have met everything.
    ask(port, warm, connections=FEW, is_over=_after(min(len(warm) * FEW, _ENOUGH_TO_WARM)))
    before = served.processor_seconds
    many = ask(port, first, connections=MANY, is_over=_at(time.perf_counter() + seconds))
    each = (served.processor_seconds - before) / len(many.milliseconds) * 1000
    few = ask(port, second, connections=FEW, is_over=_at(time.perf_counter() + seconds))
    cuts = statistics.quantiles(few.milliseconds, n=100)
    told = (
        f"{many.each_second:14.0f}{each:9.2f}{statistics.median(few.milliseconds):15.2f}{cuts[94]:8.2f}{cuts[98]:8.2f}"
    )
    print(f"{name:22}{told}{few.mean_bytes / 1000:7.1f}{many.n_wrong + few.n_wrong:6}", flush=True)


def _rounds(paths: Sequence[str]) -> tuple[Sequence[str], Sequence[str], Sequence[str]]:
    """Ask the same each time, or parts that share no address where there are enough."""
    third = len(paths) // 3
    return (paths[:third], paths[third : 2 * third], paths[2 * third :]) if third > _ENOUGH_TO_WARM else (paths,) * 3


@dataclass
class Told:
    """What a round of requests was answered."""

    seconds: float = 0.0
    milliseconds: list[float] = field(default_factory=list)
    n_bytes: int = 0
    n_wrong: int = 0
    """Answers whose status was not 200."""

    @property
    def each_second(self) -> float:
        """Give the answers of a second."""
        return len(self.milliseconds) / self.seconds

    @property
    def mean_bytes(self) -> float:
        """Give the size of an answer as it was sent."""
        return self.n_bytes / len(self.milliseconds)


@dataclass
class _Line:
    """An open connection, and the answer that is coming over it."""

    door: socket.socket
    since: float = 0.0
    received: bytearray = field(default_factory=bytearray)

    def ask(self, path: str) -> None:
        self.since = time.perf_counter()
        self.received.clear()
        self.door.sendall(f"GET {path} HTTP/1.1\r\n{_HEADERS}\r\n".encode())

    def is_whole(self) -> bool:
        """Take what came; tell whether that is all of the answer."""
        piece = self.door.recv(_ENOUGH)
        self.received += piece
        end = self.received.find(b"\r\n\r\n")
        if not piece or end < 0:
            return not piece
        length = _LENGTH.search(self.received, 0, end + 2)
        return length is not None and len(self.received) >= end + 4 + int(length[1])


def ask(port: int, paths: Sequence[str], *, connections: int, is_over: Callable[[int], bool]) -> Told:
    """Ask for paths in turn over several connections, each with one request at a time."""
    told, turn = Told(), cycle(paths)
    with selectors.DefaultSelector() as waiting:
        for _ in range(connections):
            line = _Line(socket.create_connection(("127.0.0.1", port)))
            waiting.register(line.door, selectors.EVENT_READ, line)
            line.ask(next(turn))
        begun = time.perf_counter()
        while waiting.get_map() and not is_over(len(told.milliseconds)):
            for key, _ in waiting.select(_PATIENCE):
                if key.data.is_whole():
                    _note(told, key.data)
                    _again(waiting, key.data, port, next(turn))
        told.seconds = time.perf_counter() - begun
        for key in [*waiting.get_map().values()]:
            key.data.door.close()
    return told


def _note(told: Told, line: _Line) -> None:
    told.milliseconds.append((time.perf_counter() - line.since) * 1000)
    told.n_bytes += len(line.received)
    told.n_wrong += not line.received.startswith(b"HTTP/1.1 200 ")


def _again(waiting: selectors.BaseSelector, line: _Line, port: int, path: str) -> None:
    """Ask over the same connection, or over another one where the server has hung up."""
    head = bytes(line.received[: line.received.find(b"\r\n\r\n") + 2]).lower()
    if not line.received or b"\r\nconnection: close\r\n" in head:
        waiting.unregister(line.door)
        line.door.close()
        line.door = socket.create_connection(("127.0.0.1", port))
        waiting.register(line.door, selectors.EVENT_READ, line)
    line.ask(path)


def _after(count: int) -> Callable[[int], bool]:
    return lambda n_told: n_told >= count


def _at(instant: float) -> Callable[[int], bool]:
    return lambda _: time.perf_counter() >= instant


@contextmanager
def serving(folder: Path, *, workers: int = 2) -> Iterator[Served]:
    """Serve an installation, and give it once every worker is ready."""
    process = subprocess.Popen(  # noqa: S603 - our own command
        [str(_COMMAND), "serve", "--port", "0"],
        env=_environment(folder) | {"MAILLAGE_WORKERS": str(workers)},
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    try:
        assert process.stdout is not None  # noqa: S101 - it was asked for
        found = re.search(r"http://127\.0\.0\.1:(\d+)", process.stdout.readline())
        if found is None:
            sys.exit("the portal does not serve")
        _wait_for(int(found[1]))
        yield Served(int(found[1]), process.pid)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(_PATIENCE)


def _wait_for(port: int) -> None:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        try:
            if not ask(port, ["/readyz"], connections=1, is_over=_after(1)).n_wrong:
                return
        except OSError:
            time.sleep(0.1)
    sys.exit("the portal is not ready")


def _maillage(folder: Path, *arguments: str) -> None:
    command = [str(_COMMAND), *arguments]
    subprocess.run(command, env=_environment(folder), cwd=ROOT, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - as above


def _environment(folder: Path) -> dict[str, str]:
    settings = {name: value for name, value in os.environ.items() if not name.startswith("MAILLAGE_")}
    return settings | {"MAILLAGE_DATA_DIR": str(folder)}


if __name__ == "__main__":
    main(sys.argv[1:])
