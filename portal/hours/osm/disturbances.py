"""Tell which dated rules a later rule speaks of: these cannot stand apart from the week as exceptions."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from portal.hours.osm.day_sets import may_meet
from portal.hours.osm.layers import as_stretch, is_dated
from portal.hours.osm.values import Joined, Modifier, Rule
from portal.hours.slots import DayRule


def with_disturbances(rules: list[Rule]) -> Iterator[Rule]:
    """Mark each rule that a later one may change."""
    for place, rule in enumerate(rules):
        dated = [box for box in rule.days.rules if is_dated(box)]
        later = rules[place + 1 :]
        yield replace(rule, is_disturbed=any(_disturbs(one, box) for one in later for box in dated))


def _disturbs(later: Rule, box: DayRule) -> bool:
    """Tell whether a later rule changes a dated one in a way exceptions do not: the one with fewer dates wins there."""
    if later.joined is Joined.FALLING_BACK or later.modifier is Modifier.UNKNOWN:
        return False
    stretch = as_stretch(box.valid_from or date.min, box.valid_to or date.max)
    for other in later.days.rules:
        if not may_meet(stretch, other):
            continue
        adds = later.joined is Joined.ADDING and later.modifier is not Modifier.CLOSED
        if not (is_dated(other) and _length(other) < _length(box) + adds):
            return True
    return False


def _length(box: DayRule) -> int:
    return ((box.valid_to or date.max) - (box.valid_from or date.min)).days
