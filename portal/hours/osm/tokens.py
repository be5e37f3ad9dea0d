"""Cut an `opening_hours` text into the smallest pieces that mean something."""

import re
from dataclasses import dataclass
from enum import StrEnum

_PIECE = re.compile(
    r"""(?P<comment>"[^"]*")
      | (?P<always>24/7\b)
      | (?P<time>\d{1,2}:\d{2}(?!\d))
      | (?P<number>\d+)
      | (?P<word>[^\W\d_]+)
      | (?P<mark>\|\||[-,;+/:\[\]()])
      | (?P<other>\S)""",
    re.VERBOSE,
)
_DASHES = str.maketrans("–—−‑", "----")


class Kind(StrEnum):
    """What sort of piece."""

    COMMENT = "comment"
    ALWAYS = "always"
    TIME = "time"
    NUMBER = "number"
    WORD = "word"
    MARK = "mark"
    OTHER = "other"
    END = "end"


@dataclass(frozen=True)
class Token:
    """One piece: its words in lower case, and where it stood."""

    kind: Kind
    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Segment:
    """The pieces between two separators, with the separator before them."""

    separator: str
    text: str
    tokens: tuple[Token, ...]


def segments(text: str) -> list[Segment]:
    """Cut a text at `;` and `||`; a separator inside a comment does not count."""
    found: list[Segment] = []
    pieces: list[Token] = []
    separator = ";"
    for token in [*_tokens(text), Token(Kind.MARK, ";", len(text), len(text))]:
        if token.kind is Kind.MARK and token.text in {";", "||"}:
            if pieces:
                words = text[pieces[0].start : pieces[-1].end]
                found.append(Segment(separator, words, tuple(pieces)))
            separator, pieces = token.text, []
        else:
            pieces.append(token)
    return found


def _tokens(text: str) -> list[Token]:
    return [_token(match) for match in _PIECE.finditer(text.translate(_DASHES))]


def _token(match: re.Match[str]) -> Token:
    kind = Kind(match.lastgroup or Kind.OTHER)
    words = match.group()
    return Token(kind, words.strip('"') if kind is Kind.COMMENT else words.lower(), match.start(), match.end())
