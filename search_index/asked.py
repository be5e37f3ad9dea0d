"""What a query asks of an index, in terms: read once, the same for every engine, and bounded whatever was typed."""

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from search_index.analysis import MOST_CHARACTERS, Analysis
from search_index.queries import Alternative, Beside, Clause, Query

MOST_CLAUSES = 24
MOST_WAYS = 24
MOST_WORDS = 12
"""Of one way. Beyond these three, and `analysis.MOST_CHARACTERS`, nothing is read: no person asks that much."""
SHORTEST_START = 2
"""Letters from which a word still being typed stands for all that begin so."""
_MOST_REMEMBERED = 4096
"""Clauses whose words are not read again."""


class AskedWord(NamedTuple):
    """A word looked for: any of its terms will do, and any written word that begins with its start."""

    terms: tuple[str, ...]
    start: str = ""


class Way(NamedTuple):
    """One way in which a clause is met: all its words, a tag, or what it stands beside."""

    words: tuple[AskedWord, ...] = ()
    tag: tuple[str, str] | None = None
    weight: float = 1.0
    within: tuple[str, frozenset[str]] | None = None
    outside: tuple[str, frozenset[str]] | None = None
    beside: Beside | None = None


class Asked(NamedTuple):
    """A clause in terms."""

    ways: tuple[Way, ...]
    is_required: bool


def asked_of(query: Query, analysis: Analysis) -> tuple[Asked, ...]:
    """Read the clauses of a query; one that says nothing ("de la") asks for nothing."""
    clauses = (_clause(clause, analysis) for clause in query.clauses[:MOST_CLAUSES])
    return tuple(clause for clause in clauses if clause.ways)


@lru_cache(maxsize=_MOST_REMEMBERED)
def _clause(clause: Clause, analysis: Analysis) -> Asked:
    ways = (way for alternative in clause.alternatives[:MOST_WAYS] for way in _ways(alternative, analysis))
    return Asked(tuple(ways), clause.is_required)


def _ways(alternative: Alternative, analysis: Analysis) -> Iterator[Way]:
    if words := _words(alternative, analysis):
        within, outside = alternative.within, alternative.outside
        yield Way(words=words, weight=alternative.weight, within=within, outside=outside)
    if alternative.tag is not None:
        yield Way(tag=alternative.tag, weight=alternative.weight)
    if alternative.beside is not None:
        within, outside = alternative.within, alternative.outside
        yield Way(beside=alternative.beside, weight=alternative.weight, within=within, outside=outside)


def _words(alternative: Alternative, analysis: Analysis) -> tuple[AskedWord, ...]:
    text = " ".join(word[:MOST_CHARACTERS] for word in alternative.words[:MOST_CHARACTERS])[:MOST_CHARACTERS]
    whole = [AskedWord(word.terms) for word in analysis.asked(text)]
    if alternative.is_prefix and (start := analysis.last(text)) and len(start.folded) >= SHORTEST_START:
        # A stop word may be the beginning of another: "de" of "dentiste".
        whole = [word for word in whole if word.terms != start.terms]
        whole.append(AskedWord(start.terms, start.folded))
    return tuple(dict.fromkeys(whole))[-MOST_WORDS:]
