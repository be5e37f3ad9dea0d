"""Compose texts from known clauses and say, by a second and simpler way, what each day of a year must look like.

Nothing here comes from the reader: a clause is a text and a function that changes the states of one day.
"""

import random
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

from portal.hours.calendar import Answer, Calendar
from portal.hours.matching import Match, days_of_year
from portal.hours.slots import Appointment, DayRule, ExceptionKind, Opening, TimeSpan

LONG = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
CALENDAR = Calendar.of_department("10")
_WEEKS = (date(2026, 2, 16), date(2026, 3, 2), date(2026, 3, 9), date(2026, 4, 6), date(2026, 7, 13))
_MORE_WEEKS = (date(2026, 8, 3), date(2026, 11, 9), date(2026, 11, 30))
DAYS = tuple(start + timedelta(days=step) for start in (*_WEEKS, *_MORE_WEEKS) for step in range(7))
STEP = 30
MINUTES = tuple(range(7 * 60, 20 * 60, STEP))

State = str
"""open, closed, asked (by appointment) or any (nobody said)."""
Day = dict[int, State]
Spans = tuple[tuple[int, int], ...]
Change = Callable[[date, Day], Day]


@dataclass
class Composer:
    """Puts clauses one after the other."""

    random: random.Random
    texts: list[str] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    closures: list[Change] = field(default_factory=list)
    """What closes does so wherever it stands in the text; an extra opening comes last."""
    extras: list[Change] = field(default_factory=list)
    free: list[int] = field(default_factory=lambda: list(range(7)))
    """Days no clause has named yet."""

    def compose(self) -> str:
        """Write some groups of days, then some clauses that amend them."""
        for _ in range(self.random.randrange(1, 4)):
            self._group()
        clauses = self.random.sample(_CLAUSES, self.random.randrange(4))
        for clause in clauses:
            clause(self)
        return self.random.choice((". ", "\n", " ; ") if clauses == [] else (". ", ".\n")).join(self.texts)

    def truth(self, day: date) -> Day:
        """Say what a day looks like, clause after clause."""
        state: Day = dict.fromkeys(MINUTES, "closed")
        for change in (*self.changes, *self.closures, *self.extras):
            state = change(day, state)
        return state

    def _group(self) -> None:
        days = self._some_days()
        if not days:
            return
        spans = self.random.choice((((540, 720),), ((840, 1020),), ((510, 720), (810, 1050)), ((600, 1080),)))
        condition, holds = self.random.choice(_CONDITIONS)
        separator = self.random.choice((" ", " : ", " de "))
        self.texts.append(_days(days) + separator + _times(spans, self.random.randrange(4)) + condition)
        self.changes.append(_opens(days, spans, holds))

    def _some_days(self) -> list[int]:
        if len(self.free) < 2:
            return []
        count = self.random.randrange(1, len(self.free))
        first = self.random.randrange(len(self.free) - count + 1)
        days = self.free[first : first + count]
        if days[-1] - days[0] != count - 1:
            return []
        self.free = [day for day in self.free if day not in days]
        return days

    def closed_day(self) -> None:
        """Close a weekday, or half of it."""
        day = self.random.randrange(7)
        half, first, last = self.random.choice((("", 0, 1440), (" matin", 0, 720), (" après-midi", 720, 1440)))
        self.texts.append(f"Fermé le {LONG[day]}{half}")
        self.closures.append(_turns(lambda when: when.weekday() == day, lambda minute: first <= minute < last))

    def closed_month(self) -> None:
        """Close in August."""
        self.texts.append(self.random.choice(("Fermé en août", "Fermeture en août", "Fermé au mois d'août")))
        self.closures.append(_turns(lambda when: when.month == 8, _always))

    def closed_dates(self) -> None:
        """Close on dates of one year."""
        reason = self.random.choice(("", " (congés)", " pour travaux", " inclus"))
        self.texts.append(f"Fermé du 2 au 6 mars 2026{reason}")
        self.closures.append(_turns(lambda when: date(2026, 3, 2) <= when <= date(2026, 3, 6), _always))

    def closed_in_school_holidays(self) -> None:
        """Close in school holidays."""
        self.texts.append(
            self.random.choice(
                ("Fermé pendant les vacances scolaires", "Hors vacances scolaires", "Sauf vacances scolaires")
            )
        )
        self.closures.append(_turns(_is_school_holiday, _always))

    def closed_on_holidays(self) -> None:
        """Close on public holidays."""
        self.texts.append(self.random.choice(("Fermé les jours fériés", "Sauf jours fériés")))
        self.closures.append(_turns(_is_public_holiday, _always))

    def extra_day(self) -> None:
        """Open once."""
        self.texts.append("Ouvert le samedi 14 mars 2026 de 9h à 12h")
        self.extras.append(_replaces(lambda when: when == date(2026, 3, 14), ((540, 720),)))

    def asked_day(self) -> None:
        """Receive by appointment on a day no clause names."""
        if not self.free:
            return
        day = self.free.pop()
        self.texts.append(f"{LONG[day].capitalize()} sur rendez-vous")
        self.changes.append(_asks(lambda when: when.weekday() == day))

    def asked_afternoon(self) -> None:
        """Receive in the afternoon by appointment where the afternoon is open."""
        self.texts.append("L'après-midi sur rendez-vous")
        self.changes.append(_asks_afternoon)

    def summer(self) -> None:
        """Give July and August hours of their own, on every day."""
        if any("juillet" in text or "sur rendez-vous" in text for text in self.texts):
            return
        self.texts.append("En juillet et août : du lundi au dimanche 9h-12h")
        self.changes.append(_replaces(lambda when: when.month in {7, 8}, ((540, 720),)))
        self.changes.append(_unsaid(lambda when: when.month in {7, 8} and _is_public_holiday(when)))

    def first_of_month(self) -> None:
        """Open on the first such day of the month, where no clause names that day."""
        if not self.free:
            return
        day = self.free.pop(0)
        self.texts.append(f"Le 1er {LONG[day]} du mois de 9h à 12h")
        self.changes.append(_opens([day], ((540, 720),), lambda when: when.day <= 7))

    def other_days(self) -> None:
        """Close the other days, which changes nothing."""
        self.texts.append("Fermé les autres jours")

    def aside(self) -> None:
        """Say how one is received outside the hours, which changes nothing."""
        self.texts.append("Sur rendez-vous en dehors de ces horaires")


_CLAUSES: tuple[Callable[[Composer], None], ...] = (
    Composer.closed_day,
    Composer.closed_month,
    Composer.closed_dates,
    Composer.closed_in_school_holidays,
    Composer.closed_on_holidays,
    Composer.extra_day,
    Composer.asked_day,
    Composer.asked_afternoon,
    Composer.aside,
    Composer.summer,
    Composer.first_of_month,
    Composer.other_days,
)


def _always(_when: object) -> bool:
    return True


def _is_school_holiday(day: date) -> bool:
    return CALENDAR.school_holiday(day) is Answer.YES


def _is_public_holiday(day: date) -> bool:
    return bool(CALENDAR.public_holiday(day))


_CONDITIONS: tuple[tuple[str, Callable[[date], bool]], ...] = (
    ("", _always),
    ("", _always),
    ("", _always),
    (" (semaines paires)", lambda day: day.isocalendar().week % 2 == 0),
    (" semaines impaires", lambda day: day.isocalendar().week % 2 == 1),
    (" hors vacances scolaires", lambda day: not _is_school_holiday(day)),
    (" en juillet et août", lambda day: day.month in {7, 8}),
    (" du 1er avril au 30 septembre", lambda day: 4 <= day.month <= 9),
)


def _opens(days: list[int], spans: Spans, holds: Callable[[date], bool]) -> Change:
    def change(day: date, state: Day) -> Day:
        if day.weekday() not in days or not holds(day):
            return state
        word = "any" if _is_public_holiday(day) else "open"
        return {minute: word if _in(minute, spans) else before for minute, before in state.items()}

    return change


def _replaces(concerns: Callable[[date], bool], spans: Spans) -> Change:
    def change(day: date, state: Day) -> Day:
        return {minute: "open" if _in(minute, spans) else "closed" for minute in state} if concerns(day) else state

    return change


def _turns(concerns: Callable[[date], bool], at: Callable[[int], bool]) -> Change:
    def change(day: date, state: Day) -> Day:
        if not concerns(day):
            return state
        return {minute: "closed" if at(minute) else before for minute, before in state.items()}

    return change


def _unsaid(concerns: Callable[[date], bool]) -> Change:
    def change(day: date, state: Day) -> Day:
        return dict.fromkeys(state, "any") if concerns(day) else state

    return change


def _asks(concerns: Callable[[date], bool]) -> Change:
    def change(day: date, state: Day) -> Day:
        word = "any" if _is_public_holiday(day) else "asked"
        return dict.fromkeys(state, word) if concerns(day) else state

    return change


def _asks_afternoon(_day: date, state: Day) -> Day:
    return {minute: "asked" if before == "open" and minute >= 12 * 60 else before for minute, before in state.items()}


def _in(minute: int, spans: Spans) -> bool:
    return any(start <= minute < end for start, end in spans)


def _days(days: list[int]) -> str:
    if len(days) > 2:
        return f"du {LONG[days[0]]} au {LONG[days[-1]]}"
    return " et ".join(LONG[day] for day in days)


def _times(spans: Spans, way: int) -> str:
    joint, link = ((" et ", "-"), (" / ", " - "), (" et de ", " à "), (", ", "–"))[way]
    return joint.join(f"{_clock(start)}{link}{_clock(end)}" for start, end in spans)


def _clock(minute: int) -> str:
    hours, minutes = divmod(minute, 60)
    return f"{hours}h{minutes:02}" if minutes else f"{hours}h"


def seen(opening: Opening, day: date) -> Day:
    """Say what a reading makes of a day; `any` is what it leaves in doubt."""
    state: Day = dict.fromkeys(MINUTES, "closed")
    for slot in opening.slots:
        match = _match(slot.rule, day)
        if match in {Match.OUT, Match.NO}:
            continue
        word = "asked" if slot.appointment is Appointment.REQUIRED else "open"
        _mark(state, slot.times, word if match is Match.YES else "any")
    dated = [one for one in opening.exceptions if one.first <= day <= one.last]
    if any(one.kind is ExceptionKind.EXTRA for one in dated):
        state = dict.fromkeys(MINUTES, "closed")
    for exception in dated:
        _mark(state, exception.times, "open" if exception.kind is ExceptionKind.EXTRA else "closed")
    for unread in opening.unread:
        if unread.touches is not None and _match(unread.touches, day) not in {Match.OUT, Match.NO}:
            _mark(state, unread.times, "any")
    return state


def _match(rule: DayRule, day: date) -> Match:
    return Match(days_of_year(rule, CALENDAR, day.year)[day.timetuple().tm_yday - 1])


def _mark(state: Day, times: tuple[TimeSpan, ...], word: State) -> None:
    spans = tuple((span.start, span.end) for span in times)
    for minute in state:
        if not spans or _in(minute, spans):
            state[minute] = word


def blurred(text: str, source: random.Random) -> str:
    """Spoil a text as copies do: capitals, lost spaces, odd signs, figures and letters taken for one another."""
    written, spoilt = source.choice(_BLURS)
    places = [match.start() for match in re.finditer(re.escape(written), text)]
    if not places:
        return text.upper()
    place = source.choice(places)
    return text[:place] + spoilt + text[place + len(written) :]


_BLURS = (
    ("0", "O"), ("1", "l"), ("1", "I"), ("h", ""), ("h", " h "), (" ", ""), ("-", ""), ("-", "—"), (" ", "\u00a0"),
    ("lundi", "lund"), ("mardi", "madri"), ("é", "e"), (" et ", " "), ("du ", ""), ("au ", ""), ("au ", "et "),
    (" (", " "), (")", ""), ("9", "g"), ("8", "B"), (" :", ""), ("d", "<b>d</b>"), ("di", "d"), ("12h", "midi"),
    (" ", " ✅ "), (" ", " 🕘 "), (" ", " * "), ("m", "rn"), ("12h", "12"), ("sur ", ""),
)  # fmt: skip


def faults(opening: Opening, composer: Composer) -> list[tuple[date, int, State, State]]:
    """List where a reading is sure of what is not so."""
    found = []
    for day in DAYS:
        read, truth = seen(opening, day), composer.truth(day)
        found += [
            (day, minute, read[minute], truth[minute])
            for minute in MINUTES
            if read[minute] != truth[minute] and "any" not in {read[minute], truth[minute]}
        ]
    return found
