"""Whether a new record describes a service that is already there: a score, with its reasons in French. Pure.

Only the same official identifier of the service itself makes one of two by itself; anything else asks a person.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import lru_cache

from portal.core.text import fold
from portal.directory.rules.choices import ContactType
from portal.directory.rules.contact_lines import ContactLine
from portal.intake.record import ServiceRecord
from portal.intake.rules.addresses import Spot, is_same_place, metres_between

PROBABLE = 65
"""Score out of 100 from which a person is asked."""
_NEAR = 150
_SAID = {
    ContactType.PHONE: (25, "même téléphone ({})"),
    ContactType.MAIL: (30, "même adresse électronique ({})"),
    ContactType.SITE: (10, "même site ({})"),
}
_NO_CONCEPT_IN_COMMON = 45
_ANOTHER_CONCEPT_FIRST = 15
_NOT_COMPARABLE = re.compile(r"[^a-z0-9+@]")


@dataclass(frozen=True, kw_only=True)
class Portrait:
    """What of a service, recorded or already there, is compared."""

    title: str
    concepts: tuple[str, ...]
    structure: str = ""
    siret: str = ""
    ids: Mapping[str, str] = field(default_factory=dict)
    contacts: tuple[ContactLine, ...] = ()
    spots: tuple[Spot, ...] = ()


@dataclass(frozen=True)
class Match:
    """How much two services look alike, out of 100, and why."""

    score: int
    reasons: tuple[str, ...]
    is_certain: bool = False

    @property
    def is_probable(self) -> bool:
        """Tell whether a person should be asked."""
        return not self.is_certain and self.score >= PROBABLE


def portrait_of(record: ServiceRecord) -> Portrait:
    """Draw the portrait of a record."""
    places = [access.place for access in record.access if access.place is not None]
    lines = [record.contacts, record.structure.contacts, *(access.contacts for access in record.access)]
    lines += [place.contacts for place in places]
    return Portrait(
        title=record.title,
        concepts=record.concepts,
        structure=record.structure.name,
        siret=record.structure.official_ids.get("siret", ""),
        ids=record.official_ids,
        contacts=tuple(line for some in lines for line in some or ()),
        spots=tuple(
            Spot(commune_code=place.commune_code, address=place.address or "", point=place.point) for place in places
        ),
    )


def contact_key(line: ContactLine) -> tuple[ContactType, str] | None:
    """Write a contact as it is compared; None for kinds and numbers that many services share."""
    if line.type not in _SAID:
        return None
    value = fold(line.value).removeprefix("https://").removeprefix("http://").removeprefix("www.").rstrip("/")
    plain = _NOT_COMPARABLE.sub("", value)
    # Short numbers (3631, 15) answer for whole networks.
    return None if line.type is ContactType.PHONE and len(plain) < len("0325000000") else (line.type, plain)


def compare(one: Portrait, other: Portrait) -> Match:
    """Score how much two services look alike."""
    same = sorted(
        name for name in one.ids.keys() & other.ids.keys() if one.ids[name] and one.ids[name] == other.ids[name]
    )
    if same:
        return Match(100, tuple(f"même identifiant {name} ({one.ids[name]})" for name in same), is_certain=True)
    clues = [*_titles(one, other), *_contacts(one, other), *_places(one, other), *_structures(one, other)]
    clues += _concepts(one, other)
    score = max(0, min(100, sum(points for points, _ in clues)))
    return Match(score, tuple(reason for _, reason in sorted(clues, reverse=True)))


Clue = tuple[int, str]


def _titles(one: Portrait, other: Portrait) -> Iterable[Clue]:
    first, second = sorted((fold(one.title), fold(other.title)))
    likeness = _likeness(first, second)
    if first == second:
        yield 30, "même titre"
    elif likeness >= _CLOSE_TITLES:
        yield likeness * 25 // 100, f"titres proches à {likeness} %"


_CLOSE_TITLES = 60


@lru_cache(maxsize=65_536)
def _likeness(one: str, other: str) -> int:
    words, others = set(one.split()), set(other.split())
    shared = len(words & others) / max(1, len(words | others))
    return int(100 * max(shared, SequenceMatcher(None, one, other, autojunk=False).ratio()))


def _contacts(one: Portrait, other: Portrait) -> Iterable[Clue]:
    mine = {key: line for line in one.contacts if (key := contact_key(line))}
    shared = {contact_key(line) for line in other.contacts}
    for kind, (points, words) in _SAID.items():
        values = sorted(line.value for key, line in mine.items() if key in shared and key[0] is kind)
        if values:
            yield points, words.format(values[0])


def _places(one: Portrait, other: Portrait) -> Iterable[Clue]:
    pairs = [(mine, theirs) for mine in one.spots for theirs in other.spots]
    if any(is_same_place(mine, theirs) for mine, theirs in pairs):
        yield 30, "même adresse"
        return
    distances = [away for mine, theirs in pairs if (away := metres_between(mine.point, theirs.point)) is not None]
    if distances and min(distances) <= _NEAR:
        yield 20, f"à {min(distances):.0f} m l’un de l’autre"
    elif one.spots and other.spots and not {spot.commune_code for spot in one.spots} & _communes(other):
        yield -30, "communes différentes"


def _communes(portrait: Portrait) -> set[str]:
    return {spot.commune_code for spot in portrait.spots}


def _structures(one: Portrait, other: Portrait) -> Iterable[Clue]:
    if one.siret and other.siret:
        yield (15, f"même SIRET ({one.siret})") if one.siret == other.siret else (-10, "SIRET différents")
    elif one.structure and fold(one.structure) == fold(other.structure):
        yield 10, "même structure"


def _concepts(one: Portrait, other: Portrait) -> Iterable[Clue]:
    if not set(one.concepts) & set(other.concepts):
        yield -_NO_CONCEPT_IN_COMMON, "aucun thème commun"
    elif one.concepts[:1] == other.concepts[:1]:
        yield 10, "même thème"
    else:
        yield -_ANOTHER_CONCEPT_FIRST, "thème principal différent"


def nearest(match: Match, number: int) -> tuple[int, int]:
    """Rank matches, the best first and then the oldest service."""
    return (-match.score, number)
