"""What a reader says beside its value: parsing returns (value, problems) and never raises."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One thing that was not understood, in words a secretary can act on."""

    code: str
    """A stable kebab-case name of the fault, such as `heures-inversees`."""
    text: str
    """A French sentence: what is wrong, and what to do."""
    value: str = ""
    """The words that raised it, as they stood."""
    field: str = ""
    """The column or field they stood in, when known."""
    expected: tuple[str, ...] = ()
    """What may stand there instead: all the values, or how one looks."""
