"""The keys of a question as one line, for patterns that cross words, with the way back from letters to words."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from portal.search.understanding.tokens import Token


@dataclass(frozen=True)
class Flat:
    """Keys of words, one space between two, or the slash that stood there ("24/12")."""

    line: str
    starts: tuple[int, ...]
    """Where in the line each word begins."""

    def words_of(self, found: re.Match[str]) -> range:
        """Give the places of the words a pattern met."""
        first = bisect_right(self.starts, found.start()) - 1
        return range(first, bisect_right(self.starts, found.end() - 1))

    def sightings(self, pattern: re.Pattern[str]) -> Iterator[tuple[re.Match[str], range]]:
        """Go through what a pattern meets, with the places of its words."""
        return ((found, self.words_of(found)) for found in pattern.finditer(self.line) if found[0])


def flat(text: str, tokens: Sequence[Token]) -> Flat:
    """Lay the keys of a question out."""
    line, starts = "", []
    for place, token in enumerate(tokens):
        if place:
            between = text[tokens[place - 1].end : token.start]
            line += "/" if between == "/" else " "
        starts.append(len(line))
        line += token.key
    return Flat(line, tuple(starts))
