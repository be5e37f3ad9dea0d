"""Every engine the contract holds for: a new one joins by a line here."""

import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path

from search_index.analysis import Analysis
from search_index.engine import KeptEngine
from search_index.memory import MemoryEngine
from search_index.whoosh_engine.engine import WhooshEngine

Opening = Callable[[Analysis, Path], AbstractContextManager[KeptEngine]]
"""Opens an empty engine over an empty directory, and closes it at the end."""

_MEMORY = Path("/dev/shm")  # noqa: S108  # a directory of our own is made in it


@contextmanager
def _whoosh(analysis: Analysis, root: Path) -> Iterator[KeptEngine]:
    """Open over a directory in memory where there is one: answers are compared here, not the disk."""
    if not _MEMORY.is_dir():
        yield _of_no_document(analysis, root)
        return
    with tempfile.TemporaryDirectory(dir=_MEMORY) as folder:
        yield _of_no_document(analysis, Path(folder))


def _of_no_document(analysis: Analysis, root: Path) -> KeptEngine:
    engine = WhooshEngine(root, analysis)
    engine.rebuild(())
    return engine


ENGINES: Mapping[str, Opening] = {
    "memory": lambda analysis, _: nullcontext(MemoryEngine(analysis)),
    "whoosh": _whoosh,
}
