"""Whether two bodies that lists name apart are one: a score, with its reasons in French. Pure.

Bodies of one SIRET are linked as they come in. A name alone says little: there is a "Centre social" in every other
town, so that a commune or a contact must agree before a person is asked.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from portal.directory.rules.choices import ContactType, LegalNature
from portal.intake.rules.matching import Match

_SHORT_FORMS = (
    (re.compile("^cc-"), "communaute-de-communes-"),
    (re.compile("^ca-"), "communaute-d-agglomeration-"),
    (re.compile("^(?:commune|ville)-(?=de-|d-|du-|des-)"), "mairie-"),
    (re.compile(r"\bste(?=-)"), "sainte"),
    (re.compile(r"\bst(?=-)"), "saint"),
)
_ONE_A_DEPARTMENT = re.compile(
    r"^(?:adil|caf|cpam|cci|ddt|mdph|cdad|udaf|departement|conseil-departemental|prefecture|chambre-d-\w+)-d"
)
"""Bodies of a whole département: whoever bears the full name is that one, wherever it receives."""
_CONTACTS = {ContactType.PHONE: "même téléphone ({})", ContactType.MAIL: "même adresse électronique ({})"}

Contact = tuple[ContactType, str]


@dataclass(frozen=True, kw_only=True)
class Body:
    """What of a structure is compared."""

    number: int
    name: str
    slug: str
    siret: str = ""
    nature: LegalNature = LegalNature.UNKNOWN
    communes: Mapping[str, str] = field(default_factory=dict)
    """INSEE code -> name of the communes where it offers something."""
    contacts: Mapping[Contact, str] = field(default_factory=dict)
    """Contact as it is compared -> as it is written."""


@dataclass(frozen=True)
class SameBody:
    """Two structures that a person is to compare; `drop` would become `keep`."""

    keep: Body
    drop: Body
    match: Match


def name_key(slug: str) -> str:
    """Write a name as names are compared: what lists shorten is written in full."""
    for short, full in _SHORT_FORMS:
        slug = short.sub(full, slug)
    return slug


def compare_bodies(one: Body, other: Body) -> Match:
    """Score how much two structures look alike, out of 100."""
    if one.siret and other.siret:
        is_same = one.siret == other.siret
        return Match(100, (f"même SIRET ({one.siret})",)) if is_same else Match(0, ("SIRET différents",))
    clues = [*_names(one, other), *_natures(one, other), *_communes(one, other), *_contacts(one, other)]
    score = max(0, min(100, sum(points for points, _ in clues)))
    return Match(score, tuple(reason for _, reason in sorted(clues, reverse=True)))


Clue = tuple[int, str]


def _names(one: Body, other: Body) -> Iterator[Clue]:
    if one.slug == other.slug:
        yield 45, "même nom"
    elif name_key(one.slug) == name_key(other.slug):
        yield 40, "même nom, une fois écrit en entier"


def _natures(one: Body, other: Body) -> Iterator[Clue]:
    if LegalNature.UNKNOWN in {one.nature, other.nature}:
        return
    yield (10, "même nature juridique") if one.nature is other.nature else (-40, "natures juridiques différentes")


def _communes(one: Body, other: Body) -> Iterator[Clue]:
    shared = sorted(one.communes.keys() & other.communes.keys())
    if _is_unique(one) and _is_unique(other):
        yield 25, "il n’y en a qu’un par département"
    elif shared:
        yield 25, f"même commune ({one.communes[shared[0]]})"
    elif one.communes and other.communes:
        yield -30, "communes différentes"


def _is_unique(body: Body) -> bool:
    return _ONE_A_DEPARTMENT.match(body.slug) is not None


def _contacts(one: Body, other: Body) -> Iterator[Clue]:
    for kind, words in _CONTACTS.items():
        shared = sorted(each for each in one.contacts.keys() & other.contacts.keys() if each[0] is kind)
        if shared:
            yield 25, words.format(one.contacts[shared[0]])


def same_bodies(bodies: Collection[Body]) -> list[SameBody]:
    """Find the structures that a person is to compare, each with the one it is likest; that with a SIRET stays."""
    order = {body.number: rank for rank, body in enumerate(sorted(bodies, key=lambda b: (not b.siret, b.number)))}
    found: dict[int, SameBody] = {}
    for one, other in _pairs(bodies):
        keep, drop = sorted((one, other), key=lambda body: order[body.number])
        match = compare_bodies(keep, drop)
        best = found.get(drop.number)
        if match.is_probable and (best is None or _rank(match, keep, order) < _rank(best.match, best.keep, order)):
            found[drop.number] = SameBody(keep, drop, match)
    return [found[number] for number in sorted(found)]


def unasked(
    found: Iterable[SameBody], *, alike: Iterable[tuple[int, int]], apart: Iterable[tuple[int, int]]
) -> Iterator[SameBody]:
    """Leave out what was asked or refused before, directly or by way of a third one."""
    refused = {frozenset(pair) for pair in apart}
    heads: dict[int, int] = {}

    def head(number: int) -> int:
        while number in heads:
            number = heads[number]
        return number

    def unite(one: int, other: int) -> bool:
        if head(one) == head(other):
            return False
        heads[head(other)] = head(one)
        return True

    for one, other in alike:
        unite(one, other)
    for same in found:
        one, other = same.keep.number, same.drop.number
        if frozenset({one, other}) not in refused and unite(one, other):
            yield same


def _rank(match: Match, keep: Body, order: Mapping[int, int]) -> tuple[int, int]:
    return -match.score, order[keep.number]


def _pairs(bodies: Collection[Body]) -> Iterator[tuple[Body, Body]]:
    """Pair what may reach the score: the same SIRET, or the same name and a commune or a contact in common."""
    alike: dict[object, list[Body]] = defaultdict(list)
    for body in bodies:
        name = name_key(body.slug)
        for shared in (*body.communes, *body.contacts, *([_ONE_A_DEPARTMENT] if _is_unique(body) else ())):
            alike[name, shared].append(body)
        if body.siret:
            alike[body.siret].append(body)
    for some in alike.values():
        for rank, one in enumerate(some):
            for other in some[rank + 1 :]:
                yield one, other
