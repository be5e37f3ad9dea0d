"""The days of each service of a feed: weeks and dates become sets of days over one horizon."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from importers.sources.gtfs.tables import Cells, FeedFiles
from portal.hours.gtfs import GtfsDays, read_gtfs_days
from portal.hours.service_days import Horizon
from portal.hours.slots import DayRule

_LONGEST = 1200
"""Days of a horizon that need no cutting; calendars that "never end" reach to 2099."""
_FARTHEST = 3660
_FIRST, _LAST = date(1990, 1, 1), date(2100, 12, 31)
"""Days beyond are slips of the pen, or stand for "always"."""


@dataclass(frozen=True)
class ServiceDays:
    """On which days each service of a feed runs."""

    horizon: Horizon
    days: Mapping[str, int]
    """Service -> the set of its days."""
    ends: Mapping[str, date]
    """Service -> the day its calendar ends, whether it runs on that day or not."""
    doubtful: frozenset[str]
    """Services of which a row cannot be read: they may run on other days too."""


def read_calendars(files: FeedFiles, today: date | None) -> ServiceDays:
    """Read both files of calendars."""
    weekly, dated = _by_service(files, "calendar"), _by_service(files, "calendar_dates")
    stated: dict[str, GtfsDays] = {}
    doubtful: set[str] = set()
    for service in sorted(weekly.keys() | dated.keys()):
        found = read_gtfs_days(
            (cells for _, cells in weekly.get(service, ())), (cells for _, cells in dated.get(service, ()))
        )
        stated[service] = found
        if found.problems:
            doubtful.add(service)
            line = next(iter((*weekly.get(service, ()), *dated.get(service, ()))))[0]
            for problem in found.problems:
                table = "calendar" if problem.code == "gtfs-calendrier" else "calendar_dates"
                files.remark(table, line if len(found.problems) == 1 else 0, problem)
    horizon = _horizon(stated.values(), today)
    return ServiceDays(
        horizon=horizon,
        days={name: _days(each, horizon) for name, each in stated.items()},
        ends={name: max(days) for name, each in stated.items() if (days := [*_ends(each.rules), *each.added])},
        doubtful=frozenset(doubtful),
    )


def _by_service(files: FeedFiles, table: str) -> dict[str, list[tuple[int, Cells]]]:
    found: dict[str, list[tuple[int, Cells]]] = defaultdict(list)
    for line, cells in files.rows(table):
        found[cells.get("service_id", "").strip()].append((line, cells))
    return found


def _horizon(stated: Iterable[GtfsDays], today: date | None) -> Horizon:
    """Span all days; of calendars without end, keep the years around today."""
    dates = [day for each in stated for day in (*_ends(each.rules), *each.added)]
    if not dates:
        return Horizon(today or date(2000, 1, 1), 1)
    first, last = (min(max(day, _FIRST), _LAST) for day in (min(dates), max(dates)))
    if (last - first).days > _LONGEST and today is not None:
        first = max(first, date(today.year - 1, 1, 1))
        last = max(min(last, date(today.year + 2, 12, 31)), first)
    return Horizon(first, min((last - first).days, _FARTHEST) + 1)


def _ends(rules: Iterable[DayRule]) -> Iterable[date]:
    return (day for rule in rules for day in (rule.valid_from, rule.valid_to) if day is not None)


def _days(stated: GtfsDays, horizon: Horizon) -> int:
    days = 0
    for rule in stated.rules:
        stretch = horizon.between(rule.valid_from or horizon.first, rule.valid_to or horizon.last)
        for weekday in rule.days:
            days |= stretch & horizon.on(weekday)
    return days & ~horizon.of_dates(stated.removed) | horizon.of_dates(stated.added)
