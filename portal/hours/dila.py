"""Read the opening ranges of the national directory of administrations: days from–to, two pairs of times, a comment.

The comment of a range amends that range only: "Accueil fermé en juillet et août" on Saturday says nothing of Monday.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from portal.core.problems import Problem
from portal.core.text import fold
from portal.hours.canonical import canonical, glued
from portal.hours.french import faults, read_comment, read_french
from portal.hours.slots import DAY, DayRule, Opening, Slot, TimeSpan, Unread, Weekday

_DAYS = {name: Weekday(number) for number, name in enumerate(
    ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
)}  # fmt: skip
_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?")
_END_OF_DAY = DAY - 1
MOST_RANGES = 60
_TOWN_HALL_ROW = ("nom_jour_debut", "nom_jour_fin", "heures")
_HOUR = 60


def read_ranges(value: object, comment: object = "") -> tuple[Opening, list[Problem]]:
    """Read `plage_ouverture`, a list or the JSON text of one, and the general comment beside it."""
    rows = _rows(value)
    if rows is None:
        return _unreadable(value)
    openings, problems = [], list[Problem]()
    for row in rows:
        opening, found = _range(row)
        openings.append(opening)
        problems += found
    slots = tuple(slot for opening in openings for slot in opening.slots)
    general, remarks = read_comment(_general(comment, rows), slots)
    merged = replace(
        general,
        exceptions=general.exceptions + tuple(one for opening in openings for one in opening.exceptions),
        unread=general.unread + tuple(words for opening in openings for words in opening.unread),
    )
    return canonical(merged), list(dict.fromkeys(problems + remarks))


def read_town_hall(value: object) -> tuple[Opening, list[Problem]]:
    """Read the same ranges as the older files of town halls write them: `[["lundi", "vendredi", [["08:30:00", …`."""
    rows = _decoded(value)
    if rows in (None, ""):
        return Opening(), []
    if not isinstance(rows, list) or not all(isinstance(row, list) and len(row) == len(_TOWN_HALL_ROW) for row in rows):
        return _unreadable(value)
    return read_ranges([_as_range(row) for row in rows])


def _as_range(row: Sequence[object]) -> dict[str, object]:
    first, last, pairs = row
    named: dict[str, object] = {"nom_jour_debut": first, "nom_jour_fin": last}
    listed = pairs if isinstance(pairs, list) else []
    for number, pair in enumerate(listed, start=1):
        start, end = (*pair, "?", "?")[:2] if isinstance(pair, list) else ("?", "?")
        named |= {f"valeur_heure_debut_{number}": start, f"valeur_heure_fin_{number}": end}
    return named


def _decoded(value: object) -> object:
    if not isinstance(value, str):
        return value
    if value.strip() in {"", "\\N", "null"}:
        return None
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        return {}


def _rows(value: object) -> list[Mapping[str, object]] | None:
    decoded = _decoded(value)
    if decoded is None:
        return []
    if not isinstance(decoded, list) or len(decoded) > MOST_RANGES:
        return None
    return decoded if all(isinstance(row, dict) for row in decoded) else None


def _unreadable(value: object) -> tuple[Opening, list[Problem]]:
    words = str(value)[:1000].strip() or "?"
    return Opening(unread=(Unread(words, DayRule()),)), [faults.fault("plage-incomplete", words, "plage_ouverture")]


def _range(row: Mapping[str, object]) -> tuple[Opening, list[Problem]]:
    days = _days(row)
    pairs = [_pair(row, *fields) for fields in _fields(row)]
    times = [pair for pair in pairs if pair is not None and pair[0] < pair[1]]
    is_plain = all(pair is None or pair in times for pair in pairs)
    if not days or not is_plain or not times:
        return _doubtful(row, days)
    slot = Slot(glued(times), DayRule(days=days))
    overlaps = sum(end - start for start, end in times) > sum(span.end - span.start for span in slot.times)
    problems = [faults.fault("plages-chevauchantes", _words(row), "plage_ouverture")] if overlaps else []
    opening, found = _commented(_text(row, "commentaire"), slot)
    return opening, problems + [replace(problem, field="commentaire") for problem in found]


def _commented(comment: str, slot: Slot) -> tuple[Opening, list[Problem]]:
    """Amend a range by its comment; one that names its days again, "1er et 3e samedi", says which of them."""
    opening, problems = read_comment(comment, (slot,))
    if not any(problem.code == "heures-manquantes" for problem in problems):
        return opening, problems
    with_times, doubts = read_french(f"{comment} {', '.join(map(_written, slot.times))}")
    # "et le 1er samedi" adds to something that nobody told.
    adds = fold(comment).lstrip().startswith("et ")
    is_narrower = not adds and all(
        each.times == slot.times and each.rule.days <= slot.rule.days for each in with_times.slots
    )
    if doubts or with_times.exceptions or not with_times.slots or not is_narrower:
        return opening, problems
    return with_times, []


def _written(span: TimeSpan) -> str:
    return f"{span.start // _HOUR}h{span.start % _HOUR:02}-{span.end // _HOUR}h{span.end % _HOUR:02}"


def _fields(row: Mapping[str, object]) -> list[tuple[str, str]]:
    numbers = sorted({name.rpartition("_")[2] for name in row if name.startswith("valeur_heure_")} | {"1", "2"})
    return [(f"valeur_heure_debut_{number}", f"valeur_heure_fin_{number}") for number in numbers]


def _doubtful(row: Mapping[str, object], days: frozenset[Weekday]) -> tuple[Opening, list[Problem]]:
    """Keep a range that lacks something; its comment may tell a person more."""
    words = _words(row)
    rule = DayRule(days=days) if days else DayRule()
    return Opening(unread=(Unread(words, rule),)), [faults.fault("plage-incomplete", words, "plage_ouverture")]


def _days(row: Mapping[str, object]) -> frozenset[Weekday]:
    """Give the days from one to another, over Sunday if need be; none when either is missing."""
    first, last = (_DAYS.get(fold(_text(row, name)).strip()) for name in ("nom_jour_debut", "nom_jour_fin"))
    if first is None or last is None:
        return frozenset()
    return frozenset(Weekday((first + step) % 7) for step in range((last - first) % 7 + 1))


def _pair(row: Mapping[str, object], start: str, end: str) -> tuple[int, int] | None:
    """Read a pair of times; None when both are empty, (0, 0) when it cannot be read."""
    said = _text(row, start).strip(), _text(row, end).strip()
    if said == ("", ""):
        return None
    first, last = (_minutes(text) for text in said)
    if first is None or last is None or first >= DAY:
        return 0, 0
    return first, DAY if last == _END_OF_DAY and first == 0 else last


def _minutes(text: str) -> int | None:
    match = _TIME.fullmatch(text)
    if match is None or int(match[2]) >= _HOUR:
        return None
    minutes = int(match[1]) * _HOUR + int(match[2])
    return minutes if minutes <= DAY else None


def _text(row: Mapping[str, object], name: str) -> str:
    value = row.get(name)
    return value if isinstance(value, str) else ""


def _words(row: Mapping[str, object]) -> str:
    said = [value.strip() for value in row.values() if isinstance(value, str) and value.strip()]
    return " ".join(said) or "plage vide"


def _general(comment: object, rows: Sequence[Mapping[str, object]]) -> str:
    """Give the general comment without what a range says already: it repeats the comment of one range."""
    text = comment if isinstance(comment, str) else ""
    for row in rows:
        own = _text(row, "commentaire").strip()
        text = text.replace(own, " ") if own else text
    return text if text.strip(" .;\n") else ""
