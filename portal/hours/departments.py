"""What the département changes in the calendar: school zone, holidays of its own, time zone.

Zones are those of the académies (arrêté of 7 April 2025 and its forerunners since 2015). Corsica and overseas
set their own school calendars: their zone bears their name, and nothing is known of it unless a table is given.
"""

from portal.hours.regions import HolidayRegion

_DEPARTMENTS_BY_ZONE = {
    "A": (
        "25 39 70 90"  # Besançon
        " 24 33 40 47 64"  # Bordeaux
        " 03 15 43 63"  # Clermont-Ferrand
        " 21 58 71 89"  # Dijon
        " 07 26 38 73 74"  # Grenoble
        " 19 23 87"  # Limoges
        " 01 42 69"  # Lyon
        " 16 17 79 86"  # Poitiers
    ),
    "B": (
        "04 05 13 84"  # Aix-Marseille
        " 02 60 80"  # Amiens
        " 59 62"  # Lille
        " 54 55 57 88"  # Nancy-Metz
        " 44 49 53 72 85"  # Nantes
        " 06 83"  # Nice
        " 14 27 50 61 76"  # Normandie
        " 18 28 36 37 41 45"  # Orléans-Tours
        " 08 10 51 52"  # Reims
        " 22 29 35 56"  # Rennes
        " 67 68"  # Strasbourg
    ),
    "C": (
        "77 93 94"  # Créteil
        " 11 30 34 48 66"  # Montpellier
        " 75"  # Paris
        " 09 12 31 32 46 65 81 82"  # Toulouse
        " 78 91 92 95"  # Versailles
    ),
}
_ZONE_BY_DEPARTMENT = {
    department: zone for zone, departments in _DEPARTMENTS_BY_ZONE.items() for department in departments.split()
}
_OVERSEAS = {
    "971": (HolidayRegion.GUADELOUPE, "America/Guadeloupe"),
    "972": (HolidayRegion.MARTINIQUE, "America/Martinique"),
    "973": (HolidayRegion.GUYANE, "America/Cayenne"),
    "974": (HolidayRegion.REUNION, "Indian/Reunion"),
    "975": (HolidayRegion.SAINT_PIERRE_ET_MIQUELON, "America/Miquelon"),
    "976": (HolidayRegion.MAYOTTE, "Indian/Mayotte"),
    "977": (HolidayRegion.SAINT_BARTHELEMY, "America/St_Barthelemy"),
    "978": (HolidayRegion.SAINT_MARTIN, "America/Marigot"),
}
_ALSACE_MOSELLE = frozenset({"57", "67", "68"})


def school_zone(department: str) -> str:
    """Name the school zone of a département: A, B, C, or a name of its own where the national tables say nothing."""
    return _ZONE_BY_DEPARTMENT.get(department, f"département {department}" if department else "")


def holiday_region(department: str) -> HolidayRegion:
    """Tell which public holidays a département keeps beside the national ones."""
    if department in _ALSACE_MOSELLE:
        return HolidayRegion.ALSACE_MOSELLE
    return _OVERSEAS[department][0] if department in _OVERSEAS else HolidayRegion.METROPOLE


def time_zone_name(department: str) -> str:
    """Name the time zone a département lives by."""
    return _OVERSEAS[department][1] if department in _OVERSEAS else "Europe/Paris"
