"""Give statements their meaning: openings first, then what amends, narrows or closes them.

A statement with a word nobody knows, or with one reading too many, opens nothing: its days and times are in doubt.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from portal.hours.french import closures
from portal.hours.french.calendar_sets import CannotSay, meet
from portal.hours.french.context import complete, lacks_base
from portal.hours.french.grouping import AWAY, BOOKING, FIGURE, HAZARD, HOURS, OTHERS
from portal.hours.french.headings import UNCERTAIN
from portal.hours.french.interplay import Said, condition, settle
from portal.hours.french.parts import Choice
from portal.hours.french.pieces import Draft, Piece, piece_of
from portal.hours.french.scope import Scope, scopes_of, wide_rules
from portal.hours.french.spans import overlap
from portal.hours.french.statement import Statement
from portal.hours.french.statements import AMBIGUOUS
from portal.hours.slots import (
    DAY,
    EVERY_DAY,
    WHOLE_DAY,
    Appointment,
    DatedException,
    DayRule,
    ExceptionKind,
    Mode,
    PublicHolidays,
    SchoolHolidays,
    Slot,
    TimeSpan,
    Weekday,
)

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True)
class Standing:
    """What the text is about: nothing yet, the days of a column, or hours that a comment amends."""

    days: frozenset[Weekday] | None = None
    slots: tuple[Slot, ...] = ()
    is_comment: bool = False


class Interpreter:
    """Turns the statements of one text into hours."""

    def __init__(self, text: str, statements: list[Statement], standing: Standing) -> None:
        self._text = text
        self._statements = statements
        self._standing = standing
        self._said: dict[int, Said] = {}
        self.draft = Draft(pieces=[piece_of(slot) for slot in standing.slots])

    def interpret(self) -> Draft:
        """Read the statements, the openings before all the others."""
        complete(self._statements)
        if not self._standing.is_comment and lacks_base(self._statements):
            self.draft.doubt("saison-sans-dates", self._text.strip(), [DayRule(days=self._days())])
            return self.draft
        openings = [
            number for number, statement in enumerate(self._statements) if statement.times and not statement.closes()
        ]
        for number in openings:
            self._guarded(self._opening, number)
        settle(self.draft, self._said)
        # "Fermé en août. Lundi sur rendez-vous": what is received by appointment must be there to be closed.
        others = [number for number in range(len(self._statements)) if number not in openings]
        for number in sorted(others, key=lambda place: _turn(self._statements[place])):
            self._guarded(self._other, number)
        for number, statement in enumerate(self._statements):
            self._share(statement, number)
        self._never_silent()
        return self.draft

    def _never_silent(self) -> None:
        """Keep a text that says nothing at all: an empty opening would say closed."""
        draft, is_shut = self.draft, any(statement.is_closed for statement in self._statements)
        is_column = self._standing.days is not None
        if draft.pieces or draft.exceptions or self._standing.is_comment:
            return
        if draft.unread and all(words.touches is None for words in draft.unread):
            # Words that stand beside no hours at all stand in their place.
            draft.unread = [replace(words, touches=DayRule(days=self._days())) for words in draft.unread]
        elif not draft.unread and not (is_column and is_shut):
            draft.doubt("heures-manquantes", self._text.strip(), [DayRule(days=self._days())])

    def _guarded(self, read: "closures.Reader", number: int) -> None:
        statement = self._statements[number]
        for code in statement.notices:
            self._notice(statement, code)
        try:
            read(statement, number)
        except CannotSay:
            self._doubt(statement, "exception-inexprimable")

    def _notice(self, statement: Statement, code: str) -> None:
        if code != "demi-journee-ambigue":
            self.draft.note(code, self._words(statement))
        elif not statement.times:
            statement.problems.append(code)

    def _words(self, statement: Statement) -> str:
        if statement.unknown - {HOURS}:
            same = [other for other in self._statements if other.sentence == statement.sentence and other.start >= 0]
            return _whole_sentence(self._text, min(other.start for other in same), max(other.end for other in same))
        return self._text[max(statement.start, 0) : statement.end].strip() or self._text.strip()

    def _days(self) -> frozenset[Weekday]:
        return EVERY_DAY if self._standing.days is None else self._standing.days

    def _choices(self, statement: Statement) -> list[Choice]:
        if statement.choices:
            return statement.choices
        if statement.public == "plain" and not statement.closes():
            return [Choice(DayRule(public_holidays=PublicHolidays.ONLY), is_holiday=True)]
        if self._standing.days is not None:
            return [Choice(DayRule(days=self._standing.days))]
        if any(rule.dates for stretches in statement.whens for rule in stretches):
            return [Choice()]
        if statement.times == [WHOLE_DAY]:
            return [Choice(DayRule(public_holidays=PublicHolidays.OPEN))]
        return []

    def _doubt(self, statement: Statement, code: str) -> None:
        rules: Iterable[DayRule] = wide_rules(statement, self._choices(statement))
        if statement.unknown and statement.choices and not statement.closes():
            rules = _unconditional(statement)
        elif code in {AMBIGUOUS, UNCERTAIN} and statement.whens:
            # "mercredi et vacances scolaires": Wednesdays and holidays are both in doubt.
            days = [choice.rule for choice in self._choices(statement)]
            rules = [*days, *wide_rules(statement, [])] if code == AMBIGUOUS or not days else days
        times = tuple(statement.times) or tuple(statement.halves)
        if statement.has_season_word:
            # Hours of a summer without dates replace the ordinary ones on all days, as far as anyone knows.
            rules, times = [replace(rule, days=self._days()) for rule in wide_rules(statement, [])], ()
        if _hides_times(statement, code):
            times = ()
        if statement.unknown:
            # "veilles de jours fériés": the unknown word may say that the day is another.
            rules = [replace(rule, public_holidays=PublicHolidays.UNSTATED) for rule in rules]
        if times or not any(choice.half for choice in statement.choices):
            self.draft.doubt(code, self._words(statement), rules, times)
            return
        for choice in statement.choices:
            half = (choice.half,) if choice.half else ()
            self.draft.doubt(code, self._words(statement), wide_rules(statement, [choice]), half)

    def _opening(self, statement: Statement, number: int) -> None:
        if statement.unknown:
            self._strange(statement)
        elif statement.problems:
            self._doubt(statement, statement.problems[0])
        elif self._standing.is_comment:
            self._doubt(statement, "horaires-en-commentaire")
        elif not self._choices(statement):
            self.draft.doubt("jours-manquants", self._words(statement), wide_rules(statement, []))
        elif any(not _fits(statement, scope) for scope in scopes_of(statement, self._choices(statement))):
            self._doubt(statement, "demi-journee-contredite")
        else:
            self._open(statement, number)

    def _open(self, statement: Statement, number: int) -> None:
        self._said[number] = Said(self._words(statement), statement.heads, statement.inherits)
        for scope in scopes_of(statement, self._choices(statement)):
            rule = _with_holidays(scope.rule, statement)
            piece = Piece(
                rule,
                tuple(sorted(set(statement.times))),
                statement.mode or Mode.ON_SITE,
                statement.appointment or Appointment.NONE,
                origin=number,
                is_general=scope.is_general,
                has_half=scope.half is not None,
            )
            if rule.dates:
                self.draft.exceptions += [_extra(piece, day) for day in sorted(rule.dates)]
            else:
                self.draft.pieces.append(piece)
        for taken in statement.minus:
            if taken.half is not None:
                self._take_half(statement, number, taken)
        for choice, minute in statement.ends:
            self._end_sooner(statement, number, choice, minute)

    def _end_sooner(self, statement: Statement, number: int, choice: Choice, minute: int) -> None:
        """Read "9h-17h (16h le vendredi)": on some days the last times end at another minute."""
        *first, last = sorted(statement.times)
        named = {day for one in self.draft.pieces if one.origin == number for day in one.rule.days}
        if not (choice.rule.days <= named and last.start < minute <= DAY and minute != last.end):
            rules = [choice.rule, *wide_rules(statement, self._choices(statement))]
            self.draft.doubt(AMBIGUOUS, self._words(statement), rules)
            return
        times = (*first, TimeSpan(last.start, minute))
        self.draft.amend(
            replace(choice.rule, public_holidays=PublicHolidays.UNSTATED),
            None,
            self._words(statement),
            lambda piece: replace(piece, times=times),
            lambda piece: piece.origin == number,
        )

    def _take_half(self, statement: Statement, number: int, taken: Choice) -> None:
        self.draft.amend(
            taken.rule, taken.half, self._words(statement), lambda _piece: None, lambda piece: piece.origin == number
        )

    def _other(self, statement: Statement, number: int) -> None:
        """Read what opens nothing by itself: closures, conditions, days without hours, mere words."""
        if statement.is_aside:
            self.draft.doubt("texte-non-lu", self._words(statement), [None])
        elif statement.unknown:
            self._strange(statement)
        elif statement.problems:
            self._doubt(statement, statement.problems[0])
        elif statement.closes():
            words, reason = self._words(statement), self._text[slice(*statement.reason or (0, 0))]
            closures.close(closures.Closing(self.draft, statement, words, self._standing.days, reason), number)
        elif statement.appointment or statement.mode or statement.public:
            self._amend(statement)
        elif statement.choices or statement.halves or (statement.whens and statement.is_heading):
            self._doubt(statement, "heures-manquantes")
        elif statement.whens:
            self._narrow(statement)

    def _strange(self, statement: Statement) -> None:
        """Keep words nobody knows; they touch what their sentence speaks of, or stand beside the hours."""
        words = self._words(statement)
        if self._standing.is_comment and AWAY in statement.unknown:
            self.draft.doubt("autres-lieux", words, [None])
        elif OTHERS in statement.unknown:
            self.draft.doubt("texte-non-lu", words, [DayRule(days=self._days())])
        elif statement.choices or statement.times or statement.halves or statement.has_season_word:
            self._doubt(statement, "texte-non-lu")
        elif BOOKING in statement.unknown and not statement.unknown & {HAZARD, HOURS}:
            # How to ask for an appointment says nothing of when one is received.
            self.draft.doubt("texte-non-lu", words, [None])
        elif statement.unknown & {HAZARD, HOURS} or statement.has_scope() or _says_how(statement):
            self.draft.doubt("texte-non-lu", words, wide_rules(statement, self._choices(statement)))
        else:
            self.draft.doubt("texte-non-lu", words, [None])

    def _amend(self, statement: Statement) -> None:
        """Let "l'après-midi sur rendez-vous" or "ouvert les jours fériés" change hours that stand."""

        def changed(piece: Piece) -> Piece:
            return replace(
                piece,
                appointment=statement.appointment or piece.appointment,
                mode=statement.mode or piece.mode,
                rule=_with_holidays(piece.rule, statement),
            )

        if statement.public == "plain" and not statement.is_open:
            self._doubt(statement, "heures-manquantes")
            return
        scopes = scopes_of(replace_public(statement), statement.choices or [Choice(DayRule(days=self._days()))])
        for scope in scopes:
            partly = self._days_in_part(scope.rule)
            found = self.draft.amend(scope.rule, scope.half, self._words(statement), changed) - partly
            # Named days without hours are received by appointment at hours nobody wrote.
            left = scope.rule.days - found if statement.choices or not found | partly else frozenset()
            is_asked = statement.appointment is Appointment.REQUIRED and not self._standing.is_comment
            if left - partly and is_asked and not scope.half and not statement.public:
                rule = _with_holidays(replace(scope.rule, days=left - partly), statement)
                self.draft.pieces.append(Piece(rule, (), statement.mode or Mode.ON_SITE, Appointment.REQUIRED))
                left &= partly
            if left:
                times = (scope.half,) if scope.half else ()
                rule = replace(scope.rule, days=left)
                self.draft.doubt("heures-manquantes", self._words(statement), [rule], times)

    def _days_in_part(self, rule: DayRule) -> frozenset[Weekday]:
        """Give the weekdays that have hours in a part of the year only."""
        pieces = [piece for piece in self.draft.pieces if meet(piece.rule, rule)]
        whole = frozenset(day for piece in pieces if _covers(piece.rule, rule) for day in piece.rule.days)
        return frozenset(day for piece in pieces for day in piece.rule.days) - whole

    def _narrow(self, statement: Statement) -> None:
        """Let "hors vacances scolaires", said by itself, hold for all the hours; between two hours, doubt both."""
        if not self.draft.pieces:
            self._doubt(statement, "heures-manquantes")
        elif self._stands_between(statement):
            self.draft.doubt(UNCERTAIN, self._words(statement), [DayRule(days=self._days())])
            return
        narrowed = [
            replace(piece, rule=rule)
            for piece in self.draft.pieces
            for scope in scopes_of(statement, [Choice()])
            for rule in meet(piece.rule, scope.rule)
        ]
        self.draft.pieces = narrowed

    def _stands_between(self, statement: Statement) -> bool:
        place = self._statements.index(statement)
        before, after = self._statements[:place], self._statements[place + 1 :]
        return all(any(_opens(one) for one in side) for side in (before, after))

    def _share(self, statement: Statement, number: int) -> None:
        """Doubt, before a condition that comes after a comma, whether it holds for the statements before too."""
        if not statement.is_shared or statement.closes() or statement.unknown:
            return
        conditions = [rule for stretches in statement.whens for rule in stretches]
        is_term = bool(conditions) and all(rule.school_holidays is SchoolHolidays.EXCEPT for rule in conditions)
        for piece in list(self.draft.pieces):
            same_sentence = 0 <= piece.origin < number and self._same_sentence(piece.origin, statement)
            if not same_sentence or piece not in self.draft.pieces:
                continue
            if is_term and not statement.appointment and not statement.mode:
                self._apply(piece, conditions)
            else:
                self.draft.doubt("portee-incertaine", self._words(statement), [piece.rule], piece.times)

    def _same_sentence(self, origin: int, statement: Statement) -> bool:
        return self._statements[origin].sentence == statement.sentence

    def _apply(self, piece: Piece, conditions: list[DayRule]) -> None:
        self.draft.pieces.remove(piece)
        self.draft.pieces += [
            replace(piece, rule=rule) for narrow in conditions for rule in meet(piece.rule, condition(narrow))
        ]


def _opens(statement: Statement) -> bool:
    is_asked = statement.appointment is Appointment.REQUIRED and bool(statement.choices)
    return not statement.closes() and bool(statement.times or is_asked)


def _covers(rule: DayRule, other: DayRule) -> bool:
    return not rule.nth and condition(rule) in {DayRule(), condition(other)}


def _unconditional(statement: Statement) -> list[DayRule]:
    """Drop the conditions: the words nobody knows may be what they were about."""
    if FIGURE in statement.unknown and (statement.whens or statement.heads):
        # "samedi 14 mars 2O26": not even the days are sure.
        return [DayRule()]
    return [DayRule(days=choice.rule.days) for choice in statement.choices]


def _names_dates(statement: Statement) -> bool:
    return any(rule.dates for stretches in statement.whens for rule in stretches)


def _hides_times(statement: Statement, code: str) -> bool:
    """Tell whether more than the hours written may be in doubt on the days of a statement."""
    if FIGURE in statement.unknown or any(
        problem.startswith("heure") and problem != "heure-ouverte" for problem in statement.problems
    ):
        return True
    # What stands under a heading replaces the ordinary hours, as far as anyone knows.
    return statement.heads and (
        bool(statement.unknown) or code == AMBIGUOUS or (code == "date-impossible" and not _names_dates(statement))
    )


def _turn(statement: Statement) -> int:
    """Tell when a statement without hours is read: first what is asked for, then what narrows, then what closes."""
    return 2 if statement.closes() else int(not _opens(statement))


def replace_public(statement: Statement) -> Statement:
    """Give the statement without what it says of public holidays, which is not a matter of days here."""
    return replace(statement, public="")


def _whole_sentence(text: str, start: int, end: int) -> str:
    """Widen words to the sentence they stand in, so that nothing a person wrote is lost."""
    first = max(text.rfind(sign, 0, start) for sign in ".;\n|") + 1
    ends = [place for sign in ".;\n|" if (place := text.find(sign, end)) >= 0]
    return text[first : min(ends, default=len(text))].strip() or text.strip()


def _says_how(statement: Statement) -> bool:
    return statement.appointment is not None or statement.mode is not None or statement.closes()


def _with_holidays(rule: DayRule, statement: Statement) -> DayRule:
    if rule.public_holidays is PublicHolidays.ONLY:
        return rule
    if statement.public == "closed":
        return replace(rule, public_holidays=PublicHolidays.CLOSED)
    if statement.public == "open" or (statement.public == "plain" and statement.is_open):
        return replace(rule, public_holidays=PublicHolidays.OPEN)
    return rule


def _fits(statement: Statement, scope: Scope) -> bool:
    """Tell whether the times lie in the half of the day they are said to be in."""
    return scope.half is None or all(overlap([span], [scope.half]) for span in statement.times)


def _extra(piece: Piece, day: date) -> DatedException:
    return DatedException(day, day, ExceptionKind.EXTRA, piece.times, mode=piece.mode, appointment=piece.appointment)
