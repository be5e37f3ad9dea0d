"""Text messages of one piece each: 160 characters of the alphabet telephones share, cut or numbered to fit."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from urllib.parse import quote

from portal.core.text import cut

LONGEST = 160
"""Characters of one message in the shared alphabet; one character outside it would leave seventy."""
_NAMES = (60, 40, 28, 20)
"""Letters that a name may keep, from what tells it whole to what still tells it."""
_COUNT = "99/99"
_SHARED = frozenset(
    "@£$¥èéùìòÇ\nØøÅå_ÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
"""The alphabet of GSM 03.38 without what counts twice."""
_PLAIN = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "«": '"', "»": '"', "–": "-", "—": "-", "…": "...", "œ": "oe", "Œ": "OE"}
    | {"\u00a0": " ", "\u202f": " ", "·": "-", "€": "EUR", "[": "(", "]": ")", "{": "(", "}": ")", "ç": "c", "|": "/"}
)


def sms_text(*parts: str | tuple[str, ...], end: str = "") -> str:
    """Join what is to be said, the most useful first, as far as one message goes; `end`, an address, always stays.

    A part may be several ways to say it, the best first; one that finds no room leaves it to the next parts.
    """
    told = list[str]()
    for part in parts:
        ways = [_shared(way) for way in ((part,) if isinstance(part, str) else part)]
        if not told:
            # A name cut short still names; half a telephone number does not.
            ways = [way[: max(LONGEST - len(end) - bool(end), 0)].rstrip() for way in ways]
        told += [*islice((way for way in ways if way and _fits((*told, way, end))), 1)]
    return _message((*told, end))


def sms_texts(entries: Sequence[tuple[str, str]], *, end: str) -> tuple[str, ...]:
    """Write who can be called, name and number, in one message if short names allow, else in as many as it takes.

    Whoever is sent a text message may have no other way to read the list, so nobody is left out of it.
    """
    for longest in _NAMES:
        lines = [_line(name, number, longest) for name, number in entries]
        if _fits((*lines, end)):
            return (_message((*lines, end)),)
    messages = list[tuple[str, ...]]([()])
    for line in (*(_line(name, number, _NAMES[0]) for name, number in entries), end):
        if _fits((_COUNT, *messages[-1], line)):
            messages[-1] = (*messages[-1], line)
        else:
            messages.append((line,))
    return tuple(_message((f"{n}/{len(messages)}", *lines)) for n, lines in enumerate(messages, start=1))


def _line(name: str, number: str, longest: int) -> str:
    return _shared(f"{cut(name, longest).removesuffix('…')} {number}")


def _message(lines: Iterable[str]) -> str:
    return "\n".join(filter(None, lines))


def _fits(lines: Iterable[str]) -> bool:
    return len(_message(lines)) <= LONGEST


@dataclass(frozen=True)
class TextMessage:
    """One message: where a telephone writes it, and its lines for whoever types or copies it."""

    href: str
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        """Give it whole."""
        return _message(self.lines)


def text_messages(texts: Iterable[str]) -> tuple[TextMessage, ...]:
    """Make messages of their texts."""
    return tuple(TextMessage(sms_link(each), tuple(each.split("\n"))) for each in texts)


def sms_link(text: str) -> str:
    """Write the link that opens a message without recipient."""
    return f"sms:?&body={quote(text, safe='')}"


def _shared(text: str) -> str:
    plain = " ".join(text.translate(_PLAIN).split())
    return "".join(letter if letter in _SHARED else _bare(letter) for letter in plain)


def _bare(letter: str) -> str:
    decomposed = unicodedata.normalize("NFKD", letter)
    return "".join(each for each in decomposed if each in _SHARED)
