"""Say the state of an opening now in one sentence."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from portal.core.languages import FRENCH
from portal.hours.layers import StateCode
from portal.hours.schedule import State
from portal.hours.slots import Mode
from portal.hours.words import moments
from portal.hours.words.languages import phrases_in
from portal.hours.words.phrases import Phrases

_SOON = 1
"""Days within which times by appointment have an end worth saying."""

_MODES = {Mode.PHONE: "open_phone", Mode.VIDEO: "open_video", Mode.HOME: "open_home"}


def state_sentence(state: State, now: datetime, language: str = FRENCH) -> str:
    """Say a state seen from an instant in the time zone of the place."""
    return _SENTENCES[state.code](state, now, phrases_in(language))


def _open(state: State, now: datetime, phrases: Phrases) -> str:
    word = phrases.states[_MODES.get(state.mode or Mode.ON_SITE, "open")]
    return f"{word}{_until(state, now, phrases)}"


def _until(state: State, now: datetime, phrases: Phrases) -> str:
    if state.until is None:
        return ""
    return f" {phrases.until(moments.end_seen_from(state.until, now, phrases))}"


def _closed(state: State, now: datetime, phrases: Phrases) -> str:
    return f"{phrases.states['closed']}{_then(state, now, phrases)}"


def _then(state: State, now: datetime, phrases: Phrases) -> str:
    """Say how one is received next, the soonest first, and what nobody could vouch for before that."""
    coming = [
        (state.next, phrases.opens[state.next_mode or Mode.ON_SITE]),
        (state.next_appointment, phrases.states["appointment_next"]),
    ]
    known = sorted((instant, form) for instant, form in coming if instant is not None)
    if state.next is not None:
        # Who may simply come need not hear of a later appointment.
        known = [one for one in known if one[0] <= state.next]
    said = [form.format(when=moments.moment_seen_from(instant, now, phrases)) for instant, form in known]
    return f"{''.join(f', {words}' for words in said)}{_doubt(state, now, phrases)}"


def _doubt(state: State, now: datetime, phrases: Phrases) -> str:
    if state.next_doubt is None:
        return ""
    day = moments.day_seen_from(state.next_doubt.date(), now.date(), phrases) or phrases.states["today"]
    why = phrases.doubts.get(state.next_doubt_reason)
    subject = day if why is None else f"{day}, {why}"
    return f" ({subject}{phrases.colon}{phrases.states['day_unknown']})"


def _appointment(state: State, now: datetime, phrases: Phrases) -> str:
    word = phrases.states["appointment"]
    if state.until is not None and (state.until.date() - now.date()).days <= _SOON:
        word = f"{word}{_until(state, now, phrases)}"
    if state.next is None or state.next_mode is not Mode.ON_SITE:
        return word
    if state.next == state.until:
        return f"{word}, {phrases.states['then_without_appointment']}"
    when = moments.moment_seen_from(state.next, now, phrases)
    return f"{word}, {phrases.states['without_appointment'].format(when=when)}"


def _exceptional(state: State, now: datetime, phrases: Phrases) -> str:
    """Say until when it stays closed, the last closed day, or the hour when it ends today; then what follows."""
    word = phrases.states["exceptional"]
    reason = f" ({state.reason})" if state.reason else ""
    return f"{word}{_end_of_closure(state, now, phrases)}{reason}{_after_closure(state, now, phrases)}"


def _end_of_closure(state: State, now: datetime, phrases: Phrases) -> str:
    if state.until is None:
        return ""
    last = (state.until - timedelta(minutes=1)).date()
    if last == now.date():
        at_midnight = (state.until.hour, state.until.minute) == (0, 0)
        return f" {phrases.states['today']}" if at_midnight else _until(state, now, phrases)
    date = moments.date_seen_from(last, now.date(), phrases)
    return f" {phrases.states['until_end_of'].format(date=date)}"


def _after_closure(state: State, now: datetime, phrases: Phrases) -> str:
    """Say nothing more when the hour the closure ends is the hour it opens."""
    reopens = state.next is not None and state.next == state.until and state.next.date() == now.date()
    return "" if reopens else _then(state, now, phrases)


def _season_over(state: State, now: datetime, phrases: Phrases) -> str:
    word = phrases.states["season_over"]
    back = min((one for one in (state.next, state.next_appointment) if one is not None), default=None)
    doubt = _doubt(state, now, phrases)
    if back is None:
        return f"{word}{doubt}" if doubt else phrases.states["never_again"]
    when = phrases.states["on_date"].format(date=moments.date_seen_from(back.date(), now.date(), phrases))
    return f"{word}, {phrases.states['back'].format(when=when)}{doubt}"


def _unknown(state: State, now: datetime, phrases: Phrases) -> str:  # noqa: ARG001 - one of six of the same shape
    why = phrases.doubts.get(state.reason)
    if why is None:
        return phrases.states["unknown"]
    return f"{why[0].upper()}{why[1:]}{phrases.colon}{phrases.states['day_unknown']}"


_SENTENCES: Mapping[StateCode, Callable[[State, datetime, Phrases], str]] = {
    StateCode.OPEN: _open,
    StateCode.CLOSED: _closed,
    StateCode.APPOINTMENT: _appointment,
    StateCode.EXCEPTIONAL: _exceptional,
    StateCode.SEASON_OVER: _season_over,
    StateCode.UNKNOWN: _unknown,
}
