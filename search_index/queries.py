"""What an index is asked: already understood, so that no text of a visitor is ever parsed by an engine."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from search_index.documents import Spot
from search_index.times import Span

Filters = Mapping[str, frozenset[str]]
"""Facet -> values of which a document must have one; all the facets named must agree."""


class Sort(StrEnum):
    """The order of the results; each is made complete by distance, name and key."""

    RELEVANCE = "relevance"
    DISTANCE = "distance"
    OPENING = "opening"
    NAME = "name"


@dataclass(frozen=True)
class Beside:
    """What has one of some tags, or stands within so many metres of what has: a desk a walk from a stop."""

    facet: str
    values: frozenset[str]
    metres: float | None = None
    """None: the document has one of the values itself."""


@dataclass(frozen=True)
class Alternative:
    """One way in which a clause may be met: all of these words, one tag, or what it stands beside."""

    words: tuple[str, ...] = ()
    """Words as a person wrote them; the engine analyses them like those of its documents."""
    tag: tuple[str, str] | None = None
    """Facet and value."""
    beside: Beside | None = None
    weight: float = 1.0
    is_prefix: bool = False
    """Whether the last word is still being typed."""
    within: tuple[str, frozenset[str]] | None = None
    """Facet and values: these words count only where one of the values stands as well."""
    outside: tuple[str, frozenset[str]] | None = None
    """Facet and values: these words count nowhere where one of the values stands."""


@dataclass(frozen=True)
class Clause:
    """Something looked for, in any of several ways: "RAM" as the word, or as what it stands for."""

    alternatives: tuple[Alternative, ...]
    is_required: bool = True
    """Whether a document without it is no answer; one that is not only lifts those that have it."""


@dataclass(frozen=True)
class Near:
    """Around a point, within a radius in metres; without one, distance only ranks."""

    spot: Spot
    radius: float | None = None


@dataclass(frozen=True, kw_only=True)
class Query:
    """One question."""

    clauses: tuple[Clause, ...] = ()
    """None: everything the filters let through."""
    near: Near | None = None
    remote: Filters = field(default_factory=dict)
    """Documents with one of these tags need no visit: the radius does not hold for them."""
    areas: frozenset[str] = frozenset()
    """Keys of the areas the visitor lives in."""
    covered: frozenset[str] = frozenset()
    """Keys of areas that make no difference: what answers for one of them is neither lifted nor put back."""
    filters: Filters = field(default_factory=dict)
    during: Span | None = None
    """Somebody is received at some minute of it; what is not known to be is left out, and counted."""
    now: int | None = None
    """The minute at which the state of each hit is told."""
    counts_open: bool = False
    """Whether to count, beside the hits, what receives at that minute."""
    today: int = 0
    """The day freshness is counted from, as `date.toordinal`; on day 0 nothing is old."""
    facets: tuple[str, ...] = ()
    """Facets whose values are to be counted; each leaves its own filter out of the count."""
    sort: Sort = Sort.RELEVANCE
    offset: int = 0
    limit: int = 20
