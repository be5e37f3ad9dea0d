"""Who counts as a visitor, and which figures may be shown."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

SMALLEST_SHOWN = 5
"""Fewer could be one person: a figure below is never shown."""
_PROGRAMS = re.compile(
    r"bot\b|bot[/;_-]|crawl|spider|slurp|archiver|fetch|preview|monitor|uptime|pingdom|lighthouse|headless|curl|wget|"
    r"python|java/|go-http|okhttp|libwww|perl|ruby|axios|node|scrapy|http-?client|feed|validator|facebookexternalhit|"
    r"embedly|gptbot|ccbot|dataprovider|scan",
    re.IGNORECASE,
)


class Seen(NamedTuple):
    """One page seen, as it is counted."""

    kind: str
    theme: str = ""
    commune: str = ""
    found_nothing: bool = False


def is_a_program(agent: str) -> bool:
    """Tell a robot, a monitor or a script by what it says of itself; who says nothing is none of the public."""
    return not agent or _PROGRAMS.search(agent) is not None


def totals(counts: Iterable[tuple[Seen, int]], *, by: str) -> Mapping[str, int]:
    """Add counts up by one of their fields, the largest first; what the field leaves empty is no value."""
    added: Counter[str] = Counter()
    for seen, times in counts:
        added[str(getattr(seen, by))] += times
    return {value: times for value, times in sorted(added.items(), key=lambda each: (-each[1], each[0])) if value}


def shown(times: int) -> int | None:
    """Give a figure that may be shown, or None for one that is too small."""
    return times if times >= SMALLEST_SHOWN else None
