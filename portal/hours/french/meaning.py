"""Give statements their meaning: openings first, then what amends, narrows or closes them.

A statement with a word nobody knows, or with one reading too many, opens nothing: its days and times are in doubt.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from portal.hours.french import closures
from portal.hours.french.calendar_sets import CannotSay, meet
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
        self._spread_unknown_words()
        self._spread_days()
        if not self._standing.is_comment and self._is_season_without_base():
            self.draft.doubt("saison-sans-dates", self._text.strip(), [DayRule(days=self._days())])
            return self.draft
        self._check_rest()
        openings = [
            number for number, statement in enumerate(self._statements) if statement.times and not closes(statement)
        ]
        for number in openings:
            self._guarded(self._opening, number)
        settle(self.draft, self._said)
        for number, statement in enumerate(self._statements):
            if number not in openings:
                self._guarded(self._other, number)
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

    def _spread_unknown_words(self) -> None:
        """Let a word nobody knows cast its doubt on its whole sentence."""
        marks: dict[int, set[str]] = {}
        for statement in self._statements:
            marks.setdefault(statement.sentence, set()).update(statement.unknown)
        is_away = any(AWAY in found for found in marks.values())
        for statement in self._statements:
            found = marks[statement.sentence]
            statement.unknown = (
                (found | {AWAY} if is_away and found - {HOURS} else found) if found != {HOURS} else set()
            )

    def _spread_days(self) -> None:
        """Give "…, l'après-midi 14h-17h" the days of the statement before it."""
        previous: Statement | None = None
        for statement in self._statements:
            if previous is not None and _takes_days_of(statement, previous):
                halved = [replace(choice, half=None) for choice in previous.choices]
                statement.choices = halved if statement.halves else list(previous.choices)
            if statement.choices or statement.times:
                previous = statement

    def _is_season_without_base(self) -> bool:
        """Tell "été : 10h-18h / hiver : 10h-17h": without ordinary hours, nobody knows any day."""
        has_season = any(statement.has_season_word for statement in self._statements)
        has_base = any(
            statement.times and not statement.whens and not closes(statement) for statement in self._statements
        )
        return has_season and not has_base

    def _check_rest(self) -> None:
        """Doubt "le reste de l'année" where no part of the year was named."""
        if not any(statement.whens for statement in self._statements):
            for statement in self._statements:
                statement.problems += ["saison-sans-dates"] if statement.is_rest else []

    def _choices(self, statement: Statement) -> list[Choice]:
        if statement.choices:
            return statement.choices
        if statement.public == "plain" and not closes(statement):
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
        if statement.unknown and statement.times and statement.choices and not closes(statement):
            # The words nobody knows may be what the condition was about.
            rules = [DayRule(days=choice.rule.days) for choice in statement.choices]
        elif code in {AMBIGUOUS, UNCERTAIN} and statement.whens:
            # "mercredi et vacances scolaires": Wednesdays and holidays are both in doubt.
            days = [choice.rule for choice in self._choices(statement)]
            rules = [*days, *wide_rules(statement, [])] if code == AMBIGUOUS or not days else days
        times = tuple(statement.times) or tuple(statement.halves)
        if statement.has_season_word:
            # Hours of a summer without dates replace the ordinary ones on all days, as far as anyone knows.
            rules, times = [replace(rule, days=self._days()) for rule in wide_rules(statement, [])], ()
        if FIGURE in statement.unknown or any(
            problem.startswith("heure") and problem != "heure-ouverte" for problem in statement.problems
        ):
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

    def _take_half(self, statement: Statement, number: int, taken: Choice) -> None:
        self.draft.amend(
            taken.rule, taken.half, self._words(statement), lambda _piece: None, lambda piece: piece.origin == number
        )

    def _other(self, statement: Statement, number: int) -> None:
        """Read what opens nothing by itself: closures, conditions, days without hours, mere words."""
        if statement.unknown:
            self._strange(statement)
        elif statement.problems:
            self._doubt(statement, statement.problems[0])
        elif closes(statement):
            closures.close(closures.Closing(self.draft, statement, self._words(statement), self._standing.days), number)
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
            found = self.draft.amend(scope.rule, scope.half, self._words(statement), changed)
            # Named days without hours are received by appointment at hours nobody wrote.
            left = scope.rule.days - found if statement.choices or not found else frozenset()
            if left:
                times = (scope.half,) if scope.half else ()
                rule = replace(scope.rule, days=left)
                self.draft.doubt("heures-manquantes", self._words(statement), [rule], times)

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
        return all(any(one.times and not closes(one) for one in side) for side in (before, after))

    def _share(self, statement: Statement, number: int) -> None:
        """Doubt, before a condition that comes after a comma, whether it holds for the statements before too."""
        if not statement.is_shared or closes(statement) or statement.unknown:
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


def closes(statement: Statement) -> bool:
    """Tell whether a statement takes hours away."""
    return statement.is_closed or statement.is_exception


def replace_public(statement: Statement) -> Statement:
    """Give the statement without what it says of public holidays, which is not a matter of days here."""
    return replace(statement, public="")


def _takes_days_of(statement: Statement, previous: Statement) -> bool:
    if statement.choices or statement.public or (closes(statement) and not statement.inherits):
        return False
    is_half = bool(statement.halves) and statement.sentence == previous.sentence
    # "mercredi 14h-18h. Vacances : 8h-18h" may well mean other days; a range of days stays the same.
    is_general = any(choice.is_general for choice in previous.choices)
    follows_condition = bool(statement.heads and statement.times and previous.times and is_general)
    return statement.inherits or is_half or follows_condition


def _whole_sentence(text: str, start: int, end: int) -> str:
    """Widen words to the sentence they stand in, so that nothing a person wrote is lost."""
    first = max(text.rfind(sign, 0, start) for sign in ".;\n|") + 1
    ends = [place for sign in ".;\n|" if (place := text.find(sign, end)) >= 0]
    return text[first : min(ends, default=len(text))].strip() or text.strip()


def _says_how(statement: Statement) -> bool:
    return statement.appointment is not None or statement.mode is not None or closes(statement)


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
