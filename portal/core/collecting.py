"""Looking rarely for values that hold each other, where hundreds of thousands of plain ones are made."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_RARELY = 50_000


@contextmanager
def collecting_rarely() -> Iterator[None]:
    """Look rarely: plain values hold nobody, and looking costs a tenth of an import and a third of its index."""
    often, *rest = gc.get_threshold()
    gc.set_threshold(max(often, _RARELY), *rest)
    try:
        yield
    finally:
        gc.set_threshold(often, *rest)
