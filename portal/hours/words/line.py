"""Say a whole opening in one line, for the eye or for the ear."""

from dataclasses import dataclass

from portal.core.languages import FRENCH
from portal.hours.canonical import canonical
from portal.hours.slots import (
    EVERY_DAY,
    WHOLE_DAY,
    Appointment,
    DatedException,
    DayRule,
    ExceptionKind,
    Opening,
    PublicHolidays,
    Slot,
)
from portal.hours.words import exceptions, moments, rules
from portal.hours.words.languages import phrases_in
from portal.hours.words.phrases import Phrases


@dataclass(frozen=True)
class _Voice:
    """How a line is said."""

    phrases: Phrases
    is_spoken: bool

    @property
    def day_names(self) -> tuple[str, ...]:
        """Give whole names to the ear."""
        return self.phrases.days if self.is_spoken else self.phrases.short_days


def short(opening: Opening, language: str = FRENCH) -> str:
    """Say an opening in short: lun.–ven. 9 h–12 h, 14 h–17 h ; sam. 9 h–12 h."""
    return _line(opening, _Voice(phrases_in(language), is_spoken=False))


def spoken(opening: Opening, language: str = FRENCH) -> str:
    """Say an opening for a screen reader: du lundi au vendredi de 9 heures à 12 heures."""
    return _line(opening, _Voice(phrases_in(language), is_spoken=True))


def _line(opening: Opening, voice: _Voice) -> str:
    whole = canonical(opening)
    common = _common_holidays(whole.slots)
    parts = [_slot(slot, voice, common=common) for slot in whole.slots]
    if common is not None:
        parts.append(voice.phrases.all_public[common])
    parts += [_exception(one, voice) for one in whole.exceptions]
    parts += [_unread(words, voice) for words in dict.fromkeys(words.text for words in whole.unread)]
    return voice.phrases.separator.join(parts) or voice.phrases.nothing


def _common_holidays(slots: tuple[Slot, ...]) -> PublicHolidays | None:
    """Find what all slots do on public holidays, when it is worth a word of its own."""
    kinds = {slot.rule.public_holidays for slot in slots if not _is_every_day(slot.rule) and not slot.rule.dates}
    every_day = {slot.rule.public_holidays for slot in slots if _is_every_day(slot.rule)}
    if len(slots) > 1 and kinds | every_day == {PublicHolidays.CLOSED}:
        return PublicHolidays.CLOSED
    return None


def _is_every_day(rule: DayRule) -> bool:
    return rule.days == EVERY_DAY and not rule.nth and not rule.dates


def _slot(slot: Slot, voice: _Voice, *, common: PublicHolidays | None) -> str:
    phrases, rule = voice.phrases, slot.rule
    if slot == Slot((WHOLE_DAY,), DayRule(public_holidays=PublicHolidays.OPEN)):
        return phrases.always[voice.is_spoken]
    remarks = [
        *rules.conditions(rule, phrases),
        _holidays(rule, phrases, common),
        phrases.modes.get(slot.mode, ""),
        phrases.appointments.get(slot.appointment, ""),
        slot.note,
    ]
    said = [words for words in remarks if words]
    named = rules.days(rule, phrases, names=voice.day_names)
    if not slot.times:
        return _without_times(slot, named, said, phrases)
    times = (moments.spans_spoken if voice.is_spoken else moments.spans)(slot.times, phrases)
    head = f"{named}{_gap(rule, voice)}{times}"
    return f"{head} ({', '.join(said)})" if said else head


def _gap(rule: DayRule, voice: _Voice) -> str:
    """Give what stands between the days and their times."""
    if voice.is_spoken:
        return ", "
    return voice.phrases.after_dates if rule.dates else " "


def _without_times(slot: Slot, named: str, said: list[str], phrases: Phrases) -> str:
    asked = slot.appointment is Appointment.REQUIRED
    if asked and slot.rule == DayRule():
        return ", ".join(said)
    return f"{named}{phrases.colon}{', '.join(said if asked else [*said, phrases.times_unsaid])}"


def _holidays(rule: DayRule, phrases: Phrases, common: PublicHolidays | None) -> str:
    """Say public holidays slot by slot; "every day" already says that it is open on them."""
    kind = rule.public_holidays
    if kind is common or rule.dates or (kind is PublicHolidays.OPEN and _is_every_day(rule)):
        return ""
    return phrases.public.get(kind, "")


def _exception(one: DatedException, voice: _Voice) -> str:
    if one.kind is ExceptionKind.MESSAGE:
        return one.reason
    return exceptions.in_words(one, voice.phrases, is_spoken=voice.is_spoken)


def _unread(text: str, voice: _Voice) -> str:
    return voice.phrases.unread.format(text=text)
