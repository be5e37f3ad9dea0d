"""How many requests were answered, by kind and by outcome, in all the processes of one portal together.

The counters lie in memory that the processes share since before they were parted. They are added to without a lock:
two at the same instant may count as one, and a lock that a dying process keeps would stop the portal.
"""

import mmap
from collections.abc import Iterator

from flask import Flask, Response, current_app

from portal.web.kinds import ELSEWHERE, current_kind, kind_of

_KEY = "maillage tally"
_OUTCOMES = ("2xx", "3xx", "4xx", "5xx")
_WIDTH = 8


class Tally:
    """Counters that several processes add to."""

    def __init__(self, kinds: tuple[str, ...]) -> None:
        self._places = {kind: number * len(_OUTCOMES) for number, kind in enumerate(kinds)}
        self._counts = memoryview(mmap.mmap(-1, max(len(kinds), 1) * len(_OUTCOMES) * _WIDTH)).cast("Q")

    def add(self, kind: str, status: int) -> None:
        """Count one answer."""
        first = self._places.get(kind, self._places[ELSEWHERE])
        self._counts[first + min(max(status // 100 - 2, 0), len(_OUTCOMES) - 1)] += 1

    def counts(self) -> Iterator[tuple[str, str, int]]:
        """Give what was counted, by kind and by outcome; what never happened is left out."""
        for kind, first in self._places.items():
            for number, outcome in enumerate(_OUTCOMES):
                count = self._counts[first + number]
                if count:
                    yield kind, outcome, count


def count_requests(app: Flask) -> None:
    """Count what is answered from now on; every page must be open already."""
    kinds = sorted({kind_of(rule.rule) for rule in app.url_map.iter_rules()} | {ELSEWHERE})
    tally = Tally(tuple(kinds))
    app.extensions[_KEY] = tally

    @app.after_request
    def _count(response: Response) -> Response:
        tally.add(current_kind(), response.status_code)
        return response


def current_tally() -> Tally:
    """Find the counters of this portal."""
    tally: Tally = current_app.extensions[_KEY]
    return tally
