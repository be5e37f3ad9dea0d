"""What makes one answer better than another: every weight and formula, and nothing else.

    score = text x closeness x competence x freshness

Each is a sentence a secretary can check:

- text: a word in the title counts more than in the rest; a rare word more than one everybody uses; the same word ten
  times hardly more than three times
- closeness: what lies at 2 km comes before what lies at 20 km when they suit as well; half an hour's drive does not
  wipe out the right answer
- near a place, words that suit nearly as well as the best suit as well: a longer title makes nobody drive farther
- season: what is over until next year comes behind what goes on
- competence: the office in charge of your commune comes before the nearest one of its kind; an office in charge of
  others only comes last of its kind
- freshness: of two equal answers, the one confirmed lately comes first

Every function takes plain numbers or numpy arrays and gives the same figures for both, so that the readable engine and
the fast one agree to the last digit kept.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from search_index.documents import Part

Floats = NDArray[np.float64]
Numbers = TypeVar("Numbers", float, Floats)

PART_WEIGHTS: Mapping[Part, float] = MappingProxyType(
    {Part.TITLE: 5.0, Part.CONCEPT: 4.0, Part.STRUCTURE: 2.0, Part.PLACE: 1.5, Part.TEXT: 1.0}
)
"""How much a word counts, by where it stands."""

USUAL_LENGTHS: Mapping[Part, float] = MappingProxyType(
    {Part.TITLE: 4.0, Part.CONCEPT: 6.0, Part.STRUCTURE: 4.0, Part.PLACE: 6.0, Part.TEXT: 40.0}
)
"""Words a part usually has; in a longer one each counts less. Fixed, so that one document more changes no other."""

LENGTH_COUNTS = 0.4
"""How far the length of a part matters, from 0 (not at all) to 1 (twice as long, half the weight)."""
SATURATION = 4.0
"""Weight in a document at which a word has half of all it can bring: the title alone does more than half."""
GRAIN = 32
"""Weights in a document are kept as whole 32ths, so that they fit a small integer and every engine has the same."""
HEAVIEST = 65_535
"""Grains a word may weigh in a document: an unsigned integer of 16 bits."""

NEARLY_THERE = 8_000.0
"""Metres at which half of what closeness can take away is gone: villages at a quarter of an hour."""
FARTHEST_CLOSENESS = 0.4
"""What is left of a score however far the place is."""
REMOTE_CLOSENESS = 0.61
"""Phone, video and services that come home, of no desk: as good as a place in the next town, behind one at hand."""
NOWHERE_CLOSENESS = 0.6
"""No point is known: behind what is near, before what is far."""

COMPETENT = 1.6
"""In charge of the visitor's commune."""
NOT_COMPETENT = 0.1
"""In charge of other communes only: shown, marked, never first."""
COMPETENT_DISTANCE = 0.15
"""Share of closeness that still counts for the office in charge: one goes there even if it is farther."""

FRESH_DAYS = 730.0
"""Days after which a document cannot get any staler."""
STALEST = 0.85
"""What is left of a score when the last word on it is old, or of an unknown day."""

SAME_QUALITY = 0.85
"""Share of the best text score from which on answers suit as well as each other: among them the nearest is first."""
OUT_OF_SEASON = 0.5
"""What is left of the score of what is over until next year: it is found by its name, and behind what goes on."""

FINEST = 1_000_000
"""Parts of 1 that scores are told apart by; what differs less is equal, and then the nearer one comes first."""


def occurrence(part: Part, length: int) -> float:
    """Weigh a word each time it stands in a part of so many words."""
    stretch = 1 - LENGTH_COUNTS + LENGTH_COUNTS * length / USUAL_LENGTHS[part]
    return PART_WEIGHTS[part] / stretch


def grains(weight: float) -> int:
    """Round what a term weighs in a document, summed over its occurrences, as engines keep it."""
    return min(HEAVIEST, max(1, round(weight * GRAIN)))


TAG_GRAINS = grains(PART_WEIGHTS[Part.CONCEPT])
"""What a tag weighs in a document that has it: as much as a word among its concepts."""
USUAL_SHARE = 0.01
"""Share of the documents that a tag is taken to stand on: of two kinds that answer, the rarer is not the better."""


def rarity(n_with: float, n_documents: int) -> float:
    """Tell how much a term says: one that stands everywhere says nearly nothing, a rare one a lot."""
    return float(np.log1p((n_documents - n_with + 0.5) / (n_with + 0.5)))


def tag_rarity(n_documents: int) -> float:
    """Tell how much a tag says, be it on few documents or on many."""
    return rarity(max(1.0, USUAL_SHARE * n_documents), n_documents)


def word_score(weight: Numbers, rarity_of_it: float) -> Numbers:
    """Score a word in a document from its grains there (BM25F: more of the same brings less and less)."""
    grown = weight / GRAIN
    return rarity_of_it * (SATURATION + 1) * grown / (SATURATION + grown)


def way_score(word_scores: Numbers, n_words: int, weight: float) -> Numbers:
    """Score one way of meeting a clause from the sum over its words: their mean, so that long names are no better."""
    return weight * word_scores / n_words


def closeness(distance: Numbers) -> Numbers:
    """Tell what is left of a score at so many metres: all of it at hand, 40 % at the end of the world."""
    return FARTHEST_CLOSENESS + (1 - FARTHEST_CLOSENESS) * NEARLY_THERE / (NEARLY_THERE + distance)


def closeness_in_charge(plain: Numbers) -> Numbers:
    """Tell what is left for the office in charge, where it would be `plain` for another."""
    return 1 - COMPETENT_DISTANCE + COMPETENT_DISTANCE * plain


def freshness(age: Numbers) -> Numbers:
    """Tell what is left of a score so many days after the last word on it."""
    days = np.minimum(np.maximum(age, 0.0), FRESH_DAYS)
    left: Numbers = 1 - (1 - STALEST) * days / FRESH_DAYS
    return left


def levelled(text: Floats) -> Floats:
    """Make the text scores equal that are nearly as good as the best of them."""
    return np.where(text >= SAME_QUALITY * text.max(initial=0.0), text.max(initial=0.0), text)


def whole(text: Numbers, close: Numbers, competence: Numbers, fresh: Numbers) -> Numbers:
    """Put the four together, rounded as they are compared and given back."""
    rounded: Numbers = np.rint(text * close * competence * fresh * FINEST) / FINEST
    return rounded
