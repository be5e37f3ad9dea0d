"""Text messages of one piece each: 160 characters of the alphabet telephones share, cut or numbered to fit."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple
from urllib.parse import quote

from portal.core.text import cut

LONGEST = 160
"""Characters of one message in the shared alphabet; one character outside it would leave seventy."""
_NAMES = (60, 40)
"""Letters that a name may keep: with its town, the fewer still tell it from others of its kind."""
_MOST_WITH_HOURS = 6
"""Messages a reader may be asked to send for the sake of opening hours."""
_COUNT = "99/99"
_BETWEEN = "\n\n"
_HOUR = re.compile(r"(?<=\d) h(?: (?=\d\d\b))?")
"""The blanks of "14 h 30", which cost two letters of a message."""
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


class Told(NamedTuple):
    """What a message says of one service of a list."""

    name: str
    town: str
    when: str
    number: str


def sms_texts(entries: Sequence[Told], *, end: str) -> tuple[str, ...]:
    """Write where and when each is received, and whom to call, in as many messages as it takes.

    Whoever is sent a text message may have no other way to read the list, so nobody is left out of it; a list so
    long that its hours would take many messages more does without them.
    """
    whole = _packed([*map(_told, entries), end])
    if len(whole) > _MOST_WITH_HOURS:
        whole = _packed([*(_told(each._replace(when="")) for each in entries), end])
    return whole


def _packed(parts: Sequence[str]) -> tuple[str, ...]:
    """Put parts into one message, else into numbered ones."""
    if _fits(parts, _BETWEEN):
        return (_message(parts, _BETWEEN),)
    messages = list[list[str]]([[]])
    for part in parts:
        if not _fits((_COUNT, _message((*messages[-1], part), _BETWEEN))):
            messages.append([])
        messages[-1].append(part)
    texts = (_message(each, _BETWEEN) for each in messages)
    return tuple(f"{n}/{len(messages)}\n{text}" for n, text in enumerate(texts, start=1))


def _told(entry: Told) -> str:
    """Say one service, a line each; the town and the number stay when there is no room for the rest."""
    return next(way for way in _ways(entry) if _fits((_COUNT, way)))


def _ways(entry: Told) -> Iterator[str]:
    when = _HOUR.sub("h", _shared(entry.when)).replace("rendez-vous", "RDV")
    names = [_shared(cut(entry.name, longest)).removesuffix("...") for longest in _NAMES]
    for name, hours in ((names[0], when), (names[1], when), (names[0], "")):
        for kept in dict.fromkeys((entry.town, cut(entry.town, _NAMES[1]))):
            yield _message((name, _shared(kept), hours, _shared(entry.number)))
    yield _message((names[1], _shared(entry.number)))[: LONGEST - len(_COUNT) - 1].rstrip()


def _message(lines: Iterable[str], between: str = "\n") -> str:
    return between.join(filter(None, lines))


def _fits(lines: Iterable[str], between: str = "\n") -> bool:
    return len(_message(lines, between)) <= LONGEST


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
