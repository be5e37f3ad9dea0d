"""Which rows meet the words asked for, and how well: the formulas of `ranking` over arrays of postings."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from search_index.asked import Asked, AskedWord, Way
from search_index.ranking import TAG_GRAINS, rarity, tag_rarity, way_score, word_score
from search_index.whoosh_engine.reaching import rows_beside
from search_index.whoosh_engine.rows import NOTHING, Floats, Found, Rows, best, common, places_of
from search_index.whoosh_engine.view import View


@dataclass(frozen=True)
class Matched:
    """What each clause found."""

    required: Sequence[Found]
    optional: Sequence[Found]

    @property
    def rows(self) -> Rows | None:
        """Give the rows that meet every clause they must; None when there is no such clause."""
        if not self.required:
            return None
        fewest, *others = sorted((found.rows for found in self.required), key=len)
        for rows in others:
            fewest = common(fewest, rows)
        return fewest

    def scores(self, rows: Rows) -> Floats:
        """Add up the scores of some of those rows."""
        total = np.zeros(len(rows)) if self.required else np.ones(len(rows))
        for found in self.required:
            # All rows are among those found: as many of them are the same.
            is_all = len(rows) == len(found.rows)
            total += found.scores if is_all else found.scores[found.rows.searchsorted(rows)]
        for found in self.optional:
            places, stand = places_of(rows, found.rows)
            total[stand] += found.scores[places[stand]]
        return total


def matched(view: View, clauses: Sequence[Asked]) -> Matched:
    """Look every clause up."""
    required = [_clause(view, clause) for clause in clauses if clause.is_required]
    return Matched(required, [_clause(view, clause) for clause in clauses if not clause.is_required])


def _clause(view: View, clause: Asked) -> Found:
    return view.clauses.get(clause, lambda: _met(view, clause))


def _met(view: View, clause: Asked) -> Found:
    """Take the best way in which each row meets a clause."""
    ways = [found for way in clause.ways if len((found := _way(view, way)).rows)]
    return best(ways, view.columns.n_rows) if ways else NOTHING


def _way(view: View, way: Way) -> Found:
    words = _looked_up(view, way)
    fewest, *others = sorted((word.rows for word in words), key=len)
    for rows in others:
        fewest = common(fewest, rows)
    if way.within is not None:
        fewest = common(fewest, view.rows_having(dict([way.within])))
    if way.outside is not None:
        fewest = np.setdiff1d(fewest, view.rows_having(dict([way.outside])), assume_unique=True)
    scores = sum((word.scores[word.rows.searchsorted(fewest)] for word in words), start=np.zeros(len(fewest)))
    # A clause never takes away from a score, however it is weighed.
    return Found(fewest, np.maximum(way_score(scores, len(words), way.weight), 0.0))


def _looked_up(view: View, way: Way) -> list[Found]:
    if way.beside is not None:
        return [_as_tagged(view, rows_beside(view, way.beside))]
    if way.tag is not None:
        facet, value = way.tag
        return [_as_tagged(view, view.rows_having({facet: frozenset((value,))}))]
    return [_word(view, word) for word in way.words]


def _word(view: View, word: AskedWord) -> Found:
    return view.words.get(word, lambda: _weighed(view, word))


def _weighed(view: View, word: AskedWord) -> Found:
    """Weigh a word in every row: the heaviest of its terms there."""
    terms = frozenset(word.terms)
    if word.start:
        terms |= view.lexicon.terms_beginning(word.start)
    found = [postings for term in sorted(terms) if (postings := view.term(term)) is not None and len(postings[0])]
    if not found:
        return NOTHING
    if len(found) == 1:
        rows, grains = found[0]
    else:
        heaviest = np.zeros(view.columns.n_rows, dtype=np.uint16)
        for of_term, its_grains in found:
            heaviest[of_term] = np.maximum(heaviest[of_term], its_grains)
        rows = np.flatnonzero(heaviest)
        grains = heaviest[rows]
    return Found(rows, word_score(grains.astype(np.float64), rarity(len(rows), len(view.all_rows))))


def _as_tagged(view: View, rows: Rows) -> Found:
    return Found(rows, np.full(len(rows), word_score(float(TAG_GRAINS), tag_rarity(len(view.all_rows)))))
