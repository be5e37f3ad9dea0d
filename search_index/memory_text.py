"""Which documents meet a question, and how well: the formulas of `ranking`, word by word."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

from search_index.asked import Asked, AskedWord, Way
from search_index.distances import metres_from, vector_of, vectors_of
from search_index.documents import Document, Spot
from search_index.entries import Entry
from search_index.lexicon import Lexicon
from search_index.queries import Beside
from search_index.ranking import TAG_GRAINS, rarity, tag_rarity, way_score, word_score

Weights = Mapping[int, int]
"""Key of a document -> what something weighs in it, in grains."""
Scores = dict[int, float]
_NOWHERE: Weights = {}


@dataclass(frozen=True)
class Postings:
    """Where each term and each tag stands."""

    terms: Mapping[str, Weights]
    tags: Mapping[tuple[str, str], Weights]
    keys: frozenset[int] = frozenset()
    spots: Mapping[int, Spot] = field(default_factory=dict)

    @classmethod
    def of(cls, documents: Mapping[int, Document], entries: Mapping[int, Entry]) -> "Postings":
        """Turn documents around."""
        terms: defaultdict[str, dict[int, int]] = defaultdict(dict)
        tags: defaultdict[tuple[str, str], dict[int, int]] = defaultdict(dict)
        for key, entry in entries.items():
            for term, weight in entry.terms.items():
                terms[term][key] = weight
        for key, document in documents.items():
            for facet, values in document.tags.items():
                for value in values:
                    tags[facet, value][key] = TAG_GRAINS
        spots = {key: document.spot for key, document in documents.items() if document.spot is not None}
        return cls(dict(terms), dict(tags), frozenset(documents), spots)


def text_scores(clauses: Iterable[Asked], postings: Postings, lexicon: Lexicon) -> Scores:
    """Score the documents that meet every clause they must; without such a clause, all of them."""
    scored = [(clause.is_required, _clause_scores(clause, postings, lexicon)) for clause in clauses]
    required = [scores for is_required, scores in scored if is_required]
    met = {key for key in postings.keys if all(key in scores for scores in required)}
    base = 0.0 if required else 1.0
    return {key: base + sum(scores.get(key, 0.0) for _, scores in scored) for key in met}


def _clause_scores(clause: Asked, postings: Postings, lexicon: Lexicon) -> Scores:
    """Take the best way in which each document meets a clause."""
    best: Scores = {}
    for way in clause.ways:
        for key, score in _way_scores(way, postings, lexicon).items():
            best[key] = max(score, best.get(key, 0.0))
    return best


def _way_scores(way: Way, postings: Postings, lexicon: Lexicon) -> Scores:
    if way.beside is not None:
        words, rarities = [_beside(way.beside, postings)], [tag_rarity(len(postings.keys))]
    elif way.tag is not None:
        words, rarities = [postings.tags.get(way.tag, _NOWHERE)], [tag_rarity(len(postings.keys))]
    else:
        words = [_weights(word, postings, lexicon) for word in way.words]
        rarities = [rarity(len(weights), len(postings.keys)) for weights in words]
    with_all = [key for key in words[0] if all(key in weights for weights in words) and _stands(key, way, postings)]
    return {
        key: way_score(
            sum(word_score(float(weights[key]), rare) for weights, rare in zip(words, rarities, strict=True)),
            len(words),
            way.weight,
        )
        for key in with_all
    }


def _beside(beside: Beside, postings: Postings) -> Weights:
    """Find what has one of the tags, or stands near what has."""
    tagged = {key for value in beside.values for key in postings.tags.get((beside.facet, value), _NOWHERE)}
    if beside.metres is None:
        return dict.fromkeys(tagged, TAG_GRAINS)
    keys, centres = [*postings.spots], {postings.spots[key] for key in tagged if key in postings.spots}
    where = vectors_of(*(np.array([(spot.lat, spot.lon) for spot in postings.spots.values()]).reshape(-1, 2).T))
    near = (metres_from(vector_of(centre), where) <= beside.metres for centre in centres)
    return {keys[row]: TAG_GRAINS for is_near in near for row in np.flatnonzero(is_near)}


def _stands(key: int, way: Way, postings: Postings) -> bool:
    """Tell whether the words of a way count in a document, by what it is tagged."""
    is_within = way.within is None or _has_one_of(key, *way.within, postings)
    return is_within and (way.outside is None or not _has_one_of(key, *way.outside, postings))


def _has_one_of(key: int, facet: str, values: frozenset[str], postings: Postings) -> bool:
    return any(key in postings.tags.get((facet, value), _NOWHERE) for value in values)


def _weights(word: AskedWord, postings: Postings, lexicon: Lexicon) -> Weights:
    """Weigh a word in every document: the heaviest of its terms there."""
    terms = set(word.terms)
    if word.start:
        terms |= lexicon.terms_beginning(word.start)
    heaviest: dict[int, int] = {}
    for term in terms:
        for key, weight in postings.terms.get(term, _NOWHERE).items():
            heaviest[key] = max(weight, heaviest.get(key, 0))
    return heaviest
