"""The French words of the demonstration files, and what each stands for in the directory."""

from collections.abc import Mapping
from types import MappingProxyType

from portal.directory.rules.choices import (
    AccessFeature,
    AccessPointKind,
    AddressShown,
    Answer,
    Cost,
    LegalNature,
    Precision,
    Status,
)
from portal.hours.slots import Appointment, ExceptionKind, Mode, PublicHolidays, SchoolHolidays, Weekday, Weeks

NATURES: Mapping[str, LegalNature] = MappingProxyType(
    {"public": LegalNature.PUBLIC, "prive": LegalNature.PRIVATE, "association": LegalNature.ASSOCIATION}
)
COSTS: Mapping[str, Cost] = MappingProxyType(
    {"gratuit": Cost.FREE, "payant": Cost.PAID, "selon": Cost.DEPENDS, "inconnu": Cost.UNKNOWN}
)
MODES: Mapping[str, Mode] = MappingProxyType(
    {"sur-place": Mode.ON_SITE, "telephone": Mode.PHONE, "visio": Mode.VIDEO, "domicile": Mode.HOME}
)
KINDS: Mapping[Mode, AccessPointKind] = MappingProxyType(
    {Mode.PHONE: AccessPointKind.PHONE, Mode.VIDEO: AccessPointKind.VIDEO, Mode.HOME: AccessPointKind.HOME}
)
MODES_OF_KINDS: Mapping[AccessPointKind, Mode] = MappingProxyType({kind: mode for mode, kind in KINDS.items()})
STATUSES: Mapping[str, Status] = MappingProxyType({"publie": Status.PUBLISHED, "brouillon": Status.DRAFT})
PRECISIONS: Mapping[str, Precision] = MappingProxyType(
    {
        "adresse": Precision.ADDRESS,
        "rue": Precision.STREET,
        "lieu-dit": Precision.LOCALITY,
        "commune": Precision.COMMUNE,
    }
)
ADDRESSES: Mapping[str, AddressShown] = MappingProxyType(
    {"exacte": AddressShown.EXACT, "commune": AddressShown.COMMUNE, "aucune": AddressShown.NONE}
)
ANSWERS: Mapping[str, Answer] = MappingProxyType({"oui": Answer.YES, "non": Answer.NO})
FEATURES: Mapping[str, AccessFeature] = MappingProxyType(
    {
        "fauteuil": AccessFeature.WHEELCHAIR,
        "plain_pied": AccessFeature.STEP_FREE,
        "sanitaires": AccessFeature.TOILETS,
        "stationnement": AccessFeature.PARKING,
        "ascenseur": AccessFeature.LIFT,
        "boucle": AccessFeature.HEARING_LOOP,
        "guidage": AccessFeature.GUIDANCE,
        "langue_des_signes": AccessFeature.SIGN_LANGUAGE,
    }
)
WEEKDAYS: Mapping[str, Weekday] = MappingProxyType(
    {
        "lundi": Weekday.MONDAY,
        "mardi": Weekday.TUESDAY,
        "mercredi": Weekday.WEDNESDAY,
        "jeudi": Weekday.THURSDAY,
        "vendredi": Weekday.FRIDAY,
        "samedi": Weekday.SATURDAY,
        "dimanche": Weekday.SUNDAY,
    }
)
WEEKS: Mapping[str, Weeks] = MappingProxyType({"paires": Weeks.EVEN, "impaires": Weeks.ODD})
PUBLIC_HOLIDAYS: Mapping[str, PublicHolidays] = MappingProxyType(
    {"fermes": PublicHolidays.CLOSED, "ouverts": PublicHolidays.OPEN, "seulement": PublicHolidays.ONLY}
)
SCHOOL_HOLIDAYS: Mapping[str, SchoolHolidays] = MappingProxyType(
    {"sauf": SchoolHolidays.EXCEPT, "seulement": SchoolHolidays.ONLY}
)
APPOINTMENTS: Mapping[str, Appointment] = MappingProxyType(
    {"possible": Appointment.POSSIBLE, "obligatoire": Appointment.REQUIRED}
)
EXCEPTIONS: Mapping[str, ExceptionKind] = MappingProxyType(
    {"fermeture": ExceptionKind.CLOSED, "ouverture": ExceptionKind.EXTRA, "message": ExceptionKind.MESSAGE}
)
