"""Find the delimiter of a text table by counting it, outside quotes, over the first lines."""

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from portal.core.text import fold

CANDIDATES = (";", "\t", "|", ",")
N_SAMPLE_LINES = 200
_QUOTED = re.compile(r'"[^"]*"')
_SEPARATOR_LINE = re.compile(r"sep=(.)", re.IGNORECASE)
_HEADER_DIFFERS = 0.5


@dataclass(frozen=True)
class Delimiter:
    """What stands between the cells, and how many cells most lines have."""

    sign: str
    width: int

    @property
    def words(self) -> str:
        """Name the delimiter for a person."""
        names = {";": "point-virgule", "\t": "tabulation", "|": "barre verticale", ",": "virgule"}
        return names.get(self.sign, self.sign) if self.width > 1 else "aucun"


def declared_in_line(text: str) -> str:
    """Read the `sep=;` line that Excel puts first, nothing when it is another line."""
    found = _SEPARATOR_LINE.fullmatch(text.strip())
    return found[1] if found else ""


def find_delimiter(lines: Sequence[str], *, declared: str = "", expected: frozenset[str] = frozenset()) -> Delimiter:
    """Choose the delimiter that most lines hold the same number of times, the header included."""
    bare = [_QUOTED.sub("", line) for line in lines if line.strip()]
    signs = (declared,) if declared else CANDIDATES
    known = frozenset(fold(name) for name in expected)
    scores = {sign: _score(bare, sign) + _n_known(lines, sign, known) for sign in signs}
    best = max(signs, key=lambda sign: scores[sign])
    return Delimiter(best, _usual_count(bare, best)[0] + 1)


def _usual_count(bare: Sequence[str], sign: str) -> tuple[int, int]:
    counts = Counter(count for count in (line.count(sign) for line in bare) if count)
    return max(counts.items(), key=lambda item: (item[1], item[0])) if counts else (0, 0)


def _score(bare: Sequence[str], sign: str) -> float:
    usual, n_lines = _usual_count(bare, sign)
    if not usual:
        return 0.0
    header = 1.0 if bare[0].count(sign) == usual else _HEADER_DIFFERS
    return header * math.log2(1 + usual) * n_lines / len(bare)


def _n_known(lines: Sequence[str], sign: str, known: frozenset[str]) -> float:
    """Count the names of columns that the source declares, in the line that holds most of them."""
    if not known:
        return 0.0
    names = ({fold(cell.strip(' "#\ufeff')) for cell in line.split(sign)} for line in lines[:N_SAMPLE_LINES])
    return float(max((len(found & known) for found in names), default=0))
