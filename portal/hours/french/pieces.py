"""The hours while they are being read: pieces that closures cut, conditions narrow and other statements amend."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from portal.core.problems import Problem
from portal.hours.french.calendar_sets import meet, without
from portal.hours.french.faults import fault
from portal.hours.french.spans import Share, share
from portal.hours.slots import Appointment, DatedException, DayRule, Mode, Slot, TimeSpan, Unread, Weekday

MOST_PIECES = 300
"""More than that is no text about hours; cutting would take too long."""


class TooManyPieces(Exception):  # noqa: N818  # a guard that trips, not an error of the program
    """The text cuts its days into too many pieces to be about hours."""


@dataclass(frozen=True)
class Piece:
    """Some times on some days, and which statement said so."""

    rule: DayRule
    times: tuple[TimeSpan, ...]
    mode: Mode = Mode.ON_SITE
    appointment: Appointment = Appointment.NONE
    origin: int = -1
    """The number of the statement; -1 for hours that stood before the text."""
    note: str = ""
    is_general: bool = False
    has_half: bool = False

    def says_something(self) -> bool:
        """Tell whether it has times, or asks for an appointment at times nobody wrote."""
        return bool(self.times) or self.appointment is Appointment.REQUIRED

    def slot(self) -> Slot:
        """Make the slot this piece has become."""
        return Slot(self.times, self.rule, self.mode, self.appointment, self.note)


def piece_of(slot: Slot) -> Piece:
    """Take up a slot that stood before the text."""
    return Piece(slot.rule, slot.times, slot.mode, slot.appointment, note=slot.note)


@dataclass
class Draft:
    """What has been understood so far."""

    pieces: list[Piece] = field(default_factory=list)
    exceptions: list[DatedException] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def doubt(self, code: str, words: str, rules: Iterable[DayRule | None], times: tuple[TimeSpan, ...] = ()) -> None:
        """Keep words that were not understood, on the days and times they touch."""
        self.unread += [Unread(words, rule, times) for rule in rules]
        self.note(code, words)

    def doubt_halves(self, words: str, rules: Iterable[DayRule], half: TimeSpan | None) -> None:
        """Doubt half a day of some days, when a half is meant."""
        if half is not None:
            self.doubt("demi-journee-ambigue", words, rules, (half,))

    def note(self, code: str, words: str) -> None:
        """Say what is wrong, once."""
        problem = fault(code, words)
        if problem not in self.problems:
            self.problems.append(problem)

    def amend(
        self,
        cut: DayRule,
        half: TimeSpan | None,
        words: str,
        change: Callable[[Piece], Piece | None],
        concerns: Callable[[Piece], bool] = lambda _piece: True,
    ) -> frozenset[Weekday]:
        """Change the pieces on some days and, there, within some times; tell which weekdays had any."""
        kept: list[Piece] = []
        found: frozenset[Weekday] = frozenset()
        for piece in self.pieces:
            inside = meet(piece.rule, cut) if concerns(piece) else ()
            if not inside:
                kept.append(piece)
                continue
            kept += [replace(piece, rule=rule) for rule in without(piece.rule, cut)]
            if not piece.times:
                # Some time of the day, nobody wrote which: whether a half leaves any is not sure.
                whole = [replace(piece, rule=rule) for rule in inside]
                found |= frozenset() if half else piece.rule.days
                kept += whole if half else [changed for one in whole if (changed := change(one))]
                self.doubt_halves(words, inside, half)
                continue
            shared = share(piece.times, half) if half else Share(inside=piece.times)
            found |= piece.rule.days if shared.inside else frozenset()
            for rule in inside:
                kept += self._changed(replace(piece, rule=rule), shared.inside, shared.outside, change)
                if shared.doubtful:
                    self.doubt("demi-journee-ambigue", words, [rule], shared.doubtful)
        if len(kept) > MOST_PIECES:
            raise TooManyPieces
        self.pieces = kept
        return found

    @staticmethod
    def _changed(
        piece: Piece,
        inside: tuple[TimeSpan, ...],
        outside: tuple[TimeSpan, ...],
        change: Callable[[Piece], Piece | None],
    ) -> list[Piece]:
        changed = change(replace(piece, times=inside)) if inside else None
        left = [replace(piece, times=outside)] if outside else []
        return left + ([changed] if changed else [])
