"""The hours in French.

Spaces are those of French typography: a non-breaking one before « h » and « : », a narrow one before « ; ».
"""

from portal.core.text import NARROW, NBSP
from portal.hours.layers import PUBLIC_HOLIDAY_DOUBT, SCHOOL_HOLIDAY_DOUBT, TIMES_DOUBT
from portal.hours.slots import Appointment, Mode, PublicHolidays, SchoolHolidays, Weeks
from portal.hours.words.phrases import Phrases


def _clock(minute: int) -> str:
    return _said(minute, "h")


def _clock_spoken(minute: int) -> str:
    # "1 heure", "0 heure": only from two on are hours many.
    return _said(minute, "heures" if minute >= 2 * 60 else "heure")


def _said(minute: int, hours: str) -> str:
    whole, rest = divmod(minute, 60)
    return f"{whole}{NBSP}{hours}{NBSP}{rest:02}" if rest else f"{whole}{NBSP}{hours}"


def _until(when: str) -> str:
    """Write jusqu’à 17 h, jusqu’à demain à 2 h, jusqu’au lundi 30 novembre à 9 h."""
    if when.startswith("à "):
        return f"jusqu’{when}"
    return f"jusqu’au {when.removeprefix('le ')}" if when.startswith("le ") else f"jusqu’à {when}"


IN_FRENCH = Phrases(
    days=("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    short_days=("lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim."),
    months=(
        *("janvier", "février", "mars", "avril", "mai", "juin"),
        *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
    ),
    first_of_month="1er",
    ordinals={1: "1er", 2: "2e", 3: "3e", 4: "4e", 5: "5e", -1: "dernier", -2: "avant-dernier"},
    of_month="du mois",
    every_day="tous les jours",
    always=(f"24{NBSP}h/24, 7{NBSP}j/7", f"24{NBSP}heures sur{NBSP}24, 7{NBSP}jours sur{NBSP}7"),
    whole_day=(f"24{NBSP}h/24", f"24{NBSP}heures sur{NBSP}24"),
    midnight="minuit",
    clock=_clock,
    clock_spoken=_clock_spoken,
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
    separator=f"{NARROW}; ",
    colon=f"{NBSP}: ",
    until=_until,
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
