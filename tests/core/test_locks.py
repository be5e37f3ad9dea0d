"""Locks between processes: one holds, the others wait or go away, a crash gives back."""

import threading
from pathlib import Path

from portal.core.locks import file_lock
from tests.tools.patience import PATIENCE


def test_a_held_lock_is_not_got_twice(tmp_path: Path) -> None:
    with file_lock(tmp_path / "new" / "a.lock") as first, file_lock(tmp_path / "new" / "a.lock") as second:
        assert (first, second) == (True, False)


def test_a_lock_is_given_back(tmp_path: Path) -> None:
    for _ in range(2):
        with file_lock(tmp_path / "a.lock") as got:
            assert got


def test_a_patient_one_gets_the_lock_in_turn(tmp_path: Path) -> None:
    held, got = threading.Event(), []

    def wait() -> None:
        held.wait(timeout=PATIENCE)
        with file_lock(tmp_path / "a.lock", patience=PATIENCE) as mine:
            got.append(mine)

    waiting = threading.Thread(target=wait)
    waiting.start()
    with file_lock(tmp_path / "a.lock"):
        held.set()
        waiting.join(timeout=0.1)
        assert got == []
    waiting.join(timeout=PATIENCE)
    assert got == [True]
