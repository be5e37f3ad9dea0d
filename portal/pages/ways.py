"""Links and choices that several pages offer, as frozen words."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Way:
    """A link and its words."""

    words: str
    href: str


@dataclass(frozen=True)
class Choice:
    """One value of a field."""

    value: str
    label: str
    is_chosen: bool
