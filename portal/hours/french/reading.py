"""Read a French text about hours: the door of this package. Never raises, never invents."""

from portal.core.problems import Problem
from portal.hours.canonical import canonical
from portal.hours.french.faults import fault
from portal.hours.french.grouping import parts_of
from portal.hours.french.meaning import Interpreter, Standing
from portal.hours.french.pieces import Draft, TooManyPieces
from portal.hours.french.statements import Assembler
from portal.hours.french.tokens import clean, tokens_of
from portal.hours.slots import DayRule, Opening, Slot, Unread, Weekday

LONGEST_TEXT = 3000
MOST_STATEMENTS = 40
"""Beyond that a text is not about hours, and reading it would take too long."""


def read_french(text: str) -> tuple[Opening, list[Problem]]:
    """Read hours written in French, such as "du lundi au vendredi 8h30-12h, fermé en août"."""
    return _read(text, Standing())


def read_day(text: str, days: frozenset[Weekday]) -> tuple[Opening, list[Problem]]:
    """Read the hours written in the column of a day, such as "9h-12h / 14h-17h"."""
    return _read(text, Standing(days=days))


def read_comment(text: str, slots: tuple[Slot, ...]) -> tuple[Opening, list[Problem]]:
    """Amend hours by the comment that stands beside them, as far as it is sure."""
    return _read(text, Standing(slots=slots, is_comment=True))


def _read(text: str, standing: Standing) -> tuple[Opening, list[Problem]]:
    cleaned = clean(text)
    if not cleaned.strip():
        return Opening(slots=standing.slots), []
    draft = _draft(cleaned, standing)
    slots = tuple(piece.slot() for piece in draft.pieces if piece.says_something())
    return canonical(Opening(slots, tuple(draft.exceptions), tuple(draft.unread))), draft.problems


def _draft(text: str, standing: Standing) -> Draft:
    if len(text) > LONGEST_TEXT:
        return _given_up(text, standing)
    statements = Assembler(parts_of(tokens_of(text))).assemble()
    if len(statements) > MOST_STATEMENTS:
        return _given_up(text, standing)
    try:
        return Interpreter(text, statements, standing).interpret()
    except TooManyPieces:
        return _given_up(text, standing)


def _given_up(text: str, standing: Standing) -> Draft:
    rule = DayRule() if standing.days is None else DayRule(days=standing.days)
    return Draft(unread=[Unread(text.strip(), rule)], problems=[fault("texte-trop-long", text)])
