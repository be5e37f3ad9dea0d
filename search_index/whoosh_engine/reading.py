"""Always the view that counts now: the pointer is looked at for each question, and what is new is opened.

After an edit only the small segment it brought is opened, in the same breath; after a rebuild the whole generation is,
in a thread, while the one before goes on answering. A reader that meets files that are just going away tries again.
"""

import threading
from pathlib import Path

from search_index.engine import IndexDamaged
from search_index.whoosh_engine.opening import opened
from search_index.whoosh_engine.states import Stamp, State, current_state, stamp_of
from search_index.whoosh_engine.view import View

_MOST_ATTEMPTS = 20


class Reading:
    """What one process sees of an index."""

    def __init__(self, root: Path, fingerprint: str) -> None:
        self._root = root
        self._fingerprint = fingerprint
        self._view: View | None = None
        self._seen: Stamp | None = None
        self._damage = ""
        self._opening = threading.Lock()

    def current(self) -> View:
        """Give the view to answer from; it may be the one before while a rebuilt index is being opened."""
        stamp, view = stamp_of(self._root), self._view
        if view is None or stamp is None or self._damage:
            self._say_again(stamp)
            return self.latest()
        if stamp == self._seen or self._opening.locked():
            return view
        if not self._is_rebuilt(view):
            return self.latest()
        threading.Thread(target=self._open_aside, daemon=True).start()
        return view

    def latest(self) -> View:
        """Give the view of the state on disk, waiting until it is open."""
        with self._opening:
            for _ in range(_MOST_ATTEMPTS):
                stamp = stamp_of(self._root)
                if self._view is not None and stamp == self._seen and not self._damage:
                    return self._view
                try:
                    view = opened(self._root, self._state(), self._view).warmed()
                except IndexDamaged as damage:
                    if stamp_of(self._root) == stamp:
                        self._seen, self._damage = stamp, str(damage)
                        raise
                else:
                    # In this order, so that who sees the new stamp without the lock finds the new view.
                    self._view, self._damage = view, ""
                    self._seen = stamp
                    return view
        raise IndexDamaged("the index changes faster than it can be opened")

    def _say_again(self, stamp: Stamp | None) -> None:
        """Say again what is wrong, without reading everything once more for each question."""
        if self._damage and stamp is not None and stamp == self._seen:
            raise IndexDamaged(self._damage)

    def _open_aside(self) -> None:
        try:
            self.latest()
        except IndexDamaged:
            # It is remembered, and said to whoever asks next.
            return

    def _is_rebuilt(self, view: View) -> bool:
        """Tell whether the state on disk is of another generation; one that went while it was read is read again."""
        try:
            return self._state().generation != view.state.generation
        except IndexDamaged:
            return False

    def _state(self) -> State:
        state = current_state(self._root)
        if state.fingerprint != self._fingerprint:
            raise IndexDamaged("the index was built with another analysis of words")
        return state
