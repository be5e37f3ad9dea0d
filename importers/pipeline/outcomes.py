"""How an import of one or several lists ended: one exit code, and one report that adds the figures up."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from portal.core.command import ExitCode
from portal.intake.report import Fate, Report

_GRAVEST_FIRST = (ExitCode.FAULT, ExitCode.UNREADABLE, ExitCode.REFUSED, ExitCode.USAGE, ExitCode.PROBLEMS)
_TAKEN = (Fate.CREATED, Fate.UPDATED, Fate.UNCHANGED)


@dataclass(frozen=True)
class Outcome:
    """What became of one list."""

    report: Report
    code: ExitCode
    name: str = ""
    """The file it was."""

    @property
    def came_in(self) -> bool:
        """Tell whether the list was read and its records were taken."""
        return self.code in (ExitCode.DONE, ExitCode.PROBLEMS)

    @property
    def is_worth_remembering(self) -> bool:
        """Tell whether some of its records were taken: where none was, its columns may have been misread."""
        return self.came_in and any(self.report.counts[fate] for fate in _TAKEN)


def worst(outcomes: Sequence[Outcome]) -> ExitCode:
    """Give the exit code of them all."""
    return gravest([outcome.code for outcome in outcomes])


def gravest(codes: Collection[ExitCode]) -> ExitCode:
    """Give the one exit code of several."""
    return next((code for code in _GRAVEST_FIRST if code in codes), ExitCode.DONE)


def report_of_all(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Write the report of an import: that of its list, or the sum of several with each of them below `lists`."""
    reports = [outcome.report.as_json() for outcome in outcomes]
    if len(reports) == 1:
        return reports[0]
    figures = {name: sum(report[name] for report in reports) for name in outcomes[0].report.figures()}
    feeds = list(dict.fromkeys(report["feed"] for report in reports))
    return {
        "source": reports[0]["source"],
        "feed": ", ".join(feeds),
        "run": reports[-1]["run"],
        **figures,
        "reasons": [reason for report in reports for reason in report["reasons"]],
        "lists": [{"file": outcome.name, **report} for outcome, report in zip(outcomes, reports, strict=True)],
    }
