"""Read stretches of the year: dates, months, school holidays, even and odd weeks, seasons without dates.

A date without a year comes back every year only when it looks like it: whole months or fortnights ("du 1er juin au
15 septembre", "en août") and the fixed feasts (1er mai, 25 décembre). "Du 3 au 21 août" without a year may be last
year's notice: these days are in doubt, every year, until somebody writes the year.
"""

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date

from portal.hours.french.calendar_sets import together
from portal.hours.french.lexicon import Kind
from portal.hours.french.parts import Cursor, Part, PartKind
from portal.hours.slots import DayRule, MonthDay, SchoolHolidays, Season, Weeks

_FIXED_FEASTS = {(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 24), (12, 25), (12, 31)}
_MISSING_YEAR = "annee-manquante"
_LEAP_YEAR = 2024
_MOST_POINTS = 40
_FIRST_YEAR, _LAST_YEAR = 2000, 2099
_MONTHS, _DAYS_OF_MONTH = 12, 31
_DOUBTFUL_SEASONS = (
    ("noel annee entre fin", Season(MonthDay(12, 15), MonthDay(1, 10))),
    ("ete estival estivale estivales grandes", Season(MonthDay(6, 1), MonthDay(9, 30))),
)
"""The longest stretch a season without dates can mean; the others may mean any day."""


@dataclass(frozen=True)
class _Point:
    """A day as written; a year of 0 is unsaid, a day of 0 means the whole month."""

    year: int
    month: int
    day: int
    weekday: int = -1

    def first(self) -> date:
        """Give the first day meant, in a leap year when no year is said."""
        return date(self.year or _LEAP_YEAR, self.month, self.day or 1)

    def last(self) -> date:
        """Give the last day meant."""
        year = self.year or _LEAP_YEAR
        return date(year, self.month, self.day or monthrange(year, self.month)[1])

    def exists(self) -> bool:
        """Tell whether the calendar has this day, on the weekday said."""
        year = self.year or _LEAP_YEAR
        if not (
            1 <= self.month <= _MONTHS
            and _FIRST_YEAR <= year <= _LAST_YEAR
            and 0 <= self.day <= monthrange(year, self.month)[1]
        ):
            return False
        return self.weekday < 0 or (self.year > 0 and self.first().weekday() == self.weekday)


def read_stretch(cursor: Cursor) -> Part | None:
    """Read a stretch of the year, whatever its shape."""
    for reader in (_range, _bound, _points, _school, _weeks, _season):
        since = cursor.place
        cursor.skip(Kind.DURING, Kind.ARTICLE)
        part = reader(cursor, since)
        if part is not None:
            return part
        cursor.place = since
    return None


def _range(cursor: Cursor, since: int) -> Part | None:
    """Read "du 3 au 21 août 2026", "de juin à septembre", "entre le 1er juin et le 15 septembre"."""
    is_between = cursor.take(Kind.BETWEEN) is not None
    cursor.skip(Kind.FROM)
    if cursor.sees_word("entre le"):
        cursor.take()
    cursor.skip(Kind.ARTICLE)
    first = _point(cursor, may_lack_month=True)
    if first is None:
        return None
    links = (Kind.AND,) if is_between else (Kind.TO, Kind.UNTIL)
    is_dash = cursor.sees(Kind.MARK) and cursor.sees_word("-") and not is_between
    if not (is_dash or cursor.sees(*links)) or (cursor.sees(Kind.UNTIL) and not cursor.sees_word("jusqu jusque")):
        return None
    cursor.take()
    cursor.skip(Kind.ARTICLE, Kind.DURING)
    last = _point(cursor)
    if last is None:
        return None
    if cursor.sees_word("inclus incluses compris"):
        cursor.take()
    return _stretch(cursor, since, first, last)


def _point(cursor: Cursor, *, may_lack_month: bool = False) -> _Point | None:
    """Read one date; its weekday, month or year may stand beside it."""
    since = cursor.place
    weekday = cursor.take(Kind.DAY)
    number = weekday.number if weekday else -1
    written = cursor.take(Kind.DATE)
    if written is not None:
        return _Point(*written.date, number)
    day = cursor.take(Kind.NUMBER, Kind.ORDINAL)
    month = cursor.take(Kind.MONTH)
    is_day = day is None or 1 <= day.number <= _DAYS_OF_MONTH
    if is_day and month is not None and not (weekday and day is None):
        return _Point(_year(cursor), month.number + 1, day.number if day else 0, number)
    if may_lack_month and is_day and day is not None and cursor.sees(Kind.TO, Kind.UNTIL, Kind.AND):
        return _Point(0, 0, day.number, number)
    cursor.place = since
    return None


def _year(cursor: Cursor) -> int:
    token = cursor.peek()
    if token is None or token.kind is not Kind.NUMBER or not _FIRST_YEAR <= token.number <= _LAST_YEAR:
        return 0
    cursor.take()
    return token.number


def _stretch(cursor: Cursor, since: int, first: _Point, last: _Point) -> Part:
    if not first.month:
        first = _Point(last.year, last.month, first.day, first.weekday)
    elif last.year and not first.year:
        is_over_new_year = (first.month, first.day) > (last.month, last.day or 31)
        first = _Point(last.year - is_over_new_year, first.month, first.day, first.weekday)
    if not (first.exists() and last.exists()) or (first.year and not last.year):
        return cursor.part(PartKind.WHEN, since, problem="date-impossible")
    begins, ends = first.first(), last.last()
    if last.year:
        if ends < begins:
            return cursor.part(PartKind.WHEN, since, problem="date-impossible")
        return cursor.part(PartKind.WHEN, since, rules=(DayRule(valid_from=begins, valid_to=ends),))
    problem = "" if _looks_yearly(begins, ends) else _MISSING_YEAR
    return cursor.part(PartKind.WHEN, since, rules=(_yearly(begins, ends),), problem=problem)


def _yearly(begins: date, ends: date) -> DayRule:
    return DayRule(season=Season(MonthDay(begins.month, begins.day), MonthDay(ends.month, ends.day)))


def _looks_yearly(begins: date, ends: date) -> bool:
    if begins == ends:
        return (begins.month, begins.day) in _FIXED_FEASTS
    last_of_month = monthrange(ends.year, ends.month)[1]
    return begins.day in {1, 15, 16} and ends.day in {14, 15, 30, 31, 28, last_of_month}


def _bound(cursor: Cursor, since: int) -> Part | None:
    """Read "jusqu'au 30 juin 2026" and "à partir du 1er septembre 2026"."""
    opener = cursor.take(Kind.UNTIL, Kind.SINCE)
    cursor.skip(Kind.ARTICLE, Kind.FROM)
    point = _point(cursor) if opener else None
    if opener is None or point is None:
        return None
    if not point.exists():
        return cursor.part(PartKind.WHEN, since, problem="date-impossible")
    if not point.year:
        return cursor.part(PartKind.WHEN, since, rules=(DayRule(),), problem=_MISSING_YEAR)
    if opener.word in {"avant", "apres"}:
        # "avant le 3 mai" may or may not hold on the 3rd.
        return cursor.part(PartKind.WHEN, since, rules=(DayRule(),), problem="limite-imprecise")
    is_end = opener.kind is Kind.UNTIL
    rule = DayRule(valid_to=point.last()) if is_end else DayRule(valid_from=point.first())
    return cursor.part(PartKind.WHEN, since, rules=(rule,))


def _points(cursor: Cursor, since: int) -> Part | None:
    """Read dates and months one by one: "le 24 et le 31 décembre 2026", "en juillet et août", "1er mai"."""
    points = _point_list(cursor)
    if not points:
        return None
    lost_its_link = len(points) > 1 and since > 0 and cursor.word_at(since - 1) == "du"
    if lost_its_link or (points[-1].day and _follows_at_once(cursor)):
        # "du 1er avril 30 septembre": two dates, or a stretch that lost its "au".
        return cursor.part(PartKind.WHEN, since, rules=(DayRule(),), problem="date-impossible")
    if any(not point.exists() for point in points):
        said = [replace(point, weekday=-1) for point in points]
        known = all(point.exists() and point.year and point.day for point in said)
        meant = (DayRule(dates=frozenset(point.first() for point in said)),) if known else ()
        return cursor.part(PartKind.WHEN, since, rules=meant, problem="date-impossible")
    days = [point.first() for point in points if point.year and point.day]
    if len(days) == len(points):
        return cursor.part(PartKind.WHEN, since, rules=(DayRule(dates=frozenset(days)),))
    if any(point.year for point in points):
        stretches = [DayRule(valid_from=point.first(), valid_to=point.last()) for point in points if point.year]
        problem = "" if len(stretches) == len(points) else _MISSING_YEAR
        return cursor.part(PartKind.WHEN, since, rules=tuple(stretches), problem=problem)
    yearly = [(point.first(), point.last()) for point in points]
    is_plain = all(_looks_yearly(*stretch) and point.weekday < 0 for stretch, point in zip(yearly, points, strict=True))
    seasons = together(season for stretch in yearly if (season := _yearly(*stretch).season))
    rules = tuple(DayRule(season=season) for season in seasons)
    return cursor.part(PartKind.WHEN, since, rules=rules, problem="" if is_plain else _MISSING_YEAR)


def _point_list(cursor: Cursor) -> list[_Point]:
    points: list[_Point] = []
    loose: list[int] = []
    while len(points) + len(loose) < _MOST_POINTS:
        before = cursor.place
        if points and points[-1].day and not cursor.sees(Kind.AND, Kind.MARK, Kind.ARTICLE, Kind.DURING):
            break
        if points or loose:
            cursor.skip(Kind.AND, Kind.MARK)
        cursor.skip(Kind.ARTICLE, Kind.DURING)
        point = _point(cursor)
        if point is not None:
            points += [_Point(point.year, point.month, day) for day in loose] + [point]
            loose = []
        elif (number := _loose_day(cursor)) is not None:
            loose.append(number)
        else:
            cursor.place = before
            break
    return _with_shared_year(points) if not loose else []


def _follows_at_once(cursor: Cursor) -> bool:
    here = cursor.place
    is_date = _point(cursor) is not None
    if not is_date:
        cursor.place = here
    return is_date


def _loose_day(cursor: Cursor) -> int | None:
    """Take a day of the month whose month comes later: "les 24 et 31 décembre"."""
    follows = any(cursor.sees(Kind.MONTH, ahead=ahead) for ahead in (2, 3, 4, 5, 6))
    joins = cursor.sees(Kind.AND, Kind.MARK, ahead=1) and not cursor.sees_word("-", ahead=1)
    if not (follows and joins):
        return None
    token = cursor.take(Kind.NUMBER, Kind.ORDINAL)
    return token.number if token is not None and 1 <= token.number <= _DAYS_OF_MONTH else None


def _with_shared_year(points: list[_Point]) -> list[_Point]:
    """Give the year written once at the end to all: "24 décembre et 31 décembre 2026"."""
    if not points or not points[-1].year or any(point.year for point in points[:-1]):
        return points
    year, months = points[-1].year, [point.month for point in points]
    if months != sorted(months):
        return points
    return [_Point(year, point.month, point.day, point.weekday) for point in points]


def _school(cursor: Cursor, since: int) -> Part | None:
    cursor.skip(Kind.ONLY, Kind.FROM, Kind.DURING, Kind.ARTICLE)
    token = cursor.take(Kind.HOLIDAYS, Kind.TERM)
    if token is None:
        return None
    kind = SchoolHolidays.ONLY if token.kind is Kind.HOLIDAYS else SchoolHolidays.EXCEPT
    zones = _zones(cursor)
    word = "hors" if token.words.startswith("hors ") else ""
    return cursor.part(PartKind.WHEN, since, rules=(DayRule(school_holidays=kind, zones=zones),), word=word)


def _zones(cursor: Cursor) -> frozenset[str]:
    before, zones = cursor.place, set[str]()
    if cursor.sees_word("( - ,"):
        cursor.take()
    if cursor.take(Kind.ZONE) is None:
        cursor.place = before
        return frozenset()
    while True:
        here = cursor.place
        if zones:
            cursor.skip(Kind.AND, Kind.MARK)
            cursor.take(Kind.ZONE)
        token = cursor.peek()
        if token is None or token.word not in {"a", "b", "c"}:
            cursor.place = here
            break
        cursor.take()
        zones.add(token.word.upper())
    if not zones:
        cursor.place = before
    elif cursor.sees_word(") ]"):
        cursor.take()
    return frozenset(zones)


def _weeks(cursor: Cursor, since: int) -> Part | None:
    cursor.skip(Kind.FROM)
    token = cursor.take(Kind.WEEKS, Kind.OUT_OF_TWO)
    if token is None:
        return None
    if token.kind is Kind.OUT_OF_TWO:
        return cursor.part(PartKind.WHEN, since, rules=(DayRule(),), problem="parite-inconnue")
    return cursor.part(PartKind.WHEN, since, rules=(DayRule(weeks=Weeks(token.word)),))


def _season(cursor: Cursor, since: int) -> Part | None:
    cursor.skip(Kind.FROM, Kind.DURING, Kind.ARTICLE)
    token = cursor.take(Kind.SEASON)
    if token is None:
        return None
    if cursor.sees_word("( :") or cursor.sees_word(","):
        # "été (de juin à septembre)", "hiver : du 1er novembre au 31 mars": the dates are there.
        readers = (_range, _points) if cursor.sees_word("(") else (_range,)
        here = cursor.place
        for reader in readers:
            cursor.place = here + 1
            part = reader(cursor, since)
            if part is not None and not part.problem:
                return part
        cursor.place = here
    said = set(token.words.split())
    season = next((season for words, season in _DOUBTFUL_SEASONS if said & set(words.split())), None)
    return cursor.part(
        PartKind.WHEN, since, rules=(DayRule(season=season),), problem="saison-sans-dates", word="season"
    )
