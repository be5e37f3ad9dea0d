"""The report of a run: what became of every record that was read, and why; its JSON keys are for ever."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from portal.core.command import ExitCode
from portal.core.problems import Problem


class Fate(StrEnum):
    """What became of a record; each that was read has exactly one."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    DUPLICATE = "duplicate"
    """The same record stood in the file before."""
    QUARANTINED = "quarantined"
    REFUSED = "refused"
    SKIPPED = "skipped"


@dataclass(frozen=True)
class Reason:
    """Why a line did not come in as it stood."""

    line: int
    problem: Problem
    fate: Fate | None = None
    """What became of the line that stayed outside; None when it came in all the same."""

    def as_json(self) -> dict[str, Any]:
        """Write the reason for the report."""
        return {
            "line": self.line,
            "field": self.problem.field,
            "code": self.problem.code,
            "message": self.problem.text,
        }


@dataclass(kw_only=True)
class Report:
    """What one run did, or would do when it is dry."""

    source: str
    feed: str
    run: int | None = None
    """None for a dry run."""
    counts: dict[Fate, int] = field(default_factory=lambda: dict.fromkeys(Fate, 0))
    hidden: int = 0
    """Rows of earlier runs, outside the sum."""
    missing: int = 0
    """Records of earlier runs that the list no longer names, and that wait out their grace."""
    asked: int = 0
    """Questions that now wait for a person."""
    reasons: list[Reason] = field(default_factory=list)
    guard: Problem | None = None
    """Why the run as a whole was refused."""

    def count(self, fate: Fate, n: int = 1) -> None:
        """Count records of one fate."""
        self.counts[fate] += n

    def explain(self, line: int, problems: Iterable[Problem], fate: Fate | None = None) -> None:
        """Say what is wrong with a line, and what became of it where it stayed outside."""
        self.reasons += [Reason(line, problem, fate) for problem in problems]

    @property
    def read(self) -> int:
        """Count what was read: the sum of all fates."""
        return sum(self.counts.values())

    @property
    def exit_code(self) -> ExitCode:
        """Tell how the command that asked for the run ends: 3 when somebody has to act, or something stays as it is.

        A line that stayed outside waits to be mended, a question to be answered. A remark on a line that came in
        waits for nobody: most lists have some every night, and a code that never changes is not looked at.
        """
        if self.guard is not None:
            return ExitCode.REFUSED
        waiting = self.counts[Fate.QUARANTINED] + self.counts[Fate.REFUSED] + self.asked
        return ExitCode.PROBLEMS if waiting else ExitCode.DONE

    def figures(self) -> dict[str, int]:
        """List the figures."""
        return {"read": self.read, **{fate.value: n for fate, n in self.counts.items()}, "hidden": self.hidden}

    def all_reasons(self) -> list[Reason]:
        """List every reason by line, that of a refused run first."""
        in_order = sorted(self.reasons, key=lambda reason: reason.line)
        return in_order if self.guard is None else [Reason(0, self.guard), *in_order]

    def as_json(self) -> dict[str, Any]:
        """Write the report as JSON."""
        reasons = [reason.as_json() for reason in self.all_reasons()]
        return {"source": self.source, "feed": self.feed, "run": self.run, **self.figures(), "reasons": reasons}
