"""Say an opening in words: a line, the full week, for the ear, the state now. A language is one value."""

from portal.hours.words.line import short, spoken
from portal.hours.words.moments import date_in_words, instant_in_words
from portal.hours.words.state import state_sentence
from portal.hours.words.week import DayLine, Week, week_of

__all__ = ["DayLine", "Week", "date_in_words", "instant_in_words", "short", "spoken", "state_sentence", "week_of"]
