"""The lines that calendars (RFC 5545) and business cards (RFC 6350) are made of: escaped, and cut at 75 bytes."""

from collections.abc import Iterable

_LONGEST_LINE = 75
"""Bytes, without the end of the line."""
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


def text_line(name: str, value: str) -> str:
    """Write a property whose value is a text."""
    return f"{name}:{escaped(value)}"


def escaped(value: str) -> str:
    """Write a text, or one part of a value that has several, so that nothing in it separates or ends."""
    return value.translate(_ESCAPED)


def written(lines: Iterable[str]) -> str:
    """Put lines behind each other, those that are too long cut between two characters."""
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _folded(line: str) -> str:
    """Cut a line that is too long; what follows begins with a space."""
    pieces, size = [""], 0
    for letter in line:
        weight = len(letter.encode())
        if size + weight > _LONGEST_LINE:
            pieces.append(" ")
            size = 1
        pieces[-1] += letter
        size += weight
    return "\r\n".join(pieces)
