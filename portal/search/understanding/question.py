"""The whole question understood: place, time, wishes, needs, dangers, and the words that remain."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from portal.core.languages import FRENCH, Label
from portal.geography.lookup import Lookup
from portal.hours.slots import Mode
from portal.search.requests import Undone
from portal.search.understanding.dangers import EmergencyLine, lines_for
from portal.search.understanding.everyday import everyday_words
from portal.search.understanding.flat import Flat, flat
from portal.search.understanding.journeys import JOURNEYS, Ends, ends_of
from portal.search.understanding.needs import Need, NeedBook
from portal.search.understanding.phrases import shipped_phrases
from portal.search.understanding.places import Gazetteer, PlaceFound, PlaceSeen, asks_for_position
from portal.search.understanding.times import TimeSeen, time_in
from portal.search.understanding.tokens import Token, tokens_of, written_at
from portal.search.understanding.wishes import Wish, wishes_in
from portal.search.when import When
from portal.search.when_in_words import words_of
from portal.vocabulary.audiences import Audience
from portal.vocabulary.vocabulary import Vocabulary

_MEANINGS_SAID = 3
_GOING = frozenset({"aller", "rendre", "emmener", "emmene", "conduire", "accompagner", "transport"})
"""Words of who asks for the way itself: "aller chez le médecin sans voiture"."""
_CARE = "SA"
"""How codes of health begin."""
_DESTINATION = Label("vers {place}", "to {place}")


@dataclass(frozen=True)
class Part:
    """Something understood, given back with its words so that it can be undone."""

    kind: Undone
    words: str
    meaning: str


@dataclass(frozen=True)
class Book:
    """All that understanding needs: made once for a territory, and never changed."""

    vocabulary: Vocabulary
    needs: NeedBook
    places: Gazetteer
    home: frozenset[str]
    french: frozenset[str] = frozenset()
    """Keys of the words of needs and of everyday life: by them a question in English is told from one in French."""


@dataclass(frozen=True)
class Understood:
    """What a question means."""

    text: str = ""
    """As it was typed."""
    tokens: tuple[Token, ...] = ()
    place: PlaceFound | None = None
    wants_position: bool = False
    when: When | None = None
    needs: tuple[Need, ...] = ()
    wishes: tuple[Wish, ...] = ()
    there: PlaceFound | None = None
    """Where a journey goes."""
    destination: frozenset[int] = frozenset()
    """Places of the words for it."""
    leading: frozenset[int] = frozenset()
    """Places of the words that say that one goes there."""
    rest: tuple[int, ...] = ()
    """Places of the words that say something and were not understood: they are searched as they stand."""
    emergencies: tuple[EmergencyLine, ...] = ()
    home: str = ""
    """Code of the commune of somebody who has no car; empty when it is not known."""
    served: frozenset[str] = frozenset()
    """Codes of the communes to which a bus on call brings them."""
    parts: tuple[Part, ...] = ()

    @property
    def rest_words(self) -> tuple[str, ...]:
        """Give the words that are searched as they stand."""
        return tuple(self.tokens[place].written for place in self.rest)

    @property
    def audiences(self) -> frozenset[Audience]:
        """Give the audiences that were named."""
        return frozenset(Audience(wish.value) for wish in self.wishes if wish.name == "audience")

    @property
    def mode(self) -> Mode | None:
        """Give the mode that was asked for."""
        return next((Mode(wish.value) for wish in self.wishes if wish.name == "mode"), None)

    def wishes_for(self, name: str) -> bool:
        """Tell whether a wish was said."""
        return any(wish.name == name for wish in self.wishes)

    def written(self, places: Collection[int]) -> str:
        """Give back words as they were typed."""
        return written_at(self.text, self.tokens, places)


def make_book(vocabulary: Vocabulary, lookup: Lookup, home: frozenset[str]) -> Book:
    """Prepare the words of a territory."""
    needs, everyday = NeedBook(vocabulary, shipped_phrases()), everyday_words(vocabulary)
    return Book(
        vocabulary=vocabulary,
        needs=needs,
        places=Gazetteer(lookup, home, everyday=everyday),
        home=home,
        french=everyday | needs.words.keys(),
    )


def understand(
    text: str,
    book: Book,
    *,
    now: datetime,
    undone: Collection[Undone] = (),
    language: str = FRENCH,
    home: str = "",
) -> Understood:
    """Understand a question in French; what is undone stays in the words, and what is said back is in `language`.

    `home` is the commune that was given beside the words: a journey then starts there.
    """
    tokens = tokens_of(text)
    line = flat(text, tokens)
    here = frozenset() if Undone.PLACE in undone else asks_for_position(line)
    seen = None if Undone.TIME in undone else _time(line, tokens, book, now)
    spent = {*here, *(seen.places if seen else ())}
    carless = frozenset() if Undone.FILTER in undone else _carless(line)
    needs = _needs(tokens, book, spent, carless)
    ends = Ends() if Undone.PLACE in undone else _ends(tokens, book, spent, needs, home)
    led = ends.leading.union(*(each.places for each in (ends.here, ends.there) if each))
    # Where no place was met, the needs are those already seen.
    needs = () if Undone.NEED in undone else _needs(tokens, book, spent | led, carless) if led else needs
    spent |= led
    needs, seen = _at_odd_hours(needs, seen)
    wishes = () if Undone.FILTER in undone else tuple(_wishes(line, spent, needs))
    granted = {each for wish in wishes for each in wish.places}
    needs = tuple(need for need in needs if not need.places & granted)
    spent |= granted.union(*(need.places for need in needs))
    rest = tuple(each for each, token in enumerate(tokens) if each not in spent and not token.is_filler)
    if ends.there is not None and not (needs or wishes or rest):
        needs = (book.needs.of_kinds(JOURNEYS),)
    understood = Understood(
        text=text,
        tokens=tokens,
        place=ends.here.place if ends.here else None,
        wants_position=bool(here),
        when=seen.when if seen else None,
        needs=needs,
        wishes=wishes,
        there=ends.there.place if ends.there else None,
        destination=ends.there.places if ends.there else frozenset(),
        leading=ends.leading,
        rest=rest,
        emergencies=lines_for(line.line, language, is_about_care=_is_about_care(needs)),
    )
    return replace(understood, parts=tuple(_parts(understood, ends, seen, _Voice(now, language))))


def _asks_the_way(line: Flat) -> bool:
    return not _GOING.isdisjoint(line.line.split())


def _carless(line: Flat) -> frozenset[int]:
    """Tell which words say that somebody has no car, where they do not ask for the way itself."""
    if _asks_the_way(line):
        return frozenset()
    return frozenset(place for wish in wishes_in(line) if wish.name == "reach" for place in wish.places)


def _needs(tokens: Sequence[Token], book: Book, spent: Collection[int], carless: frozenset[int]) -> tuple[Need, ...]:
    """Find the needs: "médecin sans voiture" asks for a doctor, "sans voiture" alone for a bus."""
    beside = book.needs.seen_in(tokens, {*spent, *carless}) if carless else ()
    is_beside = any(not need.is_vague for need in beside)
    return beside if is_beside else book.needs.seen_in(tokens, spent)


def _time(line: Flat, tokens: Sequence[Token], book: Book, now: datetime) -> TimeSeen | None:
    seen = time_in(line, now.date())
    if seen is None:
        return None
    # "Garde tôt le matin", "médecin le dimanche": the time is part of the name of the need.
    held = (need.places for need in book.needs.seen_in(tokens) if need.places - seen.places)
    return None if any(places & seen.places for places in held) else seen


def _at_odd_hours(needs: tuple[Need, ...], seen: TimeSeen | None) -> tuple[tuple[Need, ...], TimeSeen | None]:
    """Make an odd hour part of a need that others answer then: who starts at five seeks no nursery open at five."""
    if seen is None or not seen.when.is_at_odd_hours or not any(need.at_odd_hours for need in needs):
        return needs, seen
    named = (
        replace(need, meanings=need.at_odd_hours, places=need.places | seen.places) if need.at_odd_hours else need
        for need in needs
    )
    return tuple(named), None


def _ends(tokens: Sequence[Token], book: Book, spent: Collection[int], needs: Sequence[Need], home: str) -> Ends:
    """Tell where somebody is, and where a journey goes."""
    places = [seen for seen in book.places.seen_in(tokens) if not _is_word(seen, needs) and not seen.places & {*spent}]
    return ends_of(places, tokens, needs, home=home)


def _is_word(seen: PlaceSeen, needs: Sequence[Need]) -> bool:
    """Tell whether the name of a place is part of a need here, or one itself."""
    return any(need.places > seen.places or (need.places & seen.places and not seen.is_led) for need in needs)


def _wishes(line: Flat, spent: Collection[int], needs: Sequence[Need]) -> Iterator[Wish]:
    """Keep the wishes that are no part of a need's name: "aide à domicile" is one thing."""
    for wish in wishes_in(line):
        named = [need for need in needs if need.places & wish.places]
        is_part = any(need.places - wish.places for need in named) or (
            wish.name == "audience" and any(not need.is_vague for need in named)
        )
        if wish.name == "reach":
            # "Sans voiture" alone asks for a bus; beside another need, for what comes to you.
            is_part = (
                is_part or _asks_the_way(line) or all(need.is_vague or need.places & wish.places for need in needs)
            )
        if not is_part and not wish.places & {*spent}:
            yield wish


def _is_about_care(needs: Sequence[Need]) -> bool:
    """Tell whether care is all that is sought: a plumber "en urgence" is none."""
    firsts = [meaning.code for need in needs for meaning in need.meanings[:1]]
    return bool(firsts) and all(code.startswith(_CARE) for code in firsts)


@dataclass(frozen=True)
class _Voice:
    """When and in which language something is said back."""

    now: datetime
    language: str


def _parts(understood: Understood, ends: Ends, seen: TimeSeen | None, voice: _Voice) -> Iterator[Part]:
    if ends.here is not None:
        yield Part(Undone.PLACE, understood.written(ends.here.places), ends.here.place.words)
    if ends.there is not None:
        there = understood.written(ends.there.places | ends.leading)
        yield Part(Undone.PLACE, there, _DESTINATION.said(voice.language).format(place=ends.there.place.words))
    if seen is not None:
        yield Part(Undone.TIME, understood.written(seen.places), words_of(seen.when, voice.now, voice.language))
    for need in (need for need in understood.needs if need.places):
        meant = ", ".join(meaning.label.said(voice.language) for meaning in need.meanings[:_MEANINGS_SAID])
        yield Part(Undone.NEED, understood.written(need.places), meant or need.family)
    for wish in understood.wishes:
        yield Part(Undone.FILTER, understood.written(wish.places), wish.label.said(voice.language))
