"""The frozen values the pages' templates receive."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Count:
    """One number of the home page and what it counts."""

    label: str
    number: str


@dataclass(frozen=True)
class Home:
    """What the home page says."""

    territory: str
    counts: tuple[Count, ...]
