"""Write an opening as OpenStreetMap's `opening_hours`, where the notation can say it.

What was written is read again: only a text that gives the same opening back is handed out. The plan of a text: the
usual week, then what changes in school holidays (`SH`), then on public holidays (`PH`), then dated exceptions, then
doubts (`unknown "the words nobody could read"`).
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from portal.hours.canonical import canonical
from portal.hours.osm import holidays, notation
from portal.hours.osm.comments import write_comment
from portal.hours.osm.day_sets import may_meet
from portal.hours.osm.reader import read_osm
from portal.hours.slots import (
    WHOLE_DAY,
    DatedException,
    DayRule,
    ExceptionKind,
    Opening,
    PublicHolidays,
    Slot,
    Unread,
)

MESSAGES_UNSAID = "Les messages datés ne se disent pas en notation OpenStreetMap."
WORDS_UNSAID = "Des mots à côté des horaires n’ont pas pu être lus ; ils ne sont pas repris."
ZONES_UNSAID = "Les zones de vacances scolaires (A, B, C) ne se disent pas en notation OpenStreetMap."
NOTHING_SAID = "Aucun horaire n’est connu."
RULES_UNSAID = "Ces horaires combinent des règles que la notation OpenStreetMap ne sait pas dire."


@dataclass(frozen=True)
class Written:
    """A text, or none, and in French what it does not say."""

    text: str | None
    unsaid: tuple[str, ...] = ()


def write_osm(opening: Opening) -> Written:
    """Write an opening, leaving out only what changes no state."""
    whole = canonical(_quotable(opening))
    said = replace(
        whole,
        exceptions=tuple(one for one in whole.exceptions if one.kind is not ExceptionKind.MESSAGE),
        unread=tuple(words for words in whole.unread if words.touches is not None),
    )
    unsaid = tuple(
        sentence
        for sentence, is_missing in (
            (MESSAGES_UNSAID, said.exceptions != whole.exceptions),
            (WORDS_UNSAID, said.unread != whole.unread),
        )
        if is_missing
    )
    if said == Opening():
        return Written(None, (*unsaid, NOTHING_SAID))
    text = _joined(said)
    if read_osm(text)[0] == said:
        return Written(text, unsaid)
    zones = any(slot.rule.zones for slot in said.slots)
    return Written(None, (*unsaid, ZONES_UNSAID if zones else RULES_UNSAID))


def _quotable(opening: Opening) -> Opening:
    """Soften the quotation marks that would end a comment."""
    return Opening(
        slots=tuple(replace(slot, note=_soft(slot.note)) for slot in opening.slots),
        exceptions=tuple(replace(one, reason=_soft(one.reason)) for one in opening.exceptions),
        unread=tuple(replace(words, text=_soft(words.text)) for words in opening.unread),
    )


def _soft(text: str) -> str:
    return text.replace('"', "’")


@dataclass(frozen=True)
class _Rule:
    """One rule to be written, and whether it adds to those before it."""

    text: str
    adds: bool = False


def _joined(opening: Opening) -> str:
    rules = list(_rules(opening))
    texts = [rules[0].text] if rules else []
    return "".join([*texts, *(f"{', ' if rule.adds else '; '}{rule.text}" for rule in rules[1:])])


def _rules(opening: Opening) -> Iterator[_Rule]:
    always = DayRule(public_holidays=PublicHolidays.OPEN)
    if opening.slots == (Slot((WHOLE_DAY,), always),):
        yield _Rule("24/7")
    else:
        yield from _slots(holidays.usual(opening.slots))
        for change in holidays.changes(opening.slots):
            if change.word:
                yield _Rule(_words(change.holiday, notation.days(DayRule(days=change.days)), change.word))
            yield from _slots(change.slots, change.holiday)
    yield from _exceptions(opening.exceptions)
    yield from (_doubt(words) for words in opening.unread)


def _slots(slots: tuple[Slot, ...], holiday: str = "") -> Iterator[_Rule]:
    before: list[DayRule] = []
    for slot in slots:
        adds = any(may_meet(rule, slot.rule) for rule in before)
        before.append(slot.rule)
        yield _Rule(_words(notation.selector(slot.rule, holiday), notation.times(slot.times), _comment(slot)), adds)


def _comment(slot: Slot) -> str:
    words = write_comment(slot)
    return f'"{words}"' if words else ""


def _words(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def _exceptions(exceptions: tuple[DatedException, ...]) -> Iterator[_Rule]:
    for one in exceptions:
        reason = f'"{one.reason}"' if one.reason else ""
        stretch, times = notation.stretch(one.first, one.last), notation.times(one.times)
        if one.kind is ExceptionKind.CLOSED:
            closure = DatedException(one.first, one.last, ExceptionKind.CLOSED)
            replaced = one == closure and any(_replaces(other, one) for other in exceptions)
            if not replaced:
                yield _Rule(_words(stretch, times, "off", reason))
        else:
            closed = DatedException(one.first, one.last, ExceptionKind.CLOSED) in exceptions
            comment = _comment(Slot(one.times, mode=one.mode, appointment=one.appointment, note=one.reason))
            yield _Rule(_words(stretch, times, comment), adds=not closed)


def _replaces(other: DatedException, closure: DatedException) -> bool:
    same = (other.first, other.last) == (closure.first, closure.last)
    return same and other.kind is ExceptionKind.EXTRA


def _doubt(words: Unread) -> _Rule:
    rule = words.touches or DayRule()
    holiday = "PH" if rule.public_holidays is PublicHolidays.ONLY else ""
    selector = notation.selector(rule, holiday)
    return _Rule(_words(selector, notation.times(words.times), f'unknown "{words.text}"'), adds=True)
