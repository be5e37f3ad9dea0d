"""The place inside the words: a commune of the territory or of France, a postal code, a lieu-dit, "près de moi".

A commune's name is often a word of its own (Salon, Bus, Pont, Charmoy): words that the thesaurus knows, or that
everybody uses, make a place only after "à" or "de", or with their postal code. Communes of the territory come first,
also by the head of their name ("romilly", "nogent"), which elsewhere would be other towns.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from portal.core.text import fold
from portal.geography.communes import AliasKind, Commune
from portal.geography.lookup import Found, Lookup, Match
from portal.geography.names import keys, loose_key, spelled_out
from portal.geography.points import Point
from portal.search.understanding.flat import Flat
from portal.search.understanding.tokens import Token
from search_index.slips import slips_between

MOST_CHOICES = 6
_LONGEST_NAME = 7
"""Words of the longest names people write in a question."""
_KNOWN_EVERYWHERE = 3000
"""People who live in a town that may be meant without any "à" before it, though it lies outside the territory."""
_SHORTEST_FAR = 4
_POSTAL_CODE = 5
"""Digits."""
_LEADS = frozenset({"a", "au", "aux", "vers", "pres", "autour", "secteur", "commune", "ville", "village", "cote"})
"""Words after which a place is meant, whatever else its name may be."""
LINKS = frozenset({"de", "du", "d", "sur", "dans"})
"""Words after which a place is likely."""
_SAINTS = (["saint"], ["sainte"])
_HEAD = re.compile(r"^(.+?) (?:sur|sous|les|lez|en|la|le|l|de|du|d) .+$")
_HERE = re.compile(
    r"\b(?:(?:le |la |les )?plus (?:proches?|pres)(?: (?:de|d) (?:moi|chez moi|ici|chez nous))?|"
    r"(?:tout |au plus )?pres (?:de|d)? ?(?:moi|chez moi|ici|chez nous|la maison|mon domicile)|"
    r"autour (?:de |d )?(?:moi|ici|nous)|(?:a |en )?proximite(?: (?:de|d) (?:moi|chez moi))?|"
    r"a cote (?:de )?(?:moi|chez moi)|dans (?:le|mon) (?:coin|secteur|quartier)|"
    r"pas (?:trop )?loin(?: (?:de|d) (?:moi|chez moi|ici))?|aux alentours|dans les environs|par ici)\b"
)


@dataclass(frozen=True)
class PlaceFound:
    """Where somebody asks, and the other places the words may mean."""

    commune: Commune
    label: str = ""
    """The lieu-dit or the former commune that was named, when it is not the commune itself."""
    spot: Point | None = None
    choices: tuple[Commune, ...] = ()
    is_corrected: bool = False
    is_guess: bool = False
    """Whether it lies elsewhere, under a name so far from what was typed that one had better ask."""

    @property
    def point(self) -> Point:
        """Give where distances are counted from."""
        return self.spot or self.commune.point

    @property
    def words(self) -> str:
        """Name the place, always with its département."""
        town = f"{self.commune.name} ({self.commune.department})"
        # "Villenauxe" of Villenauxe-la-Grande says nothing more; "Le Mériot" of another commune does.
        says_more = self.label and not fold(town).startswith(fold(self.label))
        return f"{self.label}, {town}" if says_more else town


@dataclass(frozen=True)
class PlaceSeen:
    """A place met in the words, and the places of those words."""

    place: PlaceFound
    places: frozenset[int]
    is_led: bool
    """Whether a word before it says that a place follows."""
    is_home: bool


class Gazetteer:
    """Names of places, those of the territory first."""

    def __init__(self, lookup: Lookup, home: frozenset[str], *, everyday: Iterable[str]) -> None:
        self._lookup, self._home = lookup, home
        self._everyday = frozenset(everyday)
        self._names = _home_names(lookup, home)
        self.words: Mapping[str, str] = _words_of(lookup, home)
        """Key of every word of the territory's names -> the word as it is written: what a slip of the pen may mean."""

    def resolve(self, text: str) -> PlaceFound | None:
        """Understand what was written as the place of a search; a slip of the pen is corrected."""
        own = self._own(keys([text])[0])
        if own is not None:
            return own
        found = self._lookup.find(text, home=self._home, limit=MOST_CHOICES)
        place = _place(found, self._home) if found else None
        if place is None or not place.is_corrected or place.commune.code in self._home:
            return place
        names = keys([place.commune.name])
        is_far = all(slips_between(typed, name, most=1) > 1 for typed in keys([text]) for name in names)
        return replace(place, is_guess=is_far)

    def seen_in(self, tokens: Sequence[Token]) -> tuple[PlaceSeen, ...]:
        """Find the places of a question, the likeliest first."""
        found: list[PlaceSeen] = []
        for length in range(min(_LONGEST_NAME, len(tokens)), 0, -1):
            for first in range(len(tokens) - length + 1):
                places = frozenset(range(first, first + length))
                if not any(places & each.places for each in found):
                    seen = self._seen(tokens, first, length)
                    if seen is not None:
                        found.append(seen)
        return tuple(sorted(found, key=lambda each: (not each.is_home, not each.is_led, -max(each.places))))

    def _seen(self, tokens: Sequence[Token], first: int, length: int) -> PlaceSeen | None:
        words = tokens[first : first + length]
        before = tokens[first - 1].key if first else ""
        key = spelled_out(" ".join(each.key for each in words))
        place, is_far = self._own(key), False
        if place is None:
            place, is_far = self._far(key), True
        if place is None or _is_code_of_something_else(key, place):
            return None
        is_led = before in _LEADS or (before in LINKS and not is_far)
        if self._may_be_a_word(words, is_far=is_far) and (not is_led or (is_far and not _is_known(place))):
            # "Vélo à louer" asks for no village of the Landes, "les ateliers du canal" for none of Alsace.
            return None
        if is_far and length == 1 and not is_led and not _stands_alone(place, key, before):
            return None
        return PlaceSeen(place, frozenset(range(first, first + length)), is_led, not is_far)

    def _own(self, key: str) -> PlaceFound | None:
        """Find a place of the territory by its name, without its small words, or by the head of its name."""
        found = self._names.get(key)
        if not found and key and loose_key(key).split()[:1] == key.split()[:1] and loose_key(key)[-1:] == key[-1:]:
            found = self._names.get(loose_key(key))
        if not found:
            return None
        return replace(found[0], choices=tuple(each.commune for each in found[1 : MOST_CHOICES + 1]))

    def _far(self, key: str) -> PlaceFound | None:
        if len(key) < _SHORTEST_FAR:
            return None
        if key[0].isdecimal():
            return self._by_code(key)
        found = self._lookup.named(key, home=self._home)
        return _place(found, self._home) if found else None

    def _by_code(self, key: str) -> PlaceFound | None:
        if not (key.isascii() and key.isdecimal() and len(key) == _POSTAL_CODE):
            return None
        found = self._lookup.find(key, home=self._home, limit=MOST_CHOICES)
        return _place(found, self._home) if found and found[0].match in {Match.POSTAL_CODE, Match.CODE} else None

    def _may_be_a_word(self, words: Sequence[Token], *, is_far: bool) -> bool:
        """Tell whether the words are everyday ones: a name of several words is not, unless it lies far away."""
        if any(each.key[0].isdecimal() for each in words):
            return False
        is_everyday = all(each.key in self._everyday or each.is_filler for each in words)
        return is_everyday and (len(words) == 1 or is_far)


def asks_for_position(line: Flat) -> frozenset[int]:
    """Give the places of the words that mean "near me"; none when nobody said so."""
    return frozenset(place for _, places in line.sightings(_HERE) for place in places)


def _stands_alone(place: PlaceFound, key: str, before: str) -> bool:
    """Tell whether one word, with nothing that leads to it, may be a town outside the territory."""
    return key[0].isdecimal() or before in LINKS | {"pour", "direction", "vers"} or _is_known(place)


def _is_known(place: PlaceFound) -> bool:
    return place.commune.population >= _KNOWN_EVERYWHERE


def _is_code_of_something_else(key: str, place: PlaceFound) -> bool:
    return key[0].isdecimal() and key not in {*place.commune.postal_codes, place.commune.code}


def _place(found: Sequence[Found], home: frozenset[str]) -> PlaceFound:
    """Keep the best, and offer its homonyms: those of the territory, or all when it is none of them."""
    best = found[0]
    equal = [each for each in found[1:] if each.match is best.match]
    if best.commune.code in home and best.match not in {Match.POSTAL_CODE, Match.SAME_POSTAL_CODE}:
        equal = [each for each in equal if each.commune.code in home]
    alias = best.alias
    is_named = alias is not None and alias.name and best.match is not Match.TYPO
    spot = alias.point if alias is not None and alias.kind is AliasKind.LOCALITY else None
    return PlaceFound(
        commune=best.commune,
        label=alias.name if alias is not None and is_named else "",
        spot=spot,
        choices=tuple(each.commune for each in equal[:MOST_CHOICES]),
        is_corrected=best.match is Match.TYPO,
    )


def _home_names(lookup: Lookup, home: frozenset[str]) -> Mapping[str, tuple[PlaceFound, ...]]:
    """Gather the names of the territory: whole ones, then those of aliases, then heads, each with its homonyms."""
    named: dict[str, list[PlaceFound]] = {}
    communes = [found for code in sorted(home) if (found := lookup.communes.get(code)) is not None]
    communes.sort(key=lambda each: (-each.population, each.code))
    for commune in communes:
        _add(named, commune.name, PlaceFound(commune))
    for commune in communes:
        for alias in lookup.communes.aliases_of(commune.code):
            spot = alias.point if alias.kind is AliasKind.LOCALITY else None
            if alias.name:
                _add(named, alias.name, PlaceFound(commune, label=alias.name, spot=spot))
    whole = frozenset(named)
    for commune in communes:
        for head in _heads(keys([commune.name])[0]) - whole:
            named.setdefault(head, []).append(PlaceFound(commune))
    return {key: tuple(places) for key, places in named.items()}


def _heads(key: str) -> frozenset[str]:
    """Give what people say for a longer name: "nogent" of Nogent-sur-Seine, "dierrey" of Dierrey-Saint-Julien."""
    linked, words = _HEAD.match(key), loose_key(key).split()
    first = " ".join(words[:2] if words[:1] in _SAINTS else words[:1])
    heads = {linked[1] if linked else "", first} - {"saint", "sainte", key}
    return frozenset(head for head in heads if len(head) >= _SHORTEST_FAR)


def _add(named: dict[str, list[PlaceFound]], name: str, place: PlaceFound) -> None:
    key = keys([name])[0]
    for each in dict.fromkeys((key, loose_key(key))):
        held = named.setdefault(each, [])
        if all(other.commune.code != place.commune.code for other in held):
            held.append(place)


def _words_of(lookup: Lookup, home: frozenset[str]) -> Mapping[str, str]:
    names = [commune.name for code in sorted(home) if (commune := lookup.communes.get(code)) is not None]
    words = [word for name in names for word in re.split(r"[\s'’-]+", name)]
    return {key: word for word in words if len(key := keys([word])[0]) >= _SHORTEST_FAR}
