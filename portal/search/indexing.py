"""The index kept true: built from the database, caught up with the change log, rolled with the days, checked, healed.

The database is the truth and the index remembers how far it followed it (its mark, a number of the change log), so
that whoever finds it behind may catch it up: the process that made the change, another one, or the next one after a
crash. Catching up twice does no harm.
"""

import logging
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from time import monotonic
from types import MappingProxyType

from portal.core.clock import Clock
from portal.core.database import Database
from portal.core.errors import Busy
from portal.core.locks import file_lock
from portal.core.logs import place_of
from portal.directory.events import SheetChanged
from portal.search.changed import Changed, last_change, services_changed
from portal.search.documents import Scheduled, documents_of, published_keys, published_services
from portal.search.far_times import FarTimes
from portal.search.timetables import Hours, changes_over, span_of_days, timetables_of, whole_days, window_on
from portal.vocabulary.vocabulary import Vocabulary
from search_index.documents import Document
from search_index.engine import Edit, IndexBusy, IndexDamaged, KeptEngine
from search_index.times import Span, Timetables

logger = logging.getLogger(__name__)

PATIENCE = 120
"""Seconds a command waits for another process that is changing the index."""
MOST_EDITED = 5000
"""Services in one edit: beyond, a new index is quicker than so many alterations of the old one."""
PAUSE = 0.25
"""Seconds between two looks at the change log: an edit made by any process is searchable within one."""
SECONDS_BETWEEN_CHECKS = 30.0
"""By the clock, for a busy machine takes its turns late: damage must be found, and healed, within ninety seconds."""


@dataclass(frozen=True)
class Difference:
    """What an index holds too much or too little, beside the database."""

    missing: frozenset[int] = frozenset()
    stray: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.missing or self.stray)


@dataclass
class Health:
    """What has been done for the index since this process began: for supervisors."""

    n_edits: int = 0
    n_rebuilds: int = 0
    n_healed: int = 0
    n_unanswered: int = 0
    """Questions the database answered in place of a damaged index."""


@dataclass
class Indexing:
    """One installation's index and what keeps it true."""

    engine: KeptEngine
    database: Database
    vocabulary: Vocabulary
    clock: Clock
    lock: Path | None = None
    """File by which processes take turns at a lasting index; None for one that lives in this process alone."""
    health: Health = field(default_factory=Health)
    _mine: threading.RLock = field(default_factory=threading.RLock)
    _wake: threading.Event = field(default_factory=threading.Event)
    _is_damaged: bool = False
    _holds_turn: bool = False
    _known: tuple[int, Mapping[str, Hours]] = (-1, MappingProxyType({}))
    """Hours by schedule, and the mark they were read at."""
    _far_times: FarTimes = field(default_factory=FarTimes)

    def rebuild(self, *, progress: Callable[[int], None] = lambda _: None) -> int:
        """Build the index anew from the database and give the number of documents; readers notice nothing."""
        with self._turn(), self.database.reading() as session:
            mark, known = last_change(session), dict[str, Hours]()
            found = documents_of(session, self.vocabulary, published_services(session))
            documents = _Counted(found, known, progress)
            span = self._span()
            self.engine.rebuild(documents, mark=mark, times=lambda: timetables_of(known.items(), span))
            self._known = (mark, known)
            self.health.n_rebuilds += 1
        return documents.n

    def catch_up(self) -> int:
        """Put what changed since the index's mark into it, and give the number of services looked at again."""
        done = 0
        with self._turn():
            while changed := self._changed():
                if len(changed.services) > MOST_EDITED:
                    self.rebuild()
                else:
                    self.engine.apply(self._edit(changed))
                done += len(changed.services)
                self.health.n_edits += 1
        return done

    def is_behind(self) -> bool:
        """Tell whether the database has changed since the index followed it."""
        with self.database.reading() as session:
            return last_change(session) != self.engine.mark

    def roll(self) -> bool:
        """Tell the index the hours of the days to come, once a day; give whether it was time."""
        with self._turn():
            if self.engine.window == self._span():
                return False
            self.engine.tell_times(self._timetables())
            return True

    def difference(self) -> Difference:
        """Hold the keys of the index against those of the database; catch up first."""
        with self._turn(), self.database.reading() as session:
            wanted = published_keys(session)
        held = self.engine.keys
        return Difference(wanted - held, held - wanted)

    def schedules_during(self, keys: Iterable[str], span: Span) -> tuple[frozenset[str], frozenset[str]]:
        """Give, of some schedules, those that receive somebody in a span outside the window, and those it is known of.

        Only what a question met is compiled: all schedules of a large directory would take a second.
        """
        told = self._far_times.over(keys, self.known_hours(), whole_days(span))
        answers = {key: told.receives(key, span) for key in told.changes}
        receiving = frozenset(key for key, answer in answers.items() if answer)
        return receiving, frozenset(key for key, answer in answers.items() if answer is not None)

    def known_hours(self) -> Mapping[str, Hours]:
        """Give the hours behind every schedule of the index: read whole once, then only where something changed."""
        with self._mine:
            mark, known = self._known
            if mark == self.engine.mark:
                return known
            with self.database.reading() as session:
                changed = services_changed(session, since=mark) if mark >= 0 else None
                is_all = changed is None or changed.mark < self.engine.mark
                services = published_services(session) if changed is None or is_all else sorted(changed.services)
                found = documents_of(session, self.vocabulary, services)
                now_known = {each.document.schedule: each.hours for each in found}
            # What no desk keeps any more does no harm here.
            self._known = (self.engine.mark, now_known if is_all else {**known, **now_known})
            return self._known[1]

    def ask_for_healing(self) -> None:
        """Have a damaged index built anew by the thread that tends it; the database answers meanwhile."""
        self.health.n_unanswered += 1
        self._is_damaged = True
        self._wake.set()

    def make_ready(self) -> None:
        """Build the index unless it is there and whole; then bring it up to date."""
        try:
            if self.is_missing():
                raise IndexDamaged  # noqa: TRY301 - one way to begin anew, whatever is wrong
            self.catch_up()
            self.roll()
        except IndexDamaged:
            self.rebuild()

    def is_ready(self) -> bool:
        """Tell whether there is an index that can be read, and none of it waits to be healed."""
        return not (self._is_damaged or self.is_missing())

    def is_missing(self) -> bool:
        """Tell whether there is no index, or none that can be read."""
        try:
            # Hours are told with every build: an index that knows none was never built.
            return self.engine.window.first > self.engine.window.last
        except IndexDamaged:
            return True

    def listen(self) -> None:
        """Wake the one who tends as soon as a change is committed in this process."""
        self.database.subscribe(SheetChanged, lambda _: self._wake.set())

    def tend(self, stop: threading.Event) -> None:
        """Keep the index true until told to stop: the work of one thread in each process that answers."""
        checked_at = monotonic()
        while not stop.is_set():
            self._wake.wait(PAUSE)
            self._wake.clear()
            is_time = monotonic() - checked_at >= SECONDS_BETWEEN_CHECKS
            checked_at = monotonic() if is_time else checked_at
            try:
                self.tend_once(check=is_time)
            except (Busy, IndexBusy):
                # Another process is at it: what it does, it does for all.
                continue
            except IndexDamaged:
                # Hurt again while it was healed.
                self._is_damaged = True
            except Exception as error:  # noqa: BLE001 - the next turn may succeed; a dead thread helps nobody
                logger.error("tending the index failed: %(error)s", {"error": place_of(error)})  # noqa: TRY400 - see logs.py
                stop.wait(PAUSE)

    def tend_once(self, *, check: bool = False) -> None:
        """Do what there is to do for the index now."""
        try:
            if self._is_damaged or (check and self._differs()):
                raise IndexDamaged  # noqa: TRY301 - one way to heal, whoever noticed
            if self.is_behind():
                self.catch_up()
            if self.engine.window != self._span():
                self.roll()
        except IndexDamaged:
            self._heal()

    def _differs(self) -> bool:
        """Look at every file and key again, once in a while."""
        self.engine.verify()
        return bool(self.difference())

    def _heal(self) -> None:
        """Build the index anew, unless another process just did."""
        with self._turn():
            if self._is_still_damaged():
                self.rebuild()
                self.health.n_healed += 1
        self._is_damaged = False

    def _is_still_damaged(self) -> bool:
        try:
            self.engine.verify()
            return self.is_missing() or bool(self.difference())
        except IndexDamaged:
            return True

    def _changed(self) -> Changed | None:
        """Read what the log says since the index's mark; None when it says nothing more."""
        with self.database.reading() as session:
            changed = services_changed(session, since=self.engine.mark)
        return changed if changed.mark != self.engine.mark else None

    def _edit(self, changed: Changed) -> Edit:
        with self.database.reading() as session:
            made = tuple(documents_of(session, self.vocabulary, sorted(changed.services)))
        window = self.engine.window
        return Edit(
            groups=changed.services,
            documents=tuple(each.document for each in made),
            changes={
                each.document.schedule: changes_over(each.hours, window)
                for each in made
                if each.document.schedule and window.first <= window.last
            },
            mark=changed.mark,
        )

    def _timetables(self) -> Timetables:
        return timetables_of(self.known_hours().items(), self._span())

    def _span(self) -> Span:
        return span_of_days(window_on(self._today(), self.clock.zone))

    def _today(self) -> date:
        return self.clock.today()

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Take turns with the threads of this process, and with the others when the index is theirs too."""
        with self._mine:
            if self.lock is None or self._holds_turn:
                yield
                return
            with file_lock(self.lock, patience=PATIENCE) as alone:
                if not alone:
                    raise Busy
                self._holds_turn = True
                try:
                    yield
                finally:
                    self._holds_turn = False


class _Counted:
    """The documents of a build on their way, counted, with their hours noted."""

    def __init__(self, found: Iterator[Scheduled], known: dict[str, Hours], progress: Callable[[int], None]) -> None:
        self._found, self._known, self._progress = found, known, progress
        self.n = 0

    def __iter__(self) -> Iterator[Document]:
        for document, hours in self._found:
            self._known.setdefault(document.schedule, hours)
            self.n += 1
            self._progress(self.n)
            yield document
