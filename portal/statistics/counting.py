"""Counts what visitors see: in memory while a page is answered, into the database by a thread beside."""

import logging
import threading
from collections import Counter
from collections.abc import Mapping
from datetime import date
from http import HTTPStatus

from flask import Flask, Response, request
from sqlalchemy.orm import Session

from portal.core.clock import Clock
from portal.core.database import Database
from portal.core.logs import place_of
from portal.statistics.models import AudienceCount
from portal.statistics.rules import Seen, is_a_program
from portal.web.audience import subject_of_page
from portal.web.kinds import current_kind

log = logging.getLogger(__name__)
MOST_KEPT = 20_000
PAUSE = 10.0
"""Seconds between two writings."""
_KEY = "maillage audience"
_SEEN = frozenset([HTTPStatus.OK, HTTPStatus.NOT_MODIFIED])


class Audience:
    """Counts kept until they are written; threads may share it."""

    def __init__(self, *, most_kept: int = MOST_KEPT) -> None:
        self._most_kept = most_kept
        self._counts: Counter[tuple[date, Seen]] = Counter()
        self._n_lost = 0
        self._lock = threading.Lock()

    def note(self, day: date, seen: Seen) -> None:
        """Count one page; past all reason, what is new is left out."""
        self.give_back({(day, seen): 1})

    def give_back(self, counted: Mapping[tuple[date, Seen], int]) -> None:
        """Keep counts that could not be written, as far as there is room."""
        with self._lock:
            for key, times in counted.items():
                if len(self._counts) < self._most_kept or key in self._counts:
                    self._counts[key] += times
                else:
                    self._n_lost += times

    def take(self) -> dict[tuple[date, Seen], int]:
        """Give what was counted, and begin anew."""
        with self._lock:
            taken, self._counts = dict(self._counts), Counter()
        return taken

    def take_lost(self) -> int:
        """Tell how many pages were left out since this was last asked."""
        with self._lock:
            n_lost, self._n_lost = self._n_lost, 0
        return n_lost


def count_audience(app: Flask, clock: Clock) -> Audience:
    """Count every page that a visitor is shown."""
    audience = Audience()
    app.extensions[_KEY] = audience

    @app.after_request
    def _note(response: Response) -> Response:
        if _is_seen(response):
            subject = subject_of_page()
            audience.note(clock.today(), Seen(current_kind(), subject.theme, subject.commune, subject.found_nothing))
        return response

    return audience


def _is_seen(response: Response) -> bool:
    """Tell a page shown to a visitor: staff bear a cookie, and what is fetched ahead may never be looked at."""
    headers = request.headers
    return (
        request.method == "GET"
        and response.status_code in _SEEN
        and response.mimetype == "text/html"
        and "Cookie" not in headers
        and "prefetch" not in headers.get("Sec-Purpose", headers.get("Purpose", ""))
        and not is_a_program(headers.get("User-Agent", ""))
    )


def tend_audience(app: Flask, database: Database) -> None:
    """Start the thread that writes what this process counted; it ends with the process."""
    audience: Audience = app.extensions[_KEY]
    stop = threading.Event()
    threading.Thread(target=_keep_writing, args=(audience, database, stop), name="audience", daemon=True).start()


def write_last_counts(app: Flask, database: Database) -> None:
    """Write what this process still holds, before it ends."""
    write_what_was_seen(app.extensions[_KEY], database)


def write_what_was_seen(audience: Audience, database: Database) -> None:
    """Write the counts, if there are any; they are kept for the next time when the database cannot be written."""
    counted = audience.take()
    if not counted:
        return
    try:
        with database.writing() as session:
            add_counts(session, counted)
    except Exception:
        audience.give_back(counted)
        raise


def add_counts(session: Session, counted: dict[tuple[date, Seen], int]) -> None:
    """Add counts to those of the database."""
    for (day, seen), times in sorted(counted.items()):
        row = session.get(AudienceCount, (day, *seen))
        if row is None:
            session.add(AudienceCount(day=day, **seen._asdict(), times=times))
        else:
            row.times += times


def _keep_writing(audience: Audience, database: Database, stop: threading.Event) -> None:
    while not stop.wait(PAUSE):
        write_or_wait(audience, database)


def write_or_wait(audience: Audience, database: Database) -> None:
    """Write the counts, or keep them for the next turn: that is no fault to be woken for, what is lost is."""
    try:
        write_what_was_seen(audience, database)
    except Exception as error:  # noqa: BLE001 - the next turn may succeed; a dead thread counts nothing
        log.warning("the audience is kept, to be written later: %(error)s", {"error": place_of(error)})
    if n_lost := audience.take_lost():
        log.error("%(n)s pages seen were not counted", {"n": n_lost})
