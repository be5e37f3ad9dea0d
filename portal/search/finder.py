"""From a request to an answer: what was found as cards, with its filters, or with help when nothing was."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy.orm import Session

from portal.core.languages import Label
from portal.directory.cards.values import ServiceCard
from portal.geography.communes import Commune
from portal.geography.lookup import communes
from portal.hours.slots import Mode
from portal.search.answers import Answer, Facet, FacetValue, Help, HitCard, Understanding, Way
from portal.search.asking import PAGE, Asked
from portal.search.carless import way_to
from portal.search.fallback import found_in_database
from portal.search.finding import Found, ask, found_for, n_open_now
from portal.search.helping import Helped, helped
from portal.search.hits import hit_cards, visitor_in
from portal.search.labels import FACET_LABELS, FACET_NAMES, address_of, label_of
from portal.search.lifts import going_there
from portal.search.opening import Search
from portal.search.requests import Reading, SearchRequest, Undone
from portal.search.understanding.question import Part
from portal.search.understanding.subject import subject_of
from portal.search.understanding.tokens import without
from portal.search.when import a_week_later
from portal.search.when_in_words import words_of
from search_index.engine import IndexDamaged
from search_index.queries import Clause
from search_index.results import Count, Hit

MOST_BESIDE = 5
"""Services that are listed apart, below those of the kind."""
_IN_ENGLISH = Label("question lue en anglais", "read as English")
"""What is said back to who asks in English on a page in French."""
MOST_VALUES = 40
"""Values of a filter that are shown: a page with two hundred choices helps nobody."""


@dataclass(frozen=True)
class _Beside:
    """What is asked of the index beside the page itself."""

    n_open_now: int = 0
    n_going: int | None = None
    """How many of what was found say that they go where one wants to go; None when nobody said where."""
    also: tuple[Hit, ...] = ()
    helped: Helped = field(default_factory=Helped)


def find(
    search: Search, session: Session, request: SearchRequest, *, now: datetime, read: Reading | None = None
) -> Answer:
    """Answer a request with one page of cards.

    No query or one, two more for cards not kept, four more while the index is lost.
    """
    try:
        found, is_lost = found_for(search, request, now), False
        beside = _beside(search, found)
    except IndexDamaged:
        search.indexing.ask_for_healing()
        found, is_lost = found_in_database(search, session, request, now), True
        beside = _Beside()
    _note_unmet(search, found, now)
    hits = (*found.results.hits, *beside.also, *beside.helped.beyond, *beside.helped.remote)
    services, visitor = [hit.group for hit in hits], visitor_in(found.asked.areas)
    cards = search.cards.by_public_id(session, services, visitor=visitor, now=now)
    page = found.query.offset // PAGE + 1
    return Answer(
        request=replace(request, page=page),
        understood=_understanding(found, beside, now, read or Reading(request)),
        hits=_hits(search, found, cards),
        also=_shown(found, beside.also, cards),
        total=found.results.total,
        page=page,
        n_pages=-(-found.results.total // PAGE),
        facets=tuple(_facets(search, found)),
        n_unknown=found.results.n_unknown,
        n_open_now=beside.n_open_now,
        outside=_outside(search, found),
        senses=tuple(_senses(request, found)),
        help=None if found.results.total else _help(search, found, beside.helped, cards),
        is_from_database=is_lost,
    )


def _hits(search: Search, found: Found, cards: Mapping[str, ServiceCard]) -> tuple[HitCard, ...]:
    """Give what was found with its cards, and, where somebody has no car, with what brings them there."""
    hits, point = found.results.hits, found.asked.point
    if not found.is_reached:
        return _shown(found, hits, cards)
    reached = hit_cards(hits, cards, point, keeps_door=True)
    return tuple(hit._replace(way=way_to(search, hit.access_point, found.asked.areas)) for hit in reached)


def _shown(found: Found, hits: Sequence[Hit], cards: Mapping[str, ServiceCard]) -> tuple[HitCard, ...]:
    any_door, during = _takes_any_door(found), found.query.during
    return hit_cards(hits, cards, found.asked.point, takes_any_door=any_door, during=during)


def _takes_any_door(found: Found) -> bool:
    """Tell whether nobody asked to call, nor for a time at which only the telephone may answer."""
    return found.asked.when is None and found.asked.request.mode in {None, Mode.ON_SITE}


def _beside(search: Search, found: Found) -> _Beside:
    if not found.results.total:
        return _Beside(also=_also(search, found), helped=helped(search, found))
    return _Beside(
        n_open_now=n_open_now(search, found.query, found.results),
        n_going=_n_going(search, found),
        also=_also(search, found),
    )


def _also(search: Search, found: Found) -> tuple[Hit, ...]:
    """Look beside a short list for what has to do with it: what only helps, or has the words somewhere in its text."""
    total = found.results.total
    # Words that name no need are met or not: what has some of them stands only below an empty list.
    if found.wider is None or total > PAGE or (total and not found.asked.understood.needs):
        return ()
    listed = {hit.group for hit in found.results.hits}
    # Below an empty list stands what is open then and there, be it of another kind.
    most = PAGE if found.is_reached else MOST_BESIDE
    around = ask(search, replace(found.wider, counts_open=False, facets=(), offset=0, limit=total + most))
    return tuple(hit for hit in around.hits if hit.group not in listed)[:most]


def _n_going(search: Search, found: Found) -> int | None:
    """Count, where somebody said where they go, what names it."""
    there = going_there(found.asked.understood)
    if there is None:
        return None
    query = found.query
    going = replace(query, clauses=(*query.clauses, Clause((there,))), counts_open=False, facets=(), offset=0, limit=0)
    return ask(search, going).total


def _understanding(found: Found, beside: _Beside, now: datetime, read: Reading) -> Understanding:
    asked, understood = found.asked, found.asked.understood
    # What is not known to go there is not announced as going there.
    told = replace(understood, destination=frozenset(), leading=frozenset()) if beside.n_going == 0 else understood
    meanings = [meaning for need in understood.needs for meaning in need.meanings]
    given = asked.request.where
    later = None if asked.when is None else a_week_later(asked.when, now)
    when = words_of(asked.when, now, asked.request.language) if asked.when else ""
    return Understanding(
        text=asked.request.words,
        subject=asked.question.as_typed(subject_of(told)),
        parts=tuple(_parts(asked, when)),
        place=asked.place,
        choices=_choices(asked),
        when=when,
        is_a_week_later=asked.is_a_week_later,
        other_when=later,
        other_when_words=words_of(later, now, asked.request.language) if later else "",
        concepts=tuple(dict.fromkeys(meaning.code for meaning in meanings)),
        corrections=found.corrections,
        emergencies=understood.emergencies,
        situations=tuple(dict.fromkeys(each for need in understood.needs for each in need.situations)),
        wants_position=understood.wants_position and asked.point is None,
        adjusted=read.adjusted,
        is_place_unknown=isinstance(given, str) and bool(given) and asked.place is None,
        set_aside=asked.set_aside,
        is_lost=_is_lost(found),
        n_going=beside.n_going,
        is_reached=found.is_reached,
        is_relaxed=found.is_relaxed,
    )


def _choices(asked: Asked) -> tuple[Commune, ...]:
    """Give the other places the words may mean, or those that a name nobody knows may have been meant for."""
    if asked.place is not None:
        return asked.place.choices
    return () if asked.guess is None else (asked.guess.commune, *asked.guess.choices)


def _parts(asked: Asked, when: str) -> Iterator[Part]:
    """Give back what was understood; a time in the words counts no more where another was chosen."""
    if asked.question.is_english:
        yield Part(Undone.LANGUAGE, asked.request.words, _IN_ENGLISH.said(asked.request.language))
    for part in asked.understood.parts:
        if part.kind is not Undone.TIME or asked.request.when is None:
            meaning = when if part.kind is Undone.TIME else part.meaning
            yield replace(part, words=asked.question.as_typed(part.words), meaning=meaning)


def _is_lost(found: Found) -> bool:
    """Tell whether everything is shown because nothing was understood of what was typed: smileys, "je cherche"."""
    asked, understood = found.asked, found.asked.understood
    if not asked.request.words or understood.destination or understood.emergencies:
        return False
    is_narrowed = asked.place or asked.point or asked.when or asked.request.theme or understood.wants_position
    return not (is_narrowed or understood.needs or understood.wishes or understood.rest)


def _facets(search: Search, found: Found) -> Iterator[Facet]:
    language = found.asked.request.language
    for name, counts in found.results.facets.items():
        chosen = found.query.filters.get(name, frozenset())
        if counts:
            values = tuple(
                _value(search, name, count, is_chosen=count.value in chosen, language=language)
                for count in counts[:MOST_VALUES]
            )
            yield Facet(FACET_NAMES[name], FACET_LABELS[name].said(language), values)


def _value(search: Search, name: str, count: Count, *, is_chosen: bool, language: str) -> FacetValue:
    return FacetValue(
        value=address_of(name, count.value, search.vocabulary),
        label=label_of(name, count.value, search.vocabulary, language),
        count=count.n_groups,
        is_chosen=is_chosen,
    )


def _senses(request: SearchRequest, found: Found) -> Iterator[Way]:
    """Offer each kind of service that words of several senses may mean."""
    understood = found.asked.understood
    counts = {count.value: count.n_groups for count in found.results.facets.get("concept", ())}
    for need in understood.needs:
        spans = [(understood.tokens[place].start, understood.tokens[place].end) for place in need.places]
        for meaning in need.meanings[: need.n_senses] if need.n_senses > 1 else ():
            other = request.but(words=without(understood.text, spans), theme=meaning.code)
            yield Way(meaning.label.said(request.language), other, counts.get(meaning.code, 0))


def _help(search: Search, found: Found, given: Helped, cards: Mapping[str, ServiceCard]) -> Help:
    return Help(
        ways=given.ways,
        beyond=hit_cards(given.beyond, cards, found.asked.point),
        remote=hit_cards(given.remote, cards, found.asked.point),
        contact=None if search.territory is None else search.territory.contact,
    )


def _outside(search: Search, found: Found) -> str:
    """Name the place asked for, or the commune of the visitor's point, where the portal has nothing to know."""
    place, visitor, home = found.asked.place, visitor_in(found.asked.areas), search.book.home
    if not home or visitor is None or visitor.code in home:
        return ""
    commune = communes().communes.get(visitor.code)
    if place is not None or commune is None:
        return "" if place is None else place.words
    return f"{commune.name} ({commune.department})"


def _note_unmet(search: Search, found: Found, now: datetime) -> None:
    if not found.results.total and not found.asked.request.asks_nothing:
        needs = found.asked.understood.needs
        search.unmet.note(now.date(), concepts=[need.meanings[0].code for need in needs if need.meanings])
