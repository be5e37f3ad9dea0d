"""How many questions a second several processes answer at once: a part of `bench.search`.

Every process opens the index itself, answers each question once, waits for the others, and then asks them over and
over until the time is up.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import TYPE_CHECKING

from bench.search_listings import Ask
from bench.search_peers import Found, Peer

if TYPE_CHECKING:
    from multiprocessing.queues import Queue

SECONDS = 5.0
PATIENCE = 600.0
_forking = get_context("fork")


def print_together(peers: Mapping[str, Peer], folder: Path, asks: Sequence[Ask], n_processes: int) -> None:
    """Print the questions a second of each engine, and how many times those of ours they are."""
    print(f"\n{n_processes} processes at once, the question of a page{'':7}questions/s{'x ours':>10}")
    ours = 0.0
    for name, peer in peers.items():
        each_second = _each_second(peer, folder / name, asks, n_processes)
        ours = ours or each_second
        print(f"{'':16}{peer.name:16}{'':13}{each_second:11.0f}{each_second / ours:10.2f}")


def _each_second(peer: Peer, folder: Path, asks: Sequence[Ask], n_processes: int) -> float:
    done: Queue[float] = _forking.Queue()
    ready = _forking.Barrier(n_processes)
    processes = [
        _forking.Process(target=_ask, args=(peer, folder, asks, ready, done), daemon=True) for _ in range(n_processes)
    ]
    for process in processes:
        process.start()
    told = sum(done.get(timeout=PATIENCE) for _ in processes)
    for process in processes:
        process.join()
    return told


def _ask(peer: Peer, folder: Path, asks: Sequence[Ask], ready: Barrier, done: "Queue[float]") -> None:
    asker = peer.opened(folder)
    acts = [asker.prepare(ask) for ask in asks]
    for act in acts:
        act()
    ready.wait(PATIENCE)
    done.put(_rate(acts))
    asker.close()


def _rate(acts: Sequence[Callable[[], Found]]) -> float:
    """Ask over and over, and give the questions of a second."""
    begun, asked = time.perf_counter(), 0
    while time.perf_counter() - begun < SECONDS:
        for act in acts:
            act()
            asked += 1
            if time.perf_counter() - begun >= SECONDS:
                break
    return asked / (time.perf_counter() - begun)
