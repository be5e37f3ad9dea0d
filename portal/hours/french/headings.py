"""Keep what stands above the hours and holds for all that follows: "en juillet :", "par téléphone :", "Mairie :"."""

from dataclasses import dataclass

from portal.hours.french.statement import Statement
from portal.hours.slots import Appointment, DayRule, Mode

UNCERTAIN = "rattachement-incertain"


@dataclass(frozen=True)
class _Lead:
    """How one is received, said before the days it holds for."""

    appointment: Appointment | None
    mode: Mode | None
    is_heading: bool = False


class Headings:
    """What holds at a place of a text because of the words above it."""

    def __init__(self) -> None:
        self._conditions: list[tuple[DayRule, ...]] = []
        self._lasts = False
        """Tells a heading with its colon, which holds beyond its line."""
        self._had_one = False
        """Tells that the text has headings, so that a condition alone on a line is one too."""
        self._is_lost = False
        """Tells that a full stop ended the conditions: whether they still hold is not sure."""
        self._lead: _Lead | None = None
        self._has_label = False

    def below(self, sentence: int, *, inherits: bool = False) -> Statement:
        """Begin a statement under what stands above."""
        under = bool(self._conditions)
        statement = Statement(
            sentence, inherits=inherits, whens=list(self._conditions), heads=under, is_under_heading=under
        )
        statement.unknown |= {""} if self._has_label else set()
        return statement

    def leave(self, statement: Statement) -> None:
        """Take leave of a statement: what it said may hold for the next ones."""
        self._keep_conditions(statement)
        self._keep_lead(statement)

    def give_way(self, statement: Statement) -> None:
        """Let the conditions of a statement replace those above it."""
        statement.whens, statement.is_under_heading = [], False
        self._conditions, self._lasts = [], False

    def take_manner(self, statement: Statement) -> bool:
        """Take "par téléphone :" for a heading; tell whether it was one."""
        if not (statement.appointment or statement.mode) or statement.has_scope() or statement.unknown:
            return False
        self._lead = _Lead(statement.appointment, statement.mode, is_heading=True)
        return True

    def take_label(self, statement: Statement) -> None:
        """Remember words nobody knows before a colon: they may change all that follows."""
        self._has_label = self._has_label or bool(statement.unknown and not statement.has_scope())

    def take_conditions(self, statement: Statement) -> bool:
        """Take "en juillet :" for a heading; tell whether it was one."""
        if not statement.heads or statement.choices or statement.times or statement.is_closed or _is_dated(statement):
            return False
        self._conditions, self._lasts, statement.is_heading = list(statement.whens), True, True
        self._is_lost, self._had_one = False, True
        return True

    def take_line(self, statement: Statement, *, is_first: bool) -> bool:
        """Take a condition alone on its line for a heading, on the first line or where the last heading was one."""
        says_more = statement.unknown or statement.problems or statement.is_open or statement.public
        if says_more or statement.is_under_heading or statement.halves or statement.has_season_word:
            return False
        return (is_first or self._had_one) and self.take_conditions(statement)

    def end_sentence(self, mark: str) -> None:
        """Forget what does not hold beyond a full stop or a line."""
        if mark == "." or not self._lasts:
            self._is_lost = self._is_lost or bool(self._conditions)
            self._conditions, self._lasts = [], False
        if self._lead and mark == "." and not self._lead.is_heading:
            self._lead = None

    def _keep_conditions(self, statement: Statement) -> None:
        """Let "en juillet et août, lundi 9h-12h, …" hold for the rest of its sentence."""
        is_opening = bool(statement.times) and not statement.is_closed
        if statement.heads and is_opening and not (self._conditions or _is_dated(statement)):
            self._conditions = list(statement.whens)
        if self._is_lost and not statement.heads and statement.times:
            statement.problems.append(UNCERTAIN)

    def _keep_lead(self, statement: Statement) -> None:
        """Let "par téléphone : lundi 9h-12h, mardi 14h-17h" hold for both; without the colon, doubt the second."""
        has_manner = statement.appointment is not None or statement.mode is not None
        if statement.leads_manner:
            self._lead = _Lead(statement.appointment, statement.mode)
        elif self._lead and statement.times and not has_manner and not (statement.is_closed or statement.is_exception):
            if self._lead.is_heading:
                statement.appointment, statement.mode = self._lead.appointment, self._lead.mode
            else:
                statement.problems.append("portee-incertaine")
        elif has_manner:
            self._lead = None


def _is_dated(statement: Statement) -> bool:
    return any(rule.dates for stretches in statement.whens for rule in stretches)
