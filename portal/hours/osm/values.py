"""What one `opening_hours` rule says, before rules are laid over one another."""

from dataclasses import dataclass
from enum import StrEnum

from portal.hours.slots import DayRule, TimeSpan


class Joined(StrEnum):
    """How a rule follows the one before."""

    REPLACING = ";"
    ADDING = ","
    FALLING_BACK = "||"


class Modifier(StrEnum):
    """What the rule makes of its days and times."""

    OPEN = "open"
    CLOSED = "closed"
    UNKNOWN = "unknown"


class Doubt(StrEnum):
    """Why words of the notation could not be carried over exactly."""

    SYNTAX = "osm-illisible"
    WEEKS = "osm-semaines"
    EASTER = "osm-paques"
    DAY_OFFSET = "osm-decalage-de-jour"
    SUN = "osm-soleil"
    OPEN_END = "osm-fin-ouverte"
    POINT = "osm-heure-seule"
    NO_TIMES = "osm-sans-heures"
    FALLBACK = "osm-repli"
    UNKNOWN = "osm-inconnu"
    COMMENT = "osm-commentaire"
    YEARS = "osm-annees"
    OVERLAP = "osm-regles-melees"
    TOO_LONG = "osm-trop-long"
    EMPTY = "osm-vide"
    CLOSED = "osm-toujours-ferme"


@dataclass(frozen=True)
class Times:
    """The times of a rule: those known, and those that are only known to be in doubt."""

    known: tuple[TimeSpan, ...] = ()
    doubtful: tuple[TimeSpan, ...] = ()
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True)
class Days:
    """The days of a rule: a union of day rules, and why they may not be exact."""

    rules: tuple[DayRule, ...] = (DayRule(),)
    stated: bool = False
    """Whether the text named days at all."""
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True)
class Rule:
    """One rule as it was read."""

    text: str
    joined: Joined
    days: Days = Days()
    times: Times | None = None
    modifier: Modifier | None = None
    comment: str = ""
    doubts: tuple[Doubt, ...] = ()
    """Faults of the rule itself; those of its days and times stand with them."""
    is_disturbed: bool = False
    """Whether a later rule speaks of its days, so that a dated one cannot stand apart as an exception."""
