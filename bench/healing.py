"""Hurt the index of a portal that serves, and time how soon it is whole again: `python -m bench.healing [FOLDER]`.

Each file of the index is removed, cut and flipped, each harm on a portal of its own, while questions are asked without
pause: every one must be answered with 200, and the index must be what was written again within ninety seconds. What a
worker holds in memory goes on answering; damage on the disk is noticed when files are looked at again, once a minute.
"""

import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

from bench.http import Told, ask, made, serving
from bench.index_torture import HARMS, do_harm
from search_index.engine import IndexDamaged
from search_index.whoosh_engine.opening import verify
from search_index.whoosh_engine.states import POINTER, current_state
from tests.search.query_book import read_book

LONGEST = 90.0
"""Seconds in which an index must be whole again."""
_PATIENCE = 2 * LONGEST
_PAUSE = 0.02
"""Seconds between two questions: three portals share two cores."""


@dataclass(frozen=True)
class Healed:
    """What became of one harm."""

    file: str
    harm: str
    seconds: float
    n_asked: int
    n_wrong: int


def main(arguments: Sequence[str]) -> None:
    """Hurt, wait, print a line for each file and harm, and fail when a promise does not hold."""
    with tempfile.TemporaryDirectory() as passing:
        folder = made(Path(arguments[0]) if arguments else Path(passing) / "demo")
        with ThreadPoolExecutor(len(HARMS)) as portals:
            rounds = [portals.submit(_hurt_all, folder, Path(passing) / harm, harm) for harm in HARMS]
            healed = [each for done in rounds for each in done.result()]
    print(f"{'file':32}{'harm':10}{'healed after, s':>16}{'asked':>8}{'not 200':>9}")
    for each in healed:
        print(f"{each.file:32}{each.harm:10}{each.seconds:16.1f}{each.n_asked:8}{each.n_wrong:9}")
    slowest, n_wrong = max(each.seconds for each in healed), sum(each.n_wrong for each in healed)
    print(
        f"\n{len(healed)} harms: healed after {median(each.seconds for each in healed):.0f} s, {slowest:.0f} at most; ",
        end="",
    )
    print(f"{sum(each.n_asked for each in healed)} questions, {n_wrong} without an answer")
    if n_wrong or slowest > LONGEST:
        sys.exit("a promise does not hold")


def _hurt_all(settled: Path, folder: Path, harm: str) -> list[Healed]:
    """Do one kind of harm to each file in turn, on a portal of its own."""
    shutil.copytree(settled, folder)
    with serving(folder) as served:
        root = next((folder / "index").iterdir())
        n_files = len(_files(root))
        # After each harm the files have other names, and stand in the same order.
        return [_hurt(root, served.port, place, harm) for place in range(n_files)]


def _hurt(root: Path, port: int, place: int, harm: str) -> Healed:
    path, stop, asked = _files(root)[place], threading.Event(), list[Told]()
    asking = threading.Thread(target=lambda: asked.append(_ask_on(port, stop)))
    asking.start()
    do_harm(path, harm)
    begun = time.monotonic()
    while not _is_whole(root) and time.monotonic() - begun < _PATIENCE:
        time.sleep(0.05)
    lasted = time.monotonic() - begun
    stop.set()
    asking.join()
    return Healed(_role(path), harm, lasted, len(asked[0].milliseconds), asked[0].n_wrong)


def _ask_on(port: int, stop: threading.Event) -> Told:
    paths = [f"/recherche.json?{urlencode({'quoi': each.words})}" for each in read_book().questions]
    is_over: Callable[[int], bool] = lambda _: stop.wait(_PAUSE)  # noqa: E731 - it pauses, too
    return ask(port, paths, connections=2, is_over=is_over)


def _is_whole(root: Path) -> bool:
    try:
        verify(root, current_state(root))
    except IndexDamaged:
        return False
    return True


def _files(root: Path) -> list[Path]:
    state = current_state(root)
    named = sorted((state.file_name, *state.seals), key=lambda name: (_role(Path(name)), name))
    return [root / POINTER, *(root / state.generation / name for name in named)]


def _role(path: Path) -> str:
    """Name what a file is for: of "state-17.json" the rest is another after each healing."""
    return path.suffix.lstrip(".") or path.name.rstrip("0123456789")


if __name__ == "__main__":
    main(sys.argv[1:])
