"""A text message of one piece: what fits in 160 characters of the alphabet telephones share, or is cut to fit."""

import unicodedata
from collections.abc import Callable
from urllib.parse import quote

LONGEST = 160
"""Characters of one message in the shared alphabet; one character outside it would leave seventy."""
_SHARED = frozenset(
    "@£$¥èéùìòÇ\nØøÅå_ÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
"""The alphabet of GSM 03.38 without what counts twice."""
_PLAIN = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "«": '"', "»": '"', "–": "-", "—": "-", "…": "...", "œ": "oe", "Œ": "OE"}
    | {"\u00a0": " ", "\u202f": " ", "·": "-", "€": "EUR", "[": "(", "]": ")", "{": "(", "}": ")", "ç": "c", "|": "/"}
)


def sms_text(*parts: str, end: str = "", more: Callable[[int], str] | None = None) -> str:
    """Join what is to be said, the most useful first, as far as one message goes; `end`, an address, always stays.

    `more` says how many parts found no room.
    """
    told = [shared for part in parts if (shared := _shared(part))]
    for kept in range(len(told), 0, -1):
        left = len(told) - kept
        missing = _shared(more(left)) if more is not None and left else ""
        text = "\n".join(filter(None, (*told[:kept], missing, end)))
        if len(text) <= LONGEST:
            return text
    # A name cut short still names; half a telephone number does not.
    first = "".join(told[:1])[: max(LONGEST - len(end) - bool(end), 0)].rstrip()
    return "\n".join(filter(None, (first, end)))


def sms_link(text: str) -> str:
    """Write the link that opens a message without recipient."""
    return f"sms:?&body={quote(text, safe='')}"


def _shared(text: str) -> str:
    plain = " ".join(text.translate(_PLAIN).split())
    return "".join(letter if letter in _SHARED else _bare(letter) for letter in plain)


def _bare(letter: str) -> str:
    decomposed = unicodedata.normalize("NFKD", letter)
    return "".join(each for each in decomposed if each in _SHARED)
