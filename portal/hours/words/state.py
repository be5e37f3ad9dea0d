"""Say the state of an opening now in one sentence."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from portal.hours.layers import PUBLIC_HOLIDAY_DOUBT, SCHOOL_HOLIDAY_DOUBT, StateCode
from portal.hours.schedule import State
from portal.hours.slots import Mode
from portal.hours.words import moments
from portal.hours.words.phrases import FRENCH, Phrases

_MODES = {Mode.PHONE: "open_phone", Mode.VIDEO: "open_video", Mode.HOME: "open_home"}


def state_sentence(state: State, now: datetime, phrases: Phrases = FRENCH) -> str:
    """Say a state seen from an instant in the time zone of the place."""
    return _SENTENCES[state.code](state, now, phrases)


def _open(state: State, now: datetime, phrases: Phrases) -> str:
    word = phrases.states[_MODES.get(state.mode or Mode.ON_SITE, "open")]
    return f"{word}{_until(state, now, phrases)}"


def _until(state: State, now: datetime, phrases: Phrases) -> str:
    if state.until is None:
        return ""
    return f" {phrases.states['until'].format(when=_elided(moments.end_seen_from(state.until, now, phrases)))}"


def _elided(when: str) -> str:
    """Write jusqu’à 17 h, jusqu’à demain à 2 h, jusqu’au lundi 30 novembre à 9 h."""
    if when.startswith("à "):
        return when
    return f"au {when.removeprefix('le ')}" if when.startswith("le ") else f"à {when}"


def _closed(state: State, now: datetime, phrases: Phrases) -> str:
    word = phrases.states["closed"]
    if state.next is not None:
        return f"{word}, {phrases.states['opens'].format(when=moments.moment_seen_from(state.next, now, phrases))}"
    if state.next_appointment is not None:
        when = moments.moment_seen_from(state.next_appointment, now, phrases)
        return f"{word}, {phrases.states['appointment_next'].format(when=when)}"
    return word


def _appointment(state: State, now: datetime, phrases: Phrases) -> str:
    word = phrases.states["appointment"]
    return word if state.until is None else f"{word}{_until(state, now, phrases)}"


def _exceptional(state: State, now: datetime, phrases: Phrases) -> str:
    """Say until when it stays closed: the last closed day, or the hour when it ends today."""
    word = phrases.states["exceptional"]
    reason = f" ({state.reason})" if state.reason else ""
    if state.until is None:
        return f"{word}{reason}"
    last = (state.until - timedelta(minutes=1)).date()
    if last == now.date():
        at_midnight = (state.until.hour, state.until.minute) == (0, 0)
        end = f" {phrases.states['today']}" if at_midnight else _until(state, now, phrases)
        return f"{word}{end}{reason}"
    date = moments.date_seen_from(last, now.date(), phrases)
    return f"{word} {phrases.states['until_end_of'].format(date=date)}{reason}"


def _season_over(state: State, now: datetime, phrases: Phrases) -> str:
    word = phrases.states["season_over"]
    back = state.next or state.next_appointment
    if back is None:
        return word
    when = phrases.states["on_date"].format(date=moments.date_seen_from(back.date(), now.date(), phrases))
    return f"{word}, {phrases.states['back'].format(when=when)}"


def _unknown(state: State, now: datetime, phrases: Phrases) -> str:  # noqa: ARG001 - one of six of the same shape
    names = {PUBLIC_HOLIDAY_DOUBT: "public_holiday", SCHOOL_HOLIDAY_DOUBT: "school_holidays"}
    return phrases.states[names.get(state.reason, "unknown")]


_SENTENCES: Mapping[StateCode, Callable[[State, datetime, Phrases], str]] = {
    StateCode.OPEN: _open,
    StateCode.CLOSED: _closed,
    StateCode.APPOINTMENT: _appointment,
    StateCode.EXCEPTIONAL: _exceptional,
    StateCode.SEASON_OVER: _season_over,
    StateCode.UNKNOWN: _unknown,
}
