"""Every engine the contract holds for: a new one joins by a line here."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from search_index.analysis import Analysis
from search_index.engine import KeptEngine
from search_index.memory import MemoryEngine

Opening = Callable[[Analysis, Path], AbstractContextManager[KeptEngine]]
"""Opens an empty engine over an empty directory, and closes it at the end."""

ENGINES: Mapping[str, Opening] = {
    "memory": lambda analysis, _: nullcontext(MemoryEngine(analysis)),
}
