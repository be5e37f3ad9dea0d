"""Waiting for what another thread or process does: as long as a slow machine needs, and not a moment more."""

from collections.abc import Callable
from time import monotonic, sleep

PATIENCE = 120.0
"""Seconds: a machine that does ten other things is slow, and not wrong."""


def comes_true(condition: Callable[[], object]) -> bool:
    """Wait until something is so; tell whether it is."""
    deadline = monotonic() + PATIENCE
    while not (is_so := bool(condition())) and monotonic() < deadline:
        sleep(0.02)
    return is_so
