"""The hours in English, as they are written on British public signs: 9:30 am, midday, Monday 23 November."""

from portal.core.text import NBSP
from portal.hours.layers import PUBLIC_HOLIDAY_DOUBT, SCHOOL_HOLIDAY_DOUBT, TIMES_DOUBT
from portal.hours.slots import Appointment, Mode, PublicHolidays, SchoolHolidays, Weeks
from portal.hours.words.phrases import Phrases

_NOON = 12
_NAMED = {0: "midnight", _NOON * 60: "midday"}


def _clock(minute: int) -> str:
    if minute in _NAMED:
        return _NAMED[minute]
    whole, rest = divmod(minute, 60)
    hour = f"{(whole - 1) % _NOON + 1}"
    return f"{hour}:{rest:02}{_half(whole)}" if rest else f"{hour}{_half(whole)}"


def _half(hour: int) -> str:
    return f"{NBSP}{'am' if hour < _NOON else 'pm'}"


def _until(when: str) -> str:
    """Write until 5 pm, until tomorrow at 2 am, until Monday 30 November at 9 am."""
    return f"until {when.removeprefix('at ').removeprefix('on ')}"


IN_ENGLISH = Phrases(
    days=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    short_days=("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    months=(
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
    first_of_month="1",
    ordinals={
        1: "1st",
        2: "2nd",
        3: "3rd",
        4: "4th",
        5: "5th",
        -1: "last",
        -2: "second-to-last",
        -3: "third-to-last",
    },
    of_month="of the month",
    every_day="every day",
    always=(f"24{NBSP}hours a day, 7{NBSP}days a week", f"24{NBSP}hours a day, 7{NBSP}days a week"),
    whole_day=(f"24{NBSP}hours", f"24{NBSP}hours a day"),
    midnight="midnight",
    clock=_clock,
    clock_spoken=_clock,
    time_to="–",
    times_spoken="from {start} to {end}",
    then=", then ",
    list_and=" and ",
    day_range_spoken="{first} to {last}",
    date_range="from {first} to {last}",
    in_month="in {month}",
    month_range=("from {first} to {last}", "from {first} to {last}"),
    season_without="except {season}",
    from_date="from {first}",
    until_date="until {last}",
    holidays_alone="public holidays",
    holidays_on="public holidays that fall on {days}",
    weeks={Weeks.EVEN: "even-numbered weeks", Weeks.ODD: "odd-numbered weeks"},
    public={PublicHolidays.CLOSED: "except public holidays", PublicHolidays.OPEN: "including public holidays"},
    all_public={PublicHolidays.CLOSED: "closed on public holidays", PublicHolidays.OPEN: "open on public holidays"},
    school={
        SchoolHolidays.EXCEPT: "not during school holidays",
        SchoolHolidays.ONLY: "during school holidays",
    },
    of_zones=(" in zone {zones}", " in zones {zones}"),
    modes={Mode.PHONE: "by phone", Mode.VIDEO: "by video call", Mode.HOME: "at your home"},
    appointments={
        Appointment.REQUIRED: "by appointment",
        Appointment.POSSIBLE: "with or without an appointment",
    },
    times_unsaid="times not given",
    closed_on="closed {when}",
    extra_on="open {when}",
    unread="“{text}” (not confirmed)",
    nothing="Opening hours not known",
    separator="; ",
    colon=": ",
    until=_until,
    after_dates=", ",
    holidays={
        "1er janvier": "New Year’s Day",
        "Vendredi saint": "Good Friday",
        "Lundi de Pâques": "Easter Monday",
        "1er mai": "Labour Day (1 May)",
        "8 mai": "Victory Day (8 May)",
        "Ascension": "Ascension Day",
        "Lundi de Pentecôte": "Whit Monday",
        "14 juillet": "Bastille Day (14 July)",
        "Assomption": "Assumption Day (15 August)",
        "Toussaint": "All Saints’ Day (1 November)",
        "11 novembre": "Armistice Day (11 November)",
        "Jour de Noël": "Christmas Day",
        "2e jour de Noël": "St Stephen’s Day (26 December)",
        "Abolition de l’esclavage": "Abolition of Slavery Day",
        "Pont de l’Ascension": "Ascension long weekend",
        "Vacances de Noël": "Christmas holidays",
        "Vacances de la Toussaint": "autumn half-term holidays",
        "Vacances de printemps": "spring holidays",
        "Vacances d’hiver": "winter holidays",
        "Vacances d’été": "summer holidays",
    },
    opens={
        Mode.ON_SITE: "opens {when}",
        Mode.PHONE: "phone line opens {when}",
        Mode.VIDEO: "video calls {when}",
        Mode.HOME: "home visits {when}",
    },
    doubts={
        PUBLIC_HOLIDAY_DOUBT: "public holiday",
        SCHOOL_HOLIDAY_DOUBT: "school holidays not yet known",
        TIMES_DOUBT: "times not given",
    },
    states={
        "open": "Open",
        "open_phone": "Phone line open",
        "open_video": "Open by video call",
        "open_home": "Home visits",
        "closed": "Closed",
        "appointment": "By appointment",
        "exceptional": "Temporarily closed",
        "season_over": "Closed for the season",
        "unknown": "Opening hours not confirmed",
        "appointment_next": "by appointment {when}",
        "without_appointment": "no appointment needed {when}",
        "then_without_appointment": "then no appointment needed",
        "never_again": "No more openings planned",
        "back": "back {when}",
        "today": "today",
        "tomorrow": "tomorrow",
        "on_date": "on {date}",
        "at": "at {time}",
        "nth_from_end": "{n}th from last",
        "until_end_of": "until {date}",
        "day_closed": "closed",
        "day_exceptional": "temporarily closed",
        "day_season": "out of season",
        "day_unknown": "not confirmed",
    },
)
