"""Which published services are discreet, so that a page that carries a list of them says so without a query."""

from collections.abc import Iterable

from portal.directory.rules.public_ids import number_of
from portal.directory.rules.sensitive import SENSITIVE_CONCEPTS
from search_index.engine import Engine, IndexDamaged
from search_index.queries import Query

_ALL_OF_THEM = Query(filters={"concept": SENSITIVE_CONCEPTS}, limit=1_000_000)


class DiscreetServices:
    """The numbers of discreet services, asked of the index once for each of its states."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._found: tuple[int, frozenset[int]] = (-1, frozenset())

    def has_one_of(self, public_ids: Iterable[str]) -> bool:
        """Tell whether one of some services is discreet; while the index is lost, any of them may be."""
        ids = tuple(public_ids)
        if not ids:
            return False
        try:
            return not self._now().isdisjoint(map(number_of, ids))
        except IndexDamaged:
            return True

    def _now(self) -> frozenset[int]:
        mark, numbers = self._found
        if mark != self._engine.mark:
            mark = self._engine.mark
            numbers = frozenset(hit.group for hit in self._engine.search(_ALL_OF_THEM).hits)
            self._found = mark, numbers
        return numbers
