"""What an index answers: keys, distances, states and counts; never a text of its own."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from search_index.times import State


class Hit(NamedTuple):
    """The document that stands for its group."""

    key: int
    group: int
    score: float
    distance: float | None = None
    """Metres from the point of the query; None without one, or where the document has none."""
    state: State = State.UNKNOWN
    is_competent: bool | None = None
    """Whether it answers for the visitor's areas; None where that makes no difference."""


class Count(NamedTuple):
    """How many groups have a value."""

    value: str
    n_groups: int


@dataclass(frozen=True)
class Results:
    """One page of hits, and what is true of all of them."""

    hits: tuple[Hit, ...] = ()
    total: int = 0
    """Groups found, on every page."""
    facets: Mapping[str, tuple[Count, ...]] = field(default_factory=dict)
    """Facet -> its values, the most frequent first, then by value."""
    n_unknown: int = 0
    """Groups left out because nobody knows whether they receive during the span asked."""
    n_open: int = 0
    """Groups that receive at the minute told, whatever span was asked; counted where the question wants it."""


class Suggestion(NamedTuple):
    """A word of the index that a word may have meant, or that it begins."""

    word: str
    n_documents: int
    slips: int = 0
    """Letters added, left out, changed or swapped."""
