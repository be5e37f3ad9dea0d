"""What is put into an index: one document for each way to reach a service."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

Tags = Mapping[str, tuple[str, ...]]
"""Name of a facet ("concept", "audience", "mode"…) -> the values a document has there; none is known here."""


class Part(StrEnum):
    """Where in a document words stand; how much each part weighs is written in `ranking`."""

    TITLE = "title"
    CONCEPT = "concept"
    STRUCTURE = "structure"
    PLACE = "place"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Spot:
    """A point on the earth, in degrees."""

    lat: float
    lon: float


@dataclass(frozen=True, kw_only=True)
class Document:
    """One way to reach a service: results are collapsed by `group`, of which the nearest or next stands for all."""

    key: int
    """What results give back; no two documents of an index share it."""
    group: int
    """What several documents are ways to reach; counted once everywhere."""
    texts: Mapping[Part, str]
    tags: Tags = field(default_factory=dict)
    spot: Spot | None = None
    areas: tuple[str, ...] = ()
    """Keys of the areas it answers for alone; none: it makes no difference where the visitor lives."""
    schedule: str = ""
    """Key of its timetable; one without is never known to be open."""
    fresh_on: int = 0
    """Day of the last word on it, counted as `date.toordinal`."""
    name: str = ""
    """What a list by name is sorted by, folded by the caller."""
