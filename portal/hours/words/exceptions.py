"""Say a dated exception."""

from portal.hours.slots import DatedException, ExceptionKind
from portal.hours.words import moments, rules
from portal.hours.words.phrases import Phrases


def in_words(one: DatedException, phrases: Phrases, *, is_spoken: bool = False) -> str:
    """Say a closure or an extra opening: fermé le 24 décembre 2026 (congés)."""
    times = (moments.spans_spoken if is_spoken else moments.spans)(one.times, phrases)
    form = phrases.closed_on if one.kind is ExceptionKind.CLOSED else phrases.extra_on
    when = form.format(when=rules.date_range(one.first, one.last, phrases))
    whole = phrases.after_dates.join(words for words in (when, times) if words)
    said = [phrases.modes.get(one.mode, ""), phrases.appointments.get(one.appointment, ""), one.reason]
    remarks = ", ".join(words for words in said if words)
    return f"{whole} ({remarks})" if remarks else whole
