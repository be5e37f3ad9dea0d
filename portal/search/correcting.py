"""Slips of the pen: words that stand nowhere, and what they may have meant. Tried with a budget, kept when it helps."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby

import numpy as np

from portal.core.text import fold
from portal.geography.typos import TypoTable
from portal.search.answers import Correction
from portal.search.understanding.question import Book, Understood
from search_index.engine import Engine
from search_index.slips import MOST_SLIPS, slips_between

MOST_CORRECTED = 3
"""Words corrected in one question: beyond, it is written in another tongue."""
_CONSIDERED = 5
"""Words of the index that are looked at for one that is misspelt."""
_SOUNDING_ALIKE = ("ckq", "csz", "fp", "gj", "iy", "ae", "ao", "eo")
_HEARD = (("ph", "f"), ("qu", "k"), ("h", ""), ("y", "i"), ("ss", "s"), ("eau", "o"), ("au", "o"))
_AS_HEARD = 1
"""Slips that a word counts as which sounds as it was typed."""
_LONG_ENOUGH_TO_HEAR = 5
_SHORTEST_START = 4
"""Letters from which a word may be the beginning of a longer one: "biblio", "ophtalmo"."""


@dataclass(frozen=True)
class WordBook:
    """Every word that means something here: of needs, sentences and places."""

    words: Mapping[str, str]
    """Key -> the word as it is written."""
    often: Mapping[str, int] = field(default_factory=dict)
    """Key -> in how many names of needs it stands; a word of a place stands in none."""
    beside: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Key -> the other words of the names in which it stands: beside "sage", "fame" is "femme"."""

    @cached_property
    def _keys(self) -> list[str]:
        return sorted(key for key in self.words if key.isascii() and key.isalpha())

    @cached_property
    def _heard(self) -> Mapping[str, list[str]]:
        heard = defaultdict[str, list[str]](list)
        for key in self._keys:
            if self.words[key].isalpha():
                heard[sound(key)].append(key)
        return heard

    @cached_property
    def _table(self) -> TypoTable:
        return TypoTable(self._keys, np.arange(len(self._keys)))

    def nearest(self, key: str, others: Collection[str] = ()) -> tuple[int, str] | None:
        """Give the word with the fewest slips, and how many they are; one that goes with the others first."""
        if not key.isascii():
            return None
        found = [(each.slips, self._keys[each.row]) for each in self._table.near(key)]
        # "Ortofoniste" is three letters away, and sounds the same.
        found += [(_AS_HEARD, other) for other in self._heard.get(sound(key), ()) if len(key) >= _LONG_ENOUGH_TO_HEAR]
        going_with = frozenset[str]().union(*(self.beside.get(other, frozenset()) for other in others))
        found += [(MOST_SLIPS, each) for each in going_with if each in self.words and _may_be(key, each)]
        near = [each for each in found if begins_alike(key, each[1])]
        if not near:
            return None
        slips, nearest = min(near, key=lambda each: (each[1] not in going_with, *self._doubt(key, *each)))
        return slips, self.words[nearest]

    def _doubt(self, typed: str, slips: int, meant: str) -> tuple[object, ...]:
        """Rank what may have been meant, the likeliest first: what sounds the same, then the fewest slips."""
        says_nothing = meant not in self.often
        begins_otherwise = typed[:1] != meant[:1]
        usual = -self.often.get(meant, 0)
        sounds_otherwise = sound(typed) != sound(meant)
        return sounds_otherwise, slips, says_nothing, begins_otherwise, unlikelihood(typed, meant), usual, meant

    def beginning(self, key: str) -> str | None:
        """Give the shortest word that begins so."""
        found = [each for each in self._keys if each.startswith(key)] if len(key) >= _SHORTEST_START else []
        return self.words[min(found, key=lambda each: (len(each), each))] if found else None


def _may_be(typed: str, meant: str) -> bool:
    """Tell whether a word that goes with the others may have been meant, even where a short one holds two slips."""
    return len(typed) >= _SHORTEST_START and slips_between(typed, meant, most=MOST_SLIPS) <= MOST_SLIPS


def begins_alike(typed: str, meant: str) -> bool:
    """Tell whether two words may begin with the same sound: "dental" never becomes "mental".

    People know how a word begins, or at least how it sounds; they may swap, forget or add its first letter.
    """
    first, other = typed[:1], meant[:1]
    swapped_or_missing = first == meant[1:2] or other == typed[1:2]
    return first == other or swapped_or_missing or any(first in each and other in each for each in _SOUNDING_ALIKE)


def sound(key: str) -> str:
    """Write a word nearly as it sounds: "orthofoniste" is heard like "orthophoniste"."""
    for written, heard in _HEARD:
        key = key.replace(written, heard)
    return "".join(letter for letter, _ in groupby(key))


def unlikelihood(typed: str, meant: str) -> int:
    """Rank slips as people make them: letters swapped, then left out or doubled, then taken for others."""
    if sorted(typed) == sorted(meant):
        return 0
    short, long = sorted((typed, meant), key=len)
    rest = iter(long)
    return 1 if len(short) < len(long) and all(letter in rest for letter in short) else 2


def word_book(book: Book) -> WordBook:
    """Gather the words of a territory's needs and places."""
    return WordBook({**book.places.words, **book.needs.words}, book.needs.often, book.needs.beside)


def corrections_of(understood: Understood, engine: Engine, words: WordBook) -> tuple[Correction, ...]:
    """Propose other words for those that stand in no document and name nothing."""
    found: list[Correction] = []
    for word in understood.rest_words:
        if len(found) < MOST_CORRECTED and not engine.knows(word) and not any(letter.isdigit() for letter in word):
            meant = _meant(word, engine, words, [token.key for token in understood.tokens if token.written != word])
            if meant is not None and fold(meant) != fold(word):
                found.append(Correction(word, meant))
    return tuple(found)


def corrected(text: str, corrections: tuple[Correction, ...]) -> str:
    """Write a question with its words corrected."""
    for each in corrections:
        text = text.replace(each.typed, each.meant, 1)
    return text


def _meant(word: str, engine: Engine, words: WordBook, others: Collection[str]) -> str | None:
    key = fold(word)
    begun = words.beginning(key)
    if begun is None and len(key) >= _SHORTEST_START:
        completed = engine.completions(word, limit=1)
        begun = completed[0].word if completed else None
    if begun is not None:
        return begun
    named = words.nearest(key, others)
    likely = engine.corrections(word, limit=_CONSIDERED)
    written = [each for each in likely if begins_alike(key, fold(each.word))]
    # Of two as likely, a word of the thesaurus leads somewhere.
    if named is not None and (not written or named[0] <= written[0].slips):
        return named[1]
    return written[0].word if written else None
