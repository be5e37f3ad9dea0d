"""What the hours are said with: each language is one value of this type, and nothing else of the room speaks."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from portal.hours.slots import Appointment, Mode, PublicHolidays, SchoolHolidays, Weeks


@dataclass(frozen=True)
class Phrases:
    """The words of one language."""

    days: tuple[str, ...]
    short_days: tuple[str, ...]
    months: tuple[str, ...]
    first_of_month: str
    ordinals: Mapping[int, str]
    of_month: str
    every_day: str
    always: tuple[str, str]
    """For the eye, for the ear."""
    whole_day: tuple[str, str]
    midnight: str
    clock: Callable[[int], str]
    """Says a minute of the day that is not its last."""
    clock_spoken: Callable[[int], str]
    time_to: str
    """Between two times, in short."""
    times_spoken: str
    then: str
    list_and: str
    day_range_spoken: str
    date_range: str
    in_month: str
    month_range: tuple[str, str]
    """Before a consonant, before a vowel."""
    season_without: str
    from_date: str
    until_date: str
    holidays_alone: str
    holidays_on: str
    weeks: Mapping[Weeks, str]
    public: Mapping[PublicHolidays, str]
    all_public: Mapping[PublicHolidays, str]
    school: Mapping[SchoolHolidays, str]
    of_zones: tuple[str, str]
    modes: Mapping[Mode, str]
    appointments: Mapping[Appointment, str]
    times_unsaid: str
    closed_on: str
    extra_on: str
    unread: str
    nothing: str
    separator: str
    colon: str
    until: Callable[[str], str]
    """Says until when, from a moment such as "à 17 h" or "demain à 2 h"."""
    after_dates: str = " "
    """Between dates and their times."""
    holidays: Mapping[str, str] = field(default_factory=dict)
    """Names of public and school holidays, from the French ones of the calendar."""
    opens: Mapping[Mode, str] = field(default_factory=dict)
    """How one is received next."""
    doubts: Mapping[str, str] = field(default_factory=dict)
    """What the doubts of the schedule are about."""
    states: Mapping[str, str] = field(default_factory=dict)
    """The sentences of the state and of a day's line, by name."""
