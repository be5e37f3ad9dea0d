"""Cut the times of a day at noon or at any span: what "l'après-midi" takes, what it leaves, what nobody can tell."""

from collections.abc import Iterable
from dataclasses import dataclass

from portal.hours.slots import DAY, TimeSpan

NOON = 720
_LUNCH_ENDS = 13 * 60 + 30
_AFTERNOON_SURELY = 14 * 60
MORNING, AFTERNOON = TimeSpan(0, NOON), TimeSpan(NOON, DAY)


@dataclass(frozen=True)
class Share:
    """Times in three heaps: inside the words, outside them, and not to be told."""

    inside: tuple[TimeSpan, ...] = ()
    outside: tuple[TimeSpan, ...] = ()
    doubtful: tuple[TimeSpan, ...] = ()


def share(times: Iterable[TimeSpan], cut: TimeSpan) -> Share:
    """Share times between a cut and the rest; a morning that ends at 13h stays a morning."""
    heaps: tuple[list[TimeSpan], list[TimeSpan], list[TimeSpan]] = ([], [], [])
    for span in times:
        is_morning = span.start < NOON and span.end <= _LUNCH_ENDS
        if cut in {MORNING, AFTERNOON} and is_morning:
            heaps[0 if cut == MORNING else 1].append(span)
        elif cut == MORNING and span.start < NOON:
            # "9h-17h, fermé le matin": until noon for sure, from 14h surely open; between, nobody knows.
            _cut_morning(span, heaps)
        else:
            inside, outside = _crossed(span, cut)
            heaps[0].extend(inside)
            heaps[1].extend(outside)
    return Share(*(tuple(heap) for heap in heaps))


def _cut_morning(span: TimeSpan, heaps: tuple[list[TimeSpan], list[TimeSpan], list[TimeSpan]]) -> None:
    heaps[0].append(TimeSpan(span.start, NOON))
    heaps[2].append(TimeSpan(NOON, min(span.end, _AFTERNOON_SURELY)))
    if span.end > _AFTERNOON_SURELY:
        heaps[1].append(TimeSpan(_AFTERNOON_SURELY, span.end))


def _crossed(span: TimeSpan, cut: TimeSpan) -> tuple[list[TimeSpan], list[TimeSpan]]:
    # An afternoon or an evening takes the night that follows with it.
    cut_end = span.end if cut.end == DAY and span.end > DAY else cut.end
    first, last = max(span.start, cut.start), min(span.end, cut_end)
    if first >= last:
        return [], [span]
    outside = [(span.start, first)] if span.start < first else []
    outside += [(last, span.end)] if last < span.end else []
    return [TimeSpan(first, last)], [_shifted(start, end) for start, end in outside if start < DAY]


def _shifted(start: int, end: int) -> TimeSpan:
    return TimeSpan(start, min(end, start + DAY))


def minus(times: Iterable[TimeSpan], cuts: Iterable[TimeSpan]) -> tuple[TimeSpan, ...]:
    """Take spans out of times, to the minute."""
    left = list(times)
    for cut in cuts:
        left = [piece for span in left for piece in _crossed(span, cut)[1]]
    return tuple(left)


def overlap(one: Iterable[TimeSpan], other: Iterable[TimeSpan]) -> bool:
    """Tell whether two lists of times share a minute."""
    others = tuple(other)
    return any(span.start < theirs.end and theirs.start < span.end for span in one for theirs in others)
