"""Suggestions while typing: kinds of service, services, structures and communes, useful by the third letter.

What begins with the letters typed comes first, then what has a word that does; of each kind a few, so that one kind
never hides another.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import takewhile
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.core.text import fold
from portal.directory.models.access_points import AccessPoint
from portal.directory.models.places import Place
from portal.directory.models.services import Service
from portal.directory.models.structures import Structure
from portal.directory.queries.shown import is_published, shows_its_commune
from portal.directory.rules.public_ids import public_id
from portal.geography.grammar import printed
from portal.geography.lookup import communes
from portal.geography.models import Commune
from portal.search.requests import LONGEST_PLACE
from portal.search.understanding.english import everyday_english
from portal.search.understanding.needs import NeedBook
from portal.search.understanding.tokens import tokens_of
from portal.vocabulary.vocabulary import Vocabulary

SHORTEST = 2
"""Letters from which something can be guessed."""
MOST = 10
_MOST_OF_A_KIND = 4
_LOOKED_AT = 400
"""Names of one list that are looked at, in alphabetical order: three letters leave fewer."""


class NameKind(StrEnum):
    """What a name stands for."""

    CONCEPT = "concept"
    SERVICE = "service"
    STRUCTURE = "structure"
    COMMUNE = "commune"


@dataclass(frozen=True)
class Name:
    """Something that can be suggested."""

    kind: NameKind
    text: str
    """As it is shown."""
    key: str
    """What its address is made of: a code of the thesaurus, an INSEE code, or the end of a sheet's address."""
    weight: int = 0
    """The larger the likelier, among names of a kind that fit as well."""
    commune: str = ""
    """Where the service is, if it is in one commune and the public may know."""


class _Fit(NamedTuple):
    rank: int
    """Which word of its name begins so: 0 is the first, -1 the whole of what was typed."""
    weight: int
    text: str
    name: Name


@dataclass(frozen=True)
class Names:
    """Names by every word they hold, in alphabetical order."""

    keys: Sequence[str]
    names: Sequence[Name]
    ranks: Sequence[int]
    """Which word of its name each key begins with: 0 is the first."""

    def beginning(self, key: str) -> Iterator[_Fit]:
        """Go through the names one of whose words begins with a key, and the words after go on so."""
        first = bisect_left(self.keys, key)
        near = range(first, min(first + _LOOKED_AT, len(self.keys)))
        for place in takewhile(lambda place: self.keys[place].startswith(key), near):
            name, rank = self.names[place], self.ranks[place]
            is_whole = rank == 0 and self.keys[place] == key
            yield _Fit(-1 if is_whole else rank, -name.weight, name.text, name)


def suggested(typed: str, shelves: Iterable[Names]) -> tuple[Name, ...]:
    """Guess what is being typed from several lists of names."""
    key = _key(typed[:LONGEST_PLACE])
    if len(key) < SHORTEST:
        return ()
    found: dict[tuple[NameKind, str], _Fit] = {}
    for fit in (fit for shelf in shelves for fit in shelf.beginning(key)):
        held = found.get((fit.name.kind, fit.name.key))
        if held is None or fit[:3] < held[:3]:
            found[fit.name.kind, fit.name.key] = fit
    return tuple(_mixed(sorted(found.values(), key=lambda fit: fit[:3])))


def names_of(found: Iterable[tuple[Name, str]]) -> Names:
    """Lay out names, each under the words of what it is typed as."""
    rows = sorted(
        ((key, min(rank, 1), name) for name, words in found for rank, key in enumerate(_tails(words))),
        key=lambda row: (row[0], row[1], row[2].text, row[2].key),
    )
    return Names([row[0] for row in rows], [row[2] for row in rows], [row[1] for row in rows])


def settled_names(vocabulary: Vocabulary, home: frozenset[str]) -> Iterator[tuple[Name, str]]:
    """Go through the names that no edit changes: kinds of service by all their words, communes of the territory."""
    yield from _french_kinds(vocabulary)
    yield from _communes_of(home)


def english_names(vocabulary: Vocabulary, home: frozenset[str], needs: NeedBook) -> Iterator[tuple[Name, str]]:
    """Go through the same names as an English page says them, everyday words included."""
    for concept in vocabulary.shown_concepts:
        yield Name(NameKind.CONCEPT, concept.label.en, concept.code), concept.label.en
    for english, french in everyday_english().items():
        for meaning in [meaning for need in needs.seen_in(tokens_of(french)) for meaning in need.meanings][:1]:
            label = meaning.label.en
            if fold(english) != fold(label):
                yield Name(NameKind.CONCEPT, f"{label} ({english})", meaning.code, weight=-1), english
    yield from _communes_of(home)


def _communes_of(home: frozenset[str]) -> Iterator[tuple[Name, str]]:
    for code in sorted(home):
        commune = communes().communes.get(code)
        if commune is not None:
            text = f"{commune.name} ({commune.department})"
            yield Name(NameKind.COMMUNE, text, commune.code, weight=commune.population), commune.name


def _french_kinds(vocabulary: Vocabulary) -> Iterator[tuple[Name, str]]:
    for senses in vocabulary.senses.values():
        for sense in senses:
            if sense.words == sense.concept.label.en != sense.concept.label.fr:
                continue
            text = sense.concept.label.fr
            shown = text if fold(sense.words) == fold(text) else f"{text} ({sense.words})"
            yield Name(NameKind.CONCEPT, shown, sense.concept.code, weight=-sense.kind), sense.words


def directory_names(session: Session) -> Iterator[tuple[Name, str]]:
    """Go through the names of the services and structures the public sees. Three queries."""
    where = _communes_of_services(session)
    services = select(Service.id, Service.title, Service.slug).where(is_published()).order_by(Service.id)
    for number, title, slug in session.execute(services):
        key = f"{slug}-{public_id(number)}"
        yield Name(NameKind.SERVICE, title, key, commune=where.get(number, "")), title
    offering = select(Service.structure_id).where(is_published())
    structures = select(Structure.id, Structure.name, Structure.slug).where(Structure.id.in_(offering))
    for number, name, slug in session.execute(structures.order_by(Structure.id)):
        yield Name(NameKind.STRUCTURE, name, f"{slug}-{public_id(number)}"), name


def _communes_of_services(session: Session) -> dict[int, str]:
    """Name the commune of each service that is in one alone, as far as the public may know where it is."""
    known = select(AccessPoint.service_id, func.max(Commune.name))
    known = known.join(Service, AccessPoint.service_id == Service.id).join(Place, AccessPoint.place_id == Place.id)
    known = known.join(Commune, Place.commune_code == Commune.code).where(is_published(), shows_its_commune())
    alone = known.group_by(AccessPoint.service_id).having(func.count(func.distinct(Commune.code)) == 1)
    return {number: printed(name) for number, name in session.execute(alone)}


def _mixed(ordered: Iterable[_Fit]) -> Iterator[Name]:
    """Keep a few of each kind, kinds of service first among what fits as well, and each text once."""
    taken: dict[NameKind, int] = {}
    texts: set[str] = set()
    for _, _, text, name in sorted(ordered, key=lambda fit: (fit.rank, _ORDER[fit.name.kind])):
        folded = fold(text)
        if len(texts) >= MOST:
            return
        if taken.get(name.kind, 0) < _MOST_OF_A_KIND and folded not in texts:
            taken[name.kind] = taken.get(name.kind, 0) + 1
            texts.add(folded)
            yield name


_ORDER = {NameKind.CONCEPT: 0, NameKind.COMMUNE: 1, NameKind.SERVICE: 2, NameKind.STRUCTURE: 3}


def _tails(words: str) -> list[str]:
    """Give a name from each of its telling words on: "bureau de poste" is found by "poste" too."""
    tokens = tokens_of(words)
    return [
        " ".join(token.key for token in tokens[place:])
        for place, token in enumerate(tokens)
        if place == 0 or not token.is_small
    ]


def _key(typed: str) -> str:
    return " ".join(token.key for token in tokens_of(typed))
