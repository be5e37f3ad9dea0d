"""Names one or two slips away: missing, added, changed or swapped letters (optimal string alignment).

Comparing a text with every name letter by letter would take a tenth of a second. Two fingerprints sift first: which
letters a name holds, and which pairs of neighbours. A slip changes few bits of either, so names with more bits apart
are out; a dozen remain to be compared in full.
"""

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from search_index.slips import slips_between

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Rows = NDArray[np.intp]

_LETTERS_PER_SLIP = 2
_BITS_PER_SLIP = 6
"""A changed letter flips two letters and four pairs; a swap, no letter and six pairs."""
_BITS_SPARED = 2
"""A missing letter flips only one letter and three pairs."""
_SHORT, _LONG = 4, 8
MOST_SLIPS = 2
_PAIR_MIX = np.uint64(31)
_LETTER, _HALF, _PAIR = np.uint64(31), np.uint64(32), np.uint64(63)


class Near(NamedTuple):
    """A row, and how many slips away it is."""

    row: int
    slips: int


def slips_allowed(key: str) -> int:
    """Tell how many slips a text may hold: none up to three letters, one up to seven, then two."""
    return 0 if len(key) < _SHORT else 1 if len(key) < _LONG else MOST_SLIPS


class TypoTable:
    """Names without spaces, with their fingerprints."""

    def __init__(self, keys: list[str], rows: "Rows") -> None:
        packed = np.array(keys, dtype="S")
        lengths = np.char.str_len(packed)
        order = np.argsort(lengths, kind="stable")
        self._keys, self._rows, self._lengths = packed[order], rows[order], lengths[order]
        self._letters, self._pairs = _fingerprints(self._keys)

    def near(self, key: str, *, most: int = MOST_SLIPS) -> list[Near]:
        """Give the rows at most the allowed number of slips away."""
        allowed = min(slips_allowed(key), most)
        if not allowed:
            return []
        typed = key.encode()
        return [
            Near(int(self._rows[place]), slips)
            for place in self._sifted(typed, allowed)
            if (slips := slips_between(typed, bytes(self._keys[place]), most=allowed)) <= allowed
        ]

    def _sifted(self, typed: bytes, allowed: int) -> "Rows":
        letters, pairs = _fingerprint(typed)
        start = int(self._lengths.searchsorted(len(typed) - allowed))
        end = int(self._lengths.searchsorted(len(typed) + allowed, side="right"))
        apart = np.bitwise_count(self._letters[start:end] ^ letters)
        close = np.flatnonzero(apart <= _LETTERS_PER_SLIP * allowed)
        apart = apart[close] + np.bitwise_count(self._pairs[start:end][close] ^ pairs)
        missing = np.abs(self._lengths[start:end][close] - len(typed))
        sifted: Rows = start + close[apart <= _BITS_PER_SLIP * allowed - _BITS_SPARED * missing]
        return sifted


def _fingerprint(key: bytes) -> tuple[np.uint64, np.uint64]:
    """Compute for one key what `_fingerprints` does for many; a loop is quicker than arrays of one."""
    once = twice = pairs = before = 0
    for octet in key:
        letter = 1 << (octet & 31)
        twice |= once & letter
        once |= letter
        pairs |= 1 << ((before * 31 + octet) & 63)
        before = octet
    return np.uint64(once | twice << 32), np.uint64(pairs)


def _fingerprints(keys: "NDArray[np.bytes_]") -> "tuple[NDArray[np.uint64], NDArray[np.uint64]]":
    """Give, for each key, bits for the letters it holds once and twice, and a bit for every pair of neighbours."""
    width = keys.dtype.itemsize
    columns = keys.view(np.uint8).reshape(len(keys), width).T
    once, twice = np.zeros(len(keys), dtype=np.uint64), np.zeros(len(keys), dtype=np.uint64)
    pairs = np.zeros(len(keys), dtype=np.uint64)
    before = np.zeros(len(keys), dtype=np.uint64)
    for octets in columns:
        column = octets.astype(np.uint64)
        # A bit of its own for 0 (the padding) would be the same for all: it is masked out.
        there = (column != 0).astype(np.uint64)
        letter = there << (column & _LETTER)
        twice |= once & letter
        once |= letter
        pairs |= there << ((before * _PAIR_MIX + column) & _PAIR)
        before = column
    return once | twice << _HALF, pairs
