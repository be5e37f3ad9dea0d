"""The French words that speak of hours: what each means, whatever its accents, capitals or hyphens.

The words themselves stand in `reference/french_phrases.txt`, where anybody may add one.
"""

from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files


class Kind(StrEnum):
    """What a token is to the grammar."""

    TIME = "time"
    NUMBER = "number"
    ORDINAL = "ordinal"
    DATE = "date"
    DAY = "day"
    SHORT_DAY = "short_day"
    DAYS = "days"
    MONTH = "month"
    HALF = "half"
    ALL_DAY = "all_day"
    ALWAYS = "always"
    FROM = "from"
    TO = "to"
    AND = "and"
    ARTICLE = "article"
    EVERY = "every"
    MARK = "mark"
    BREAK = "break"
    COLON = "colon"
    EXCEPT = "except"
    CLOSED = "closed"
    OPEN = "open"
    HOLIDAYS = "holidays"
    TERM = "term"
    ZONE = "zone"
    LETTER = "letter"
    PUBLIC = "public"
    INCLUDED = "included"
    DURING = "during"
    ONLY = "only"
    APPOINTMENT = "appointment"
    MODE = "mode"
    OF_MONTH = "of_month"
    WEEKS = "weeks"
    OUT_OF_TWO = "out_of_two"
    UNTIL = "until"
    SINCE = "since"
    SEASON = "season"
    REST = "rest"
    BETWEEN = "between"
    HAZARD = "hazard"
    AWAY = "away"
    OTHERS = "others"
    OTHER_DAYS = "other_days"
    BOOKING = "booking"
    CONTACT = "contact"
    LAST_ENTRY = "last_entry"
    BESIDES = "besides"
    REASON = "reason"
    LABEL = "label"
    NOISE = "noise"
    WORD = "word"


@dataclass(frozen=True)
class Entry:
    """What a phrase means: its kind, and a number or a word where the kind has several values."""

    kind: Kind
    number: int = 0
    word: str = ""


LONG_DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")

ABBREVIATIONS = frozenset(
    {"lun", "mar", "mer", "mercr", "jeu", "ven", "vend", "sam", "dim", "sem", "tel", "rdv", "apm"}
    | {"lu", "ma", "me", "je", "ve", "sa", "di", "l", "j", "v", "s", "d"}
    | {"janv", "jan", "fevr", "fev", "avr", "juil", "sept", "oct", "nov", "dec"}
)
"""Words whose full stop ends no sentence."""

_REFERENCE = files("portal.hours") / "reference" / "french_phrases.txt"


def _phrases() -> dict[str, Entry]:
    """Read the table of phrases: a line that ends with a colon heads the phrases below it."""
    bodies: dict[str, str] = {}
    head = ""
    for line in _REFERENCE.read_text(encoding="utf-8").splitlines():
        if line.endswith(":") and not line.startswith((" ", "#")):
            head = line.removesuffix(":")
        elif line.startswith(" "):
            bodies[head] = f"{bodies.get(head, '')} {line.strip()}"
    return {phrase.strip(): _entry(head.split()) for head, body in bodies.items() for phrase in body.split(";")}


def _entry(head: list[str]) -> Entry:
    kind, values = Kind(head[0]), head[1:]
    if kind is Kind.DAYS:
        return Entry(kind, sum(1 << int(digit) - 1 for digit in values[0]), "".join(values[1:]))
    if values and values[0].lstrip("-").isdigit():
        return Entry(kind, int(values[0]), "".join(values[1:]))
    return Entry(kind, 0, "".join(values))


@dataclass(frozen=True)
class Branch:
    """A step of the tree of phrases: where the next word leads, and what is said if it ends here."""

    following: dict[str, "Branch"]
    entry: Entry | None = None


def _tree(table: dict[tuple[str, ...], Entry]) -> Branch:
    following: dict[str, dict[tuple[str, ...], Entry]] = {}
    for words, entry in table.items():
        if words:
            following.setdefault(words[0], {})[words[1:]] = entry
    return Branch({word: _tree(rest) for word, rest in following.items()}, table.get(()))


TREE = _tree({tuple(phrase.split()): entry for phrase, entry in _phrases().items()})
"""Every phrase, word by word, so that the longest one wins at each place of a text."""
