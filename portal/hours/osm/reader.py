"""Read OpenStreetMap's `opening_hours` into an opening, and say what could not be carried over.

Rules are laid one over another as the notation wants: after `;` a rule replaces the earlier ones on its days, after `,`
it adds to them, after `||` it speaks of the times nobody else speaks of. Where the notation would let us guess, we do
not:

- a weekday rule says nothing of public holidays: they stay unstated (unknown) until `PH` is named; `24/7`, `Mo-Su` and
  rules without any day are "every day" and are open on them;
- days without times, open ends, the sun, Easter and lists of weeks are kept as words and make only what they touch
  unknown;
- a dated rule becomes an exception, so that the week stays readable.
"""

from portal.core.problems import Problem
from portal.hours.canonical import canonical
from portal.hours.osm.day_sets import Inexpressible
from portal.hours.osm.disturbances import with_disturbances
from portal.hours.osm.grammar import read_segment
from portal.hours.osm.layers import Layers, lay, lay_fallback, lay_words
from portal.hours.osm.sentences import SENTENCES
from portal.hours.osm.tokens import segments
from portal.hours.osm.values import Doubt, Joined, Rule
from portal.hours.slots import DayRule, Opening, Unread

LONGEST_TEXT = 2000
MOST_RULES = 60


def read_osm(text: str) -> tuple[Opening, tuple[Problem, ...]]:
    """Read an `opening_hours` text; never raises."""
    stripped = text.strip()
    if not stripped:
        return Opening(), (_problem(Doubt.EMPTY, text),)
    rules = [rule for segment in segments(stripped[:LONGEST_TEXT]) for rule in read_segment(segment)]
    if len(stripped) > LONGEST_TEXT or len(rules) > MOST_RULES:
        return _all_in_doubt(Doubt.TOO_LONG, stripped)
    if not rules:
        return _all_in_doubt(Doubt.SYNTAX, stripped)
    layers = _laid(rules)
    opening = canonical(Opening(tuple(layers.slots), tuple(layers.exceptions), tuple(layers.unread)))
    problems = dict.fromkeys(_problem(doubt, words) for doubt, words in layers.doubts)
    if opening == Opening() and not problems:
        return Opening(unread=(Unread(stripped),)), (_problem(Doubt.CLOSED, stripped),)
    return opening, tuple(problems)


def _laid(rules: list[Rule]) -> Layers:
    layers = Layers(alone=len(rules) == 1)
    falling = False
    for rule in with_disturbances(rules):
        falling = rule.joined is Joined.FALLING_BACK or (falling and rule.joined is Joined.ADDING)
        try:
            layers = lay_fallback(layers, rule) if falling else lay(layers, rule)
        except Inexpressible:
            layers = lay_words(layers, rule, Doubt.OVERLAP)
    return layers


def _all_in_doubt(doubt: Doubt, text: str) -> tuple[Opening, tuple[Problem, ...]]:
    return canonical(Opening(unread=(Unread(text, touches=DayRule()),))), (_problem(doubt, text),)


def _problem(doubt: Doubt, words: str) -> Problem:
    return Problem(code=doubt.value, text=SENTENCES[doubt], value=words)
