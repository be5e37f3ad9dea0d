"""What an opening is made of: repeating slots, dated exceptions, words nobody could read.

Values only: nothing here knows the clock, the holidays or the database. `schedule.py` says when they hold.
"""

from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum

DAY = 1440
"""Minutes in a day of the wall clock."""


class Weekday(IntEnum):
    """Day of the week, numbered as `date.weekday()` does."""

    MONDAY = 0
    TUESDAY = 1
    WEDNESDAY = 2
    THURSDAY = 3
    FRIDAY = 4
    SATURDAY = 5
    SUNDAY = 6


EVERY_DAY = frozenset(Weekday)


class Weeks(StrEnum):
    """Which ISO weeks of the year, by their number: after an odd week 53 comes week 1, odd too."""

    EVERY = "every"
    EVEN = "even"
    ODD = "odd"


class PublicHolidays(StrEnum):
    """What a slot does on a public holiday; unstated means nobody knows that day."""

    CLOSED = "closed"
    OPEN = "open"
    ONLY = "only"
    UNSTATED = "unstated"


class SchoolHolidays(StrEnum):
    """What a slot does during school holidays; always is also what an unstated rule means."""

    ALWAYS = "always"
    EXCEPT = "except"
    ONLY = "only"


class Mode(StrEnum):
    """How the visitor is received."""

    ON_SITE = "on_site"
    PHONE = "phone"
    VIDEO = "video"
    HOME = "home"


class Appointment(StrEnum):
    """Whether one must ask for an appointment; a required one is never shown as open."""

    NONE = "none"
    POSSIBLE = "possible"
    REQUIRED = "required"


@dataclass(frozen=True, order=True)
class TimeSpan:
    """From a minute of the day to another; an end past 1440 lies on the following day.

    `TimeSpan(0, 1440)` is the whole day. 0 <= start < 1440, start < end <= start + 1440.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not (0 <= self.start < DAY and self.start < self.end <= self.start + DAY):
            message = f"not a span of one day: {self.start}-{self.end}"
            raise ValueError(message)


WHOLE_DAY = TimeSpan(0, DAY)


@dataclass(frozen=True, order=True)
class MonthDay:
    """A day of any year, such as 15 June; 29 February stands for the last of February."""

    month: int
    day: int


@dataclass(frozen=True)
class Season:
    """A yearly stretch, both ends included; it may cross New Year."""

    first: MonthDay
    last: MonthDay


@dataclass(frozen=True)
class DayRule:
    """Which days: every condition given must hold. `dates`, when given, replaces weekdays, weeks and nth.

    Who names a date has said what happens on it: on a named date an unstated public holiday leaves no doubt. After its
    last date such a rule is over, as after `valid_to`.
    """

    days: frozenset[Weekday] = EVERY_DAY
    dates: frozenset[date] = frozenset()
    weeks: Weeks = Weeks.EVERY
    nth: frozenset[int] = frozenset()
    """Which of the month: 1 to 5 from its start, -1 the last, -2 the last but one; empty is every.

    Each weekday is counted by itself: Monday and Tuesday with 1 are the first Monday and the first Tuesday.
    """
    valid_from: date | None = None
    valid_to: date | None = None
    """Both ends are included."""
    season: Season | None = None
    public_holidays: PublicHolidays = PublicHolidays.UNSTATED
    school_holidays: SchoolHolidays = SchoolHolidays.ALWAYS
    zones: frozenset[str] = frozenset()
    """School zones "A", "B", "C" the rule speaks of; empty means the zone of the place."""


@dataclass(frozen=True)
class Slot:
    """A repeating opening."""

    times: tuple[TimeSpan, ...]
    """In order, several a day. None at all means "some time that day": by appointment when one is required, in doubt
    otherwise."""
    rule: DayRule = DayRule()
    mode: Mode = Mode.ON_SITE
    appointment: Appointment = Appointment.NONE
    note: str = ""


class ExceptionKind(StrEnum):
    """What a dated exception does."""

    CLOSED = "closed"
    EXTRA = "extra"
    MESSAGE = "message"


@dataclass(frozen=True)
class DatedException:
    """A dated closure, extra opening or message; it wins over every slot on its dates."""

    first: date
    last: date
    kind: ExceptionKind
    times: tuple[TimeSpan, ...] = ()
    """For a closure or an extra opening; a closure without times closes the whole day, an extra opening without
    times leaves it in doubt, for nobody said when."""
    reason: str = ""
    mode: Mode = Mode.ON_SITE
    appointment: Appointment = Appointment.NONE


@dataclass(frozen=True)
class Unread:
    """Words nobody could read, kept as they stood; they make unknown what they touch and nothing else."""

    text: str
    touches: DayRule | None = None
    """The days in doubt; None when the words stand beside the hours without touching them."""
    times: tuple[TimeSpan, ...] = ()
    """The times of those days in doubt; empty means the whole of them."""


@dataclass(frozen=True)
class Opening:
    """All that is known of when one can come: what readers make and writers show."""

    slots: tuple[Slot, ...] = ()
    exceptions: tuple[DatedException, ...] = ()
    unread: tuple[Unread, ...] = ()

    @property
    def is_complete(self) -> bool:
        """Tell whether every word was read."""
        return not self.unread
