"""Put parts together into statements: which times belong to which days, and what each condition qualifies.

French writes "lundi 9h-12h" and "9h-12h le lundi", "fermé le mercredi" and "mercredi : fermé". A word that could
belong to two statements puts both in doubt: nothing is attached by guessing.
"""

from dataclasses import replace
from typing import TYPE_CHECKING

from portal.hours.french.day_parts import AND, HALF_RANGE
from portal.hours.french.grouping import HAZARD, HOURS, OTHERS
from portal.hours.french.headings import UNCERTAIN
from portal.hours.french.parts import Choice, Part, PartKind
from portal.hours.french.progress import SEPARATORS, Progress
from portal.hours.french.statement import Statement
from portal.hours.slots import Appointment, Mode, SchoolHolidays, Weeks

if TYPE_CHECKING:
    from collections.abc import Callable

_MODES = {"phone": Mode.PHONE, "video": Mode.VIDEO, "home": Mode.HOME, "site": Mode.ON_SITE}
_QUALIFIERS = frozenset({PartKind.WHEN, PartKind.APPOINTMENT, PartKind.MODE})
_OPENERS = frozenset({PartKind.DAYS, PartKind.TIMES, PartKind.HALF})
_CONTINUES = frozenset({*_OPENERS, *_QUALIFIERS, PartKind.CLOSED, PartKind.OPEN, PartKind.PUBLIC, PartKind.EXCEPT})
AMBIGUOUS = "jours-ambigus"


class Assembler(Progress):
    """Reads parts in order and keeps the statement they belong to."""

    def assemble(self) -> list[Statement]:
        """Read all the parts."""
        readers: dict[PartKind, Callable[[Part], None]] = {
            PartKind.DAYS: self._days,
            PartKind.TIMES: self._times,
            PartKind.HALF: self._half,
            PartKind.WHEN: self._when,
            PartKind.REST: self._when,
            PartKind.PUBLIC: self._public,
            PartKind.CLOSED: self._closed,
            PartKind.EXCEPT: self._except,
            PartKind.OPEN: self._open,
            PartKind.APPOINTMENT: self._manner,
            PartKind.MODE: self._manner,
            PartKind.ASIDE: self._aside,
            PartKind.REASON: self._reason,
            PartKind.ENDS: self._ends,
            PartKind.UNKNOWN: self._unknown,
        }
        for place, part in enumerate(self._parts):
            self._place = place
            if part.kind in SEPARATORS:
                self._separate(part)
            else:
                readers[part.kind](part)
                self._note(part)
        self._flush()
        return self.done

    def _doubt_border(self) -> None:
        """Doubt both sides of a condition that could belong to either: "lundi 9h-12h sur rdv mardi 14h-17h"."""
        if self._last in _QUALIFIERS and not self._separated and self._current.times:
            self._current.problems.append(UNCERTAIN)
            self._flush()
            self._current.problems.append(UNCERTAIN)
        else:
            self._flush()

    def _days(self, part: Part) -> None:
        current = self._current
        if self._removing:
            current.minus += part.choices
            return
        if current.is_closed and current.is_heading and current.has_scope():
            self._flush()
        elif current.is_closed or current.is_exception:
            self._days_of_closure()
        elif current.choices and self._last is PartKind.DAYS:
            current.is_glued = current.is_glued or not self._separated
            current.unknown |= {OTHERS} if self._opens_range else set()
        elif current.choices or (current.times and not self._times_first):
            if self._last is PartKind.TIMES and not self._separated and self._next() not in _CONTINUES:
                # "lundi 9h-12h, 14h-17h mardi": the last times may be those of Tuesday.
                current.problems.append(UNCERTAIN)
            self._doubt_border()
        self._current.choices += part.choices
        self._last_is_joined, self._opens_range = part.word == AND, part.word == HALF_RANGE

    def _days_of_closure(self) -> None:
        current = self._current
        if current.whens and not self._separated and (current.times or self._next() is PartKind.TIMES):
            # "fermé en juillet mercredi 14h-17h": closed on Wednesdays, or open?
            current.problems.append(UNCERTAIN)
            self._flush()
            self._current.problems.append(UNCERTAIN)
            return
        is_full = bool(current.choices or (self._separated and current.has_scope()))
        if not is_full and not current.comes_last:
            return
        goes_on = self._separated and self._next() is not PartKind.TIMES and not current.comes_last
        was_exception = current.is_exception
        self._flush()
        if goes_on:
            self._current.is_closed, self._current.is_exception = not was_exception, was_exception

    def _times(self, part: Part) -> None:
        self._removing = False
        current = self._current
        if current.is_closed and current.is_heading and current.has_scope():
            self._flush()
        elif current.is_closed and current.comes_last and self._separated:
            self._flush(inherits=True)
        elif current.is_closed:
            current.problems += [AMBIGUOUS] if len(current.choices) > 1 else []
        elif current.times and not current.is_exception:
            self._more_times()
        self._current.times += part.times
        if part.rules and not self._current.choices:
            self._current.choices += [Choice(rule) for rule in part.rules]

    def _more_times(self) -> None:
        current = self._current
        if self._times_first and self._splits_days():
            last = current.choices.pop()
            self._flush()
            self._current.choices = [last]
        elif self._times_first and current.choices:
            is_sure = self._next() is PartKind.DAYS
            current.problems += [] if is_sure else [UNCERTAIN]
            self._flush()
            self._current.problems += [] if is_sure else [UNCERTAIN]
        elif self._last in {PartKind.APPOINTMENT, PartKind.MODE, PartKind.PUBLIC}:
            self._flush(inherits=True)
        elif self._last is PartKind.WHEN and self._separated and self._next() is PartKind.WHEN:
            # "mardi 9h-12h en période scolaire, 10h-12h pendant les vacances": each time has its condition.
            self._flush(inherits=True)
        elif self._last is PartKind.WHEN:
            current.problems.append(UNCERTAIN)
            self._flush(inherits=True)
            self._current.problems.append(UNCERTAIN)

    def _splits_days(self) -> bool:
        """Tell "9h-17h du lundi au vendredi et le samedi matin 9h-12h": the last day has times of its own."""
        choices = self._current.choices
        is_apart = self._last is PartKind.DAYS and not self._separated and self._next() is not PartKind.DAYS
        if not (is_apart and self._last_is_joined and len(choices) > 1):
            return False
        return choices[-2].is_general or choices[-1].half is not None

    def _half(self, part: Part) -> None:
        current = self._current
        if self._removing:
            current.minus += [Choice(half=part.times[0])]
            return
        follows = self._next()
        leads = follows in {PartKind.TIMES, PartKind.CLOSED} or follows in _QUALIFIERS
        if not current.is_closed and not current.is_exception and self._is_whole() and (self._separated or leads):
            self._flush(inherits=True)
        self._current.halves += part.times
        if part.word == "every":
            # "Tous les matins 9h-12h" begins with its days, so to say.
            self._current.is_every_half = True
            self._times_first = self._times_first or False

    def _when(self, part: Part) -> None:
        if part.word == "always":
            return
        if self._removing:
            self._current.minus += [Choice(rule) for rule in part.rules]
            return
        if part.word == "hors" and (self._current.is_closed or self._current.is_exception):
            self._outside_holidays(part)
            return
        self._make_room(part)
        current = self._current
        is_head = not (current.choices or current.times or current.is_closed or current.is_exception)
        if is_head and current.is_under_heading:
            # A new heading replaces the one before.
            self._headings.give_way(current)
        elif self._separated and ((is_head and current.whens) or (self._is_pending() and not self._is_comma)):
            # "mercredi et vacances scolaires": one or the other, and not both at once.
            current.problems.append(AMBIGUOUS)
        current.heads = is_head
        current.is_rest = current.is_rest or part.kind is PartKind.REST
        current.has_season_word = current.has_season_word or part.word == "season"
        current.whens += [part.rules] if part.rules else []

    def _outside_holidays(self, part: Part) -> None:
        """Read "sauf en août, hors vacances": an exception more; "fermé en août, hors vacances" is unsure."""
        if self._current.is_exception and self._separated:
            is_shared = self._current.is_shared
            self._flush()
            self._current.is_exception, self._current.is_shared = True, is_shared
            self._current.whens = [tuple(replace(rule, school_holidays=SchoolHolidays.ONLY) for rule in part.rules)]
        else:
            self._current.problems.append(UNCERTAIN)
            self._current.whens = []

    def _make_room(self, part: Part) -> None:
        """Begin a new statement if the condition that comes belongs to it."""
        current = self._current
        follows = self._next()
        if current.is_closed or current.is_exception:
            if self._separated and (current.has_scope() or current.comes_last):
                self._next_closure(opens=follows in {PartKind.TIMES, PartKind.DAYS})
                self._doubt_qualifier(current, part)
        elif self._is_whole():
            if self._separated and (follows in _OPENERS or follows is PartKind.CLOSED):
                self._flush()
            elif self._separated and any(done.sentence == current.sentence for done in self.done):
                current.is_shared = True

    def _doubt_qualifier(self, closure: Statement, part: Part) -> None:
        """Doubt "sauf le mercredi, semaines paires": these Wednesdays, these weeks, or all before."""
        counts_weeks = any(rule.weeks is not Weeks.EVERY for rule in part.rules)
        if counts_weeks and self._is_comma and closure.choices and self._current.closes():
            closure.problems.append(UNCERTAIN)
            self._current.problems.append(UNCERTAIN)
            for statement in self.done:
                is_same = statement.sentence == closure.sentence and statement is not closure
                statement.problems += [UNCERTAIN] if is_same else []

    def _next_closure(self, *, opens: bool) -> None:
        was_exception, came_last = self._current.is_exception, self._current.comes_last
        self._flush()
        if not opens and not came_last:
            self._current.is_closed, self._current.is_exception = not was_exception, was_exception

    def _public(self, part: Part) -> None:
        if self._removing:
            self._current.public = "closed"
            return
        current = self._current
        if current.is_closed or current.is_exception:
            if self._separated and (current.has_scope() or current.comes_last):
                self._next_closure(opens=self._next() is PartKind.TIMES)
        elif part.word == "plain" and self._is_whole() and not self._times_first:
            self._flush()
        self._current.public = part.word

    def _closed(self, part: Part) -> None:
        current = self._current
        if part.word.startswith("conge") and current.is_closed and current.whens and not self._announces():
            current.reason = (part.start, part.end)
            return
        if current.times or current.is_closed or current.is_exception or current.appointment:
            self._flush()
        current = self._current
        current.comes_last = bool(current.choices or current.halves or current.public)
        current.is_closed = True

    def _except(self, _part: Part) -> None:
        current = self._current
        if current.is_closed:
            # "fermé sauf le mercredi": an exception to a closure opens hours nobody wrote.
            current.problems.append("exception-dans-fermeture")
            self._flush()
            self._current.is_exception = True
            self._current.problems.append("exception-dans-fermeture")
        elif (current.choices or current.is_every_half) and not current.times and not current.is_exception:
            self._removing = True
        else:
            is_apart = self._separated or self._last is None
            self._flush()
            current = self._current
            # "Sauf en août : lundi 9h-12h": in front of everything, it closes whatever follows.
            current.is_closed = not self.done and self._next() in {PartKind.WHEN, PartKind.PUBLIC}
            current.is_heading = current.is_closed
            current.is_exception, current.is_shared = not current.is_closed, is_apart

    def _open(self, _part: Part) -> None:
        if self._is_whole():
            self._flush()
        self._current.is_open = True

    def _manner(self, part: Part) -> None:
        """Read how one is received: by appointment, by phone, at home."""
        current = self._current
        if current.is_closed or current.is_exception:
            if self._separated:
                self._flush()
            else:
                current.problems.append(UNCERTAIN)
        elif self._joined and self._next() not in _OPENERS:
            # "lundi 9h-12h et sur rendez-vous": at other hours too, perhaps.
            current.problems.append(UNCERTAIN)
        elif current.times and self._separated:
            if self._next() in _OPENERS:
                self._flush()
            elif any(done.sentence == current.sentence for done in self.done):
                current.is_shared = True
        self._set_manner(part)

    def _set_manner(self, part: Part) -> None:
        current = self._current
        current.leads_manner = current.leads_manner or not (current.choices or current.times or current.halves)
        if part.kind is PartKind.MODE:
            said: Mode | Appointment = _MODES[part.word]
            current.problems += [UNCERTAIN] if current.mode not in {None, said} else []
            current.mode = _MODES[part.word]
            return
        said = Appointment(part.word)
        current.problems += [UNCERTAIN] if current.appointment not in {None, said} else []
        current.appointment = said

    def _announces(self) -> bool:
        return self._next() in {PartKind.WHEN, PartKind.DAYS}

    def _aside(self, part: Part) -> None:
        current = self._current
        if current.closes() or (part.word == "or" and self._last is not PartKind.TIMES):
            current.unknown.add("")
            return
        self._flush(inherits=True)
        self.done.append(Statement(self._current.sentence, part.start, part.end, is_aside=True))

    def _reason(self, part: Part) -> None:
        """Read "fermé du 3 au 21 août 2026 (congés)" and "congés du 3 au 21 août 2026"."""
        current = self._current
        current.is_closed = current.is_closed or (current.is_empty() and self._next() is PartKind.WHEN)
        if current.is_closed:
            current.reason = (part.start, part.end)
        else:
            current.unknown.add(HAZARD)

    def _ends(self, part: Part) -> None:
        if self._last is PartKind.TIMES and not self._current.closes():
            self._current.ends += [(choice, int(part.word)) for choice in part.choices]
        else:
            self._current.problems.append("heure-seule")

    def _unknown(self, part: Part) -> None:
        if self._is_whole() and self._separated and part.word != HOURS:
            self._flush()
        self._current.unknown.add(part.word)
