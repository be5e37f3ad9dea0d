"""Takes a person out of all that the intake keeps: lines as they were received, corrections, questions, reports."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import String, and_, cast, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from portal.core.database import Base
from portal.core.person_names import PersonName
from portal.intake.models.decisions import Correction, ReviewItem
from portal.intake.models.reports import ErrorReport
from portal.intake.models.sources import RunProblem, RunStep
from portal.intake.models.traces import Trace

_Taken = Callable[[PersonName, Any], Any]


def _out_of(name: PersonName, value: Any) -> Any:  # noqa: ANN401 - a column of any kind
    return name.out_of_value(value)


def _whole(name: PersonName, text: str) -> str:
    """Erase the whole text that names the person, be it in two cells of a line."""
    return "" if name.is_in(text) or name.is_said_by(text) else text


def _line_aside(name: PersonName, content: Mapping[str, Any]) -> dict[str, Any]:
    """Take the name out of a question; the line that was set aside goes as a whole, as that of a trace does."""
    raw = {"raw": _whole(name, content["raw"])} if "raw" in content else {}
    return {**name.out_of_value(content), **raw}


def _step(name: PersonName, before: Any) -> Any:  # noqa: ANN401 - JSON has no narrower type
    return _line_aside(name, before) if isinstance(before, dict) else name.out_of_value(before)


_KEPT: Mapping[type[Base], Mapping[str, _Taken]] = {
    Trace: {"raw": _whole, "said": _out_of},
    RunStep: {"before": _step},
    RunProblem: {"value": _whole, "message": _out_of},
    Correction: {"value": _out_of, "replaced": _out_of, "sources_said": _out_of, "author": _out_of, "reason": _out_of},
    ReviewItem: {"content": _line_aside, "reasons": _out_of, "decided_by": _out_of, "decision_reason": _out_of},
    ErrorReport: {"words": _whole},
}
"""Table -> its columns that may name somebody, and how the name leaves each."""


def erase_from_intake(session: Session, *, name: PersonName) -> int:
    """Take a person out of every row that names one; give how many rows did."""
    if not name.words:
        return 0
    return sum(_erase_from(session, table, columns, name) for table, columns in _KEPT.items())


def _erase_from(session: Session, table: type[Base], columns: Mapping[str, _Taken], name: PersonName) -> int:
    session.flush()
    found = 0
    for row in session.scalars(select(table).where(or_(*(_may_hold(getattr(table, each), name) for each in columns)))):
        taken = {each: take(name, getattr(row, each)) for each, take in columns.items()}
        changed = {each: value for each, value in taken.items() if value != getattr(row, each)}
        for each, value in changed.items():
            setattr(row, each, value)
        found += bool(changed)
    session.flush()
    return found


def _may_hold(column: InstrumentedAttribute[Any], name: PersonName) -> Any:  # noqa: ANN401 - a condition
    return and_(*(cast(column, String).ilike(pattern) for pattern in name.sieve))
