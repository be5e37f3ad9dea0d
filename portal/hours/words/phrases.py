"""Every French word the hours are said with: another language is another value of the same type.

Spaces are those of French typography: a non-breaking one before « h » and « : », a narrow one before « ; ».
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from portal.hours.layers import PUBLIC_HOLIDAY_DOUBT, SCHOOL_HOLIDAY_DOUBT, TIMES_DOUBT
from portal.hours.slots import Appointment, Mode, PublicHolidays, SchoolHolidays, Weeks

NBSP = "\u00a0"
NARROW = "\u202f"


@dataclass(frozen=True)
class Phrases:
    """The words of one language."""

    days: tuple[str, ...]
    short_days: tuple[str, ...]
    months: tuple[str, ...]
    ordinals: Mapping[int, str]
    of_month: str
    every_day: str
    always: tuple[str, str]
    """For the eye, for the ear."""
    whole_day: tuple[str, str]
    midnight: str
    hours: tuple[str, str]
    """The short mark and the word for hours."""
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
    separator: str = f"{NARROW}; "
    colon: str = f"{NBSP}: "
    opens: Mapping[Mode, str] = field(default_factory=dict)
    """How one is received next."""
    doubts: Mapping[str, str] = field(default_factory=dict)
    """What the doubts of the schedule are about."""
    states: Mapping[str, str] = field(default_factory=dict)
    """The sentences of the state and of a day's line, by name."""


FRENCH = Phrases(
    days=("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    short_days=("lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim."),
    months=(
        *("janvier", "février", "mars", "avril", "mai", "juin"),
        *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
    ),
    ordinals={1: "1er", 2: "2e", 3: "3e", 4: "4e", 5: "5e", -1: "dernier", -2: "avant-dernier"},
    of_month="du mois",
    every_day="tous les jours",
    always=(f"24{NBSP}h/24, 7{NBSP}j/7", f"24{NBSP}heures sur{NBSP}24, 7{NBSP}jours sur{NBSP}7"),
    whole_day=(f"24{NBSP}h/24", f"24{NBSP}heures sur{NBSP}24"),
    midnight="minuit",
    hours=("h", "heures"),
    time_to="–",
    times_spoken="de {start} à {end}",
    then=", puis ",
    list_and=" et ",
    day_range_spoken="du {first} au {last}",
    date_range="du {first} au {last}",
    in_month="en {month}",
    month_range=("de {first} à {last}", "d’{first} à {last}"),
    season_without="sauf {season}",
    from_date="à partir du {first}",
    until_date="jusqu’au {last}",
    holidays_alone="jours fériés",
    holidays_on="jours fériés tombant le {days}",
    weeks={Weeks.EVEN: "semaines paires", Weeks.ODD: "semaines impaires"},
    public={PublicHolidays.CLOSED: "sauf jours fériés", PublicHolidays.OPEN: "y compris jours fériés"},
    all_public={PublicHolidays.CLOSED: "fermé les jours fériés", PublicHolidays.OPEN: "ouvert les jours fériés"},
    school={
        SchoolHolidays.EXCEPT: "hors vacances scolaires",
        SchoolHolidays.ONLY: "pendant les vacances scolaires",
    },
    of_zones=(" de la zone {zones}", " des zones {zones}"),
    modes={Mode.PHONE: "par téléphone", Mode.VIDEO: "en visioconférence", Mode.HOME: "à domicile"},
    appointments={
        Appointment.REQUIRED: "sur rendez-vous",
        Appointment.POSSIBLE: "avec ou sans rendez-vous",
    },
    times_unsaid="horaires non précisés",
    closed_on="fermé {when}",
    extra_on="ouvert {when}",
    unread="«\u00a0{text}\u00a0» (à vérifier)",
    nothing="Horaires non connus",
    opens={
        Mode.ON_SITE: "ouvre {when}",
        Mode.PHONE: "joignable par téléphone {when}",
        Mode.VIDEO: "en visioconférence {when}",
        Mode.HOME: "visites à domicile {when}",
    },
    doubts={
        PUBLIC_HOLIDAY_DOUBT: "jour férié",
        SCHOOL_HOLIDAY_DOUBT: "vacances scolaires pas encore connues",
        TIMES_DOUBT: "horaires non précisés",
    },
    states={
        "open": "Ouvert",
        "open_phone": "Joignable par téléphone",
        "open_video": "Ouvert en visioconférence",
        "open_home": "Visites à domicile",
        "closed": "Fermé",
        "appointment": "Sur rendez-vous",
        "exceptional": "Fermé exceptionnellement",
        "season_over": "Saison terminée",
        "unknown": "Horaires à vérifier",
        "until": "jusqu’{when}",
        "appointment_next": "sur rendez-vous {when}",
        "without_appointment": "sans rendez-vous {when}",
        "then_without_appointment": "puis sans rendez-vous",
        "never_again": "Plus d’ouverture prévue",
        "back": "de retour {when}",
        "today": "aujourd’hui",
        "tomorrow": "demain",
        "on_date": "le {date}",
        "at": "à {time}",
        "nth_from_end": "{n}e en partant de la fin",
        "until_end_of": "jusqu’au {date}",
        "day_closed": "fermé",
        "day_exceptional": "fermé exceptionnellement",
        "day_season": "hors saison",
        "day_unknown": "à vérifier",
    },
)
