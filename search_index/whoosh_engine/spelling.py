"""Which of many words lie within a few slips of one: counted for all of them side by side, letter by letter.

The table of `search_index.slips` has a column for each letter of a word. Neighbours in a column differ by one at most,
so that a column is two sets of bits (one more, one less), and the next one takes a dozen operations on whole numbers
(Myers 1999; with swapped neighbours: Hyyrö 2003). Here each operation is done for all words that may be meant.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from search_index.slips import slips_between

Bits = NDArray[np.uint64]
Numbers = NDArray[np.int64]
_MOST_LETTERS = 63
"""Letters of a column; longer words are counted one by one."""
_ONE = np.uint64(1)


class Spelling:
    """Words in letters."""

    def __init__(self, words: Sequence[str]) -> None:
        self._words = words
        self._lengths = np.array([len(word) for word in words], dtype=np.int64)
        self._starts = self._lengths.cumsum() - self._lengths
        points = np.frombuffer("".join(words).encode("utf-32-le"), dtype=np.uint32)
        self._alphabet, self._letters = np.unique(points, return_inverse=True)
        # A last letter that no word has, so that one may read beyond the end of the last word.
        self._letters = np.append(self._letters, len(self._alphabet)).astype(np.uint16)
        signs = _ONE << (points & np.uint32(63)).astype(np.uint64)
        self._sets = np.bitwise_or.reduceat(signs, self._starts) if len(words) else np.zeros(0, dtype=np.uint64)

    def within(self, word: str, most: int) -> Iterator[tuple[int, int]]:
        """Give the places of the words within so many slips, and how many slips that is."""
        alike = self._alike(word, most)
        if len(word) > _MOST_LETTERS:
            slips = np.array([slips_between(word, self._words[place], most=most) for place in alike], dtype=np.int64)
        else:
            slips = self._slips(word, alike)
        near = slips <= most
        return zip(alike[near].tolist(), slips[near].tolist(), strict=True)

    def _alike(self, word: str, most: int) -> Numbers:
        """Find the words that may be meant; each slip changes two letters of the set at most."""
        points = np.frombuffer(word.encode("utf-32-le"), dtype=np.uint32)
        letters = np.bitwise_or.reduce(_ONE << (points & np.uint32(63)).astype(np.uint64))
        close = (np.abs(self._lengths - len(word)) <= most).nonzero()[0]
        alike: Numbers = close[np.bitwise_count(self._sets[close] ^ letters) <= 2 * most]
        return alike

    def _slips(self, word: str, places: Numbers) -> Numbers:
        """Count the slips to some words."""
        lengths, starts = self._lengths[places], self._starts[places]
        n_steps = int(lengths.max(initial=0))
        facing = self._facing(word)
        last = np.uint64(len(word) - 1)
        n_words = len(places)
        more, less = np.full(n_words, (1 << len(word)) - 1, dtype=np.uint64), np.zeros(n_words, dtype=np.uint64)
        straight, matches = less, less
        count, slips = np.full(n_words, len(word), dtype=np.int64), np.zeros(n_words, dtype=np.int64)
        for step in range(n_steps):
            before, matches = matches, facing[self._letters[np.minimum(starts + step, len(self._letters) - 1)]]
            swapped = ((~straight & matches) << _ONE) & before
            straight = (((matches & more) + more) ^ more) | matches | less | swapped
            up, down = less | ~(straight | more), straight & more
            count += ((up >> last) & _ONE).astype(np.int64) - ((down >> last) & _ONE).astype(np.int64)
            up, down = (up << _ONE) | _ONE, down << _ONE
            more, less = down | ~(straight | up), up & straight
            np.copyto(slips, count, where=lengths == step + 1)
        return slips

    def _facing(self, word: str) -> Bits:
        """Give, for each letter of the alphabet, where it stands in a word."""
        facing = np.zeros(len(self._alphabet) + 1, dtype=np.uint64)
        for place, letter in enumerate(word):
            number = int(np.searchsorted(self._alphabet, ord(letter)))
            if number < len(self._alphabet) and self._alphabet[number] == ord(letter):
                facing[number] |= _ONE << np.uint64(place)
        return facing
