"""What is remembered of each address: when it was last asked, which version it gave, and how that ended.

A version is only trusted while the run it became still stands in the database: after a restore the file is asked for
anew. A file of visits that cannot be read is one that remembers nothing, and costs a few downloads.
"""

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from importers.reading import Marks


@dataclass(frozen=True, kw_only=True)
class Visit:
    """The last visits of one address."""

    came_in_on: date | None = None
    """The last day its list was taken, or found unchanged."""
    run: int | None = None
    run_at: datetime | None = None
    """The run that the version known became."""
    marks: Mapping[str, Marks] = field(default_factory=dict)
    """URL -> version that it gave last."""
    failed_on: date | None = None
    """Since when it has been failing; None when the last visit did not."""
    failure: str = ""

    def due_on(self, days: int) -> date | None:
        """Tell from which day it is to be asked again; None when it never came in."""
        return None if self.came_in_on is None else self.came_in_on + timedelta(days=days)

    def is_due(self, days: int, today: date) -> bool:
        """Tell whether it is to be asked today; what fails is asked every time."""
        due = self.due_on(days)
        return self.failed_on is not None or due is None or due <= today

    def failing(self, sentence: str, today: date) -> "Visit":
        """Remember a failure beside what came in before."""
        return replace(self, failed_on=self.failed_on or today, failure=sentence)


NEVER = Visit()


def read_visits(file: Path) -> dict[str, Visit]:
    """Read what is remembered, by the key of the address."""
    with suppress(OSError, ValueError, TypeError, KeyError, AttributeError):
        return {key: _visit(said) for key, said in json.loads(file.read_text(encoding="utf-8")).items()}
    return {}


def write_visits(file: Path, visits: Mapping[str, Visit]) -> None:
    """Remember all in one step."""
    draft = file.with_name(f"{file.name}.nouveau")
    said = {key: _said(visit) for key, visit in sorted(visits.items())}
    draft.write_text(json.dumps(said, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    draft.replace(file)


def _said(visit: Visit) -> dict[str, Any]:
    return {
        "came_in_on": visit.came_in_on and visit.came_in_on.isoformat(),
        "run": visit.run,
        "run_at": visit.run_at and visit.run_at.isoformat(),
        "marks": {url: [marks.etag, marks.last_modified] for url, marks in visit.marks.items()},
        "failed_on": visit.failed_on and visit.failed_on.isoformat(),
        "failure": visit.failure,
    }


def _visit(said: Mapping[str, Any]) -> Visit:
    return Visit(
        came_in_on=_day(said["came_in_on"]),
        run=said["run"],
        run_at=datetime.fromisoformat(said["run_at"]) if said["run_at"] else None,
        marks={url: Marks(*marks) for url, marks in said["marks"].items()},
        failed_on=_day(said["failed_on"]),
        failure=str(said["failure"]),
    )


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None
