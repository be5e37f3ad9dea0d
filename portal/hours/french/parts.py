"""What a French text about hours is made of once its words are grouped: days, times, dates, conditions, verbs."""

from dataclasses import dataclass
from enum import StrEnum

from portal.hours.french.lexicon import Kind
from portal.hours.french.tokens import Token
from portal.hours.slots import DAY, EVERY_DAY, DayRule, TimeSpan

NOON = 720
ANY_DAY = DayRule()


_MOST_SKIPPED = 5


class PartKind(StrEnum):
    """What a part does in its sentence."""

    DAYS = "days"
    TIMES = "times"
    HALF = "half"
    WHEN = "when"
    PUBLIC = "public"
    CLOSED = "closed"
    EXCEPT = "except"
    OPEN = "open"
    APPOINTMENT = "appointment"
    MODE = "mode"
    REST = "rest"
    ASIDE = "aside"
    REASON = "reason"
    ENDS = "ends"
    COMMA = "comma"
    COLON = "colon"
    BREAK = "break"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Choice:
    """Some days, and the half of them that is meant when one is named."""

    rule: DayRule = ANY_DAY
    half: TimeSpan | None = None
    is_holiday: bool = False
    """Tells that public holidays are meant, whatever their weekday."""
    is_others: bool = False
    """Tells "les autres jours", which the rest of the text says."""
    is_general: bool = False
    """Tells a range or a set of days, which a later word may amend, from a day called by its name."""


EVERY = Choice(DayRule(days=EVERY_DAY))

HALVES = (TimeSpan(0, NOON), TimeSpan(NOON, DAY), TimeSpan(17 * 60, DAY), TimeSpan(NOON, 14 * 60))
"""Morning, afternoon, evening and lunch, in the order of the lexicon."""


@dataclass(frozen=True)
class Part:
    """A group of words with one meaning; a problem means that it is understood only as far as it goes."""

    kind: PartKind
    start: int
    end: int
    choices: tuple[Choice, ...] = ()
    times: tuple[TimeSpan, ...] = ()
    rules: tuple[DayRule, ...] = ()
    """Stretches of the year, one or the other."""
    word: str = ""
    problem: str = ""
    notices: tuple[str, ...] = ()
    """Faults that did not prevent the reading."""


class Cursor:
    """A place in a list of tokens, which only moves forward when something is taken."""

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self.place = 0

    def peek(self, ahead: int = 0) -> Token | None:
        """Look at a token without taking it."""
        place = self.place + ahead
        return self._tokens[place] if place < len(self._tokens) else None

    def sees(self, *kinds: Kind, ahead: int = 0) -> bool:
        """Tell whether the token there is of one of some kinds."""
        token = self.peek(ahead)
        return token is not None and token.kind in kinds

    def sees_word(self, words: str, ahead: int = 0) -> bool:
        """Tell whether the token there is one of some words or signs."""
        token = self.peek(ahead)
        return token is not None and token.word in words.split()

    def word_at(self, place: int) -> str:
        """Give the word that stands somewhere."""
        return self._tokens[place].word

    def take(self, *kinds: Kind) -> Token | None:
        """Take the next token if it is of one of some kinds."""
        token = self.peek()
        if token is None or (kinds and token.kind not in kinds):
            return None
        self.place += 1
        return token

    def skip(self, *kinds: Kind) -> int:
        """Take the tokens of some kinds that come next; tell how many. More than a few in a row mean nothing."""
        before = self.place
        while self.place - before < _MOST_SKIPPED and self.take(*kinds):
            pass
        return self.place - before

    def part(self, kind: PartKind, since: int, **fields: object) -> Part:
        """Make a part of what was taken since a place."""
        first, last = self._tokens[since], self._tokens[max(since, self.place - 1)]
        return Part(kind, first.start, last.end, **fields)  # type: ignore[arg-type]  # the fields are Part's own
