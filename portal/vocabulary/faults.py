"""What is wrong in a reference file, and at which line: a problem a person can go and mend."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from portal.core.problems import Problem


class Gravity(StrEnum):
    """Whether a fault stops the file from being trusted or is only worth a look."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True)
class Fault:
    """A problem with the file and the line it stands on; line 0 is a value that came from no file."""

    problem: Problem
    file: str
    line: int
    gravity: Gravity = Gravity.ERROR

    @property
    def is_error(self) -> bool:
        """Tell whether the file must be mended before it is used."""
        return self.gravity is Gravity.ERROR

    @property
    def sentence(self) -> str:
        """Say where and what, in one line for a terminal."""
        where = f"{self.file}:{self.line}" if self.line else self.file
        kind = "erreur" if self.is_error else "avertissement"
        return f"{where} : {kind} : {self.problem.text} [{self.problem.code}]"


def errors_of(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """Keep the faults that must be mended."""
    return tuple(fault for fault in faults if fault.is_error)


def warnings_of(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """Keep the faults that are only worth a look."""
    return tuple(fault for fault in faults if not fault.is_error)


def in_reading_order(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """Order faults as a person meets them: by file, then line, then code."""
    return tuple(
        sorted(set(faults), key=lambda fault: (fault.file, fault.line, fault.problem.code, fault.problem.text))
    )
