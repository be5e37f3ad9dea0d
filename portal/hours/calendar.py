"""Public and school holidays of one place, and the clock it lives by; knows nothing of openings or of today."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum
from functools import cache, lru_cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from jours_feries_france import JoursFeries
from vacances_scolaires_france import SchoolHolidayDates

from portal.hours import departments
from portal.hours.regions import HolidayRegion

ZONES = ("A", "B", "C")
"""The school zones the national tables speak of."""

PARIS = ZoneInfo("Europe/Paris")


class Answer(IntEnum):
    """Whether something holds; unknown is never to be shown as no."""

    NO = 0
    YES = 1
    UNKNOWN = 2


@dataclass(frozen=True)
class SchoolPeriod:
    """Days a table of ours speaks of, against or beyond the national tables; both ends included."""

    first: date
    last: date
    name: str = ""
    is_holiday: bool = True
    zones: frozenset[str] = frozenset()
    """The zones it speaks of; empty means all."""


@dataclass(frozen=True)
class Calendar:
    """Answers what kind of day a date is at one place.

    `school_zone` is A, B or C, another name where the national tables say nothing (Corsica, overseas), or empty when
    nobody said: the answer is then known on the days when A, B and C agree. The periods given here win over those of
    `reference/school_holidays.csv`, and these over the national tables; of several the last one wins.
    """

    time_zone: ZoneInfo = PARIS
    school_zone: str = ""
    region: HolidayRegion = HolidayRegion.METROPOLE
    periods: tuple[SchoolPeriod, ...] = field(default=())

    @classmethod
    def of_department(cls, department: str, *, periods: tuple[SchoolPeriod, ...] = ()) -> "Calendar":
        """Make the calendar of a département, such as "10", "2A" or "974"."""
        return cls(
            time_zone=ZoneInfo(departments.time_zone_name(department)),
            school_zone=departments.school_zone(department),
            region=departments.holiday_region(department),
            periods=periods,
        )

    @property
    def is_alsace_moselle(self) -> bool:
        """Tell whether Good Friday and 26 December are public holidays here."""
        return self.region is HolidayRegion.ALSACE_MOSELLE

    def public_holiday(self, day: date) -> str:
        """Name the public holiday a date is, in French; empty when it is none."""
        return self.public_holidays(day.year).get(day, "")

    def public_holidays(self, year: int) -> Mapping[date, str]:
        """List the public holidays of a year with their French names, in order."""
        return _public_holidays(self.region, year)

    def school_holiday(self, day: date, zones: frozenset[str] = frozenset()) -> Answer:
        """Tell whether a date lies in the school holidays of any of the zones (those of the place when none)."""
        if zones or self.school_zone:
            answers = {self._in_zone(day, zone) for zone in zones or {self.school_zone}}
            return _any_of(answers)
        answers = {self._in_zone(day, zone) for zone in ZONES}
        return answers.pop() if len(answers) == 1 else Answer.UNKNOWN

    def school_holiday_name(self, day: date, zones: frozenset[str] = frozenset()) -> str:
        """Name the school holidays a date lies in, in French; empty when it lies in none we know of."""
        if self.school_holiday(day, zones) is not Answer.YES:
            return ""
        spoken_of = sorted(zones or {self.school_zone} - {""} or ZONES)
        periods = (self._period(day, zone) for zone in spoken_of)
        named = (period.name for period in periods if period is not None and period.is_holiday and period.name)
        return next(named, _national_school_holidays().names.get(day, ""))

    def _in_zone(self, day: date, zone: str) -> Answer:
        period = self._period(day, zone)
        return _national_school_holidays().answer(day, zone) if period is None else Answer(period.is_holiday)

    def _period(self, day: date, zone: str) -> SchoolPeriod | None:
        """Find what a table of ours says of a day."""
        for period in reversed((*_our_school_periods(), *self.periods)):
            if period.first <= day <= period.last and (not period.zones or zone in period.zones):
                return period
        return None


def _any_of(answers: set[Answer]) -> Answer:
    if Answer.YES in answers:
        return Answer.YES
    return Answer.UNKNOWN if Answer.UNKNOWN in answers else Answer.NO


@lru_cache(maxsize=512)
def _public_holidays(region: HolidayRegion, year: int) -> Mapping[date, str]:
    names: dict[date, str] = {}
    for name, day in JoursFeries.for_year(year, region.value).items():
        french = _in_print(name)
        # Two holidays may share a day, as Ascension and 1er mai did in 2008.
        names[day] = f"{names[day]} et {french}" if day in names else french
    return names


def _in_print(name: str) -> str:
    """Write a name of the tables as French is printed."""
    return name.replace("'", "’").replace("2ème", "2e")


@dataclass(frozen=True)
class _NationalSchoolHolidays:
    """The national tables, turned into one set of days a zone."""

    days: Mapping[str, frozenset[date]]
    names: Mapping[date, str]
    first: date
    last: date

    def answer(self, day: date, zone: str) -> Answer:
        """Tell what the tables say of a day; they say nothing outside the school years they hold."""
        if zone not in self.days or not self.first <= day <= self.last:
            return Answer.UNKNOWN
        return Answer(day in self.days[zone])


@cache
def _our_school_periods() -> tuple[SchoolPeriod, ...]:
    """Read the table that is laid over the national ones."""
    text = files("portal.hours").joinpath("reference/school_holidays.csv").read_text("utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    return tuple(
        SchoolPeriod(
            first=date.fromisoformat(row["first"]),
            last=date.fromisoformat(row["last"]),
            name=row["name"],
            is_holiday=row["is_holiday"] == "yes",
            zones=frozenset(row["zones"].split("|")) - {""},
        )
        for row in rows
    )


@cache
def _national_school_holidays() -> _NationalSchoolHolidays:
    rows: Mapping[date, Mapping[str, object]] = SchoolHolidayDates().data
    return _NationalSchoolHolidays(
        days={
            zone: frozenset(day for day, row in rows.items() if row[f"vacances_zone_{zone.lower()}"]) for zone in ZONES
        },
        names={day: _in_print(str(row["nom_vacances"])) for day, row in rows.items()},
        first=min(rows),
        # The file goes on with empty days past its last holiday: they are not yet decided, which is not "no".
        last=max(rows),
    )
