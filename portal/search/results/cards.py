"""One page of results as its template receives it: every sentence and every link is ready."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from portal.geography.grammar import printed
from portal.geography.points import Point
from portal.search.answers import Answer, HitCard, Way
from portal.search.asking import PAGE
from portal.search.listed import ListedService, listed, with_way
from portal.search.requests import SearchRequest, Undone
from portal.search.results.addresses import SHAPES, page_of, shape_of
from portal.search.results.discretion import asks_for_discretion
from portal.search.results.filters import Filters, filters_of
from portal.search.results.off_map import off_map
from portal.search.results.persons import Person, person_now
from portal.search.results.recall import asked_in_short, taken_in_short
from portal.search.results.sentences import headline
from portal.search.results.themes import Theme, themes_of
from portal.search.results.undoing import Step, Taken, chosen, other_places, other_times, taken, uncorrected
from portal.search.results.whereabouts import asks_where, where_read, where_said
from portal.search.shapes import address_of_request, remarks
from portal.search.understanding.dangers import EmergencyLine
from portal.search.when import NOW
from portal.vocabulary.vocabulary import Vocabulary
from portal.web.addresses import to
from portal.web.sentences import gettext, ngettext
from search_index.queries import Sort

_INDEXED = frozenset({"quoi", "ou", "theme"})
"""Parameters of the searches that other search engines may keep; each filter more would be one more copy."""


@dataclass(frozen=True)
class Shape:
    """The same list in another form."""

    media_type: str
    href: str
    label: str
    """Empty for what only programs read."""


@dataclass(frozen=True)
class Emergency:
    """A number to call at once, and for what."""

    number: str
    href: str
    purpose: str


@dataclass(frozen=True)
class Rescue:
    """What to do when nothing was found."""

    ways: tuple[Step, ...]
    beyond: tuple[ListedService, ...]
    remote: tuple[ListedService, ...]
    person: Person | None


@dataclass(frozen=True)
class Outside:
    """What to say of a place that the territory does not hold, where nothing of what was found is near it."""

    words: str
    everywhere: Step
    """The same question without its place."""


@dataclass(frozen=True)
class Results:
    """One page of results."""

    request: SearchRequest
    headline: str
    asked: str
    """The question in one line, above the form that changes it."""
    where: str
    """The place as the field shows it."""
    where_read: str
    """The place that was read in the words, where the field has none."""
    position: str
    """The visitor’s point, which the field names in words."""
    is_bare: bool
    """Whether nothing was asked yet."""
    is_sensitive: bool
    """Whether somebody near may be the danger: whoever reads must be able to leave at once."""
    emergencies: tuple[Emergency, ...]
    taken: tuple[Taken, ...]
    taken_in_short: str
    corrected: str
    """The words searched in place of those that stand nowhere."""
    uncorrected: Step | None
    places: tuple[Step, ...]
    """The other places, and the other day, that the words may mean."""
    places_said: str
    senses: tuple[Step, ...]
    remarks: tuple[str, ...]
    asks_where: bool
    """Whether knowing where the visitor is would bring the nearest first."""
    is_lost: bool
    """Whether everything is listed because nothing was understood."""
    outside: Outside | None
    chosen: tuple[Step, ...]
    filters: Filters
    open_now: Step | None
    unknown: Step | None
    items: tuple[ListedService, ...]
    others: tuple[ListedService, ...]
    """Those after them that do not say that they go where one goes, when some do."""
    also_said: str
    """The title of what follows."""
    also: tuple[ListedService, ...]
    """What has to do with it without being of the kind: below the list, and not counted."""
    has_map: bool
    """Whether one of them may be shown on a map."""
    off_map: str
    """What the map cannot show; empty when it shows them all."""
    here: str
    """Where the question is asked from, for the map; empty when nobody said."""
    here_name: str
    first: int
    """The number of the first of them in the whole list."""
    page: int
    n_pages: int
    themes: tuple[Theme, ...]
    rescue: Rescue | None
    canonical: str
    is_indexed: bool
    shapes: tuple[Shape, ...]

    @property
    def has_filters(self) -> bool:
        """Tell whether there is anything to filter, or a filter to take away."""
        return bool(self.items or self.chosen)

    def page_href(self, number: int) -> str:
        """Lead to another page of the list."""
        return page_of(self.request.but(page=number))


def results_of(answer: Answer, *, vocabulary: Vocabulary, now: datetime) -> Results:
    """Show an answer."""
    request, understood = answer.request, answer.understood
    filters = chosen(answer, vocabulary)
    items = () if request.asks_nothing else _listed(answer.hits, vocabulary, now)
    parts = taken(answer)
    n_going = _n_going(answer)
    return Results(
        request=request,
        headline=gettext("Rechercher un service") if request.asks_nothing else headline(answer, vocabulary),
        asked=asked_in_short(answer, vocabulary),
        where=where_said(answer),
        where_read=where_read(answer),
        position="" if isinstance(request.where, str) else str(request.where),
        is_bare=request.asks_nothing,
        is_sensitive=asks_for_discretion(answer, items),
        emergencies=tuple(_emergency(line) for line in understood.emergencies),
        taken=parts,
        taken_in_short=taken_in_short(answer, vocabulary) if parts else "",
        corrected=" ".join(each.meant for each in understood.corrections),
        uncorrected=uncorrected(answer),
        places=(*other_places(answer), *other_times(answer)),
        places_said=_places_said(answer),
        senses=tuple(_way(way) for way in answer.senses),
        remarks=_remarks(answer),
        asks_where=asks_where(answer) and any(item.pin for item in items),
        is_lost=understood.is_lost,
        outside=_outside(answer, items),
        chosen=filters,
        filters=filters_of(answer, vocabulary, n_chosen=len(filters)),
        open_now=_open_now(answer),
        unknown=_unknown(answer),
        items=items[:n_going],
        others=items[n_going:],
        also_said=_also_said(answer),
        also=_also(answer, vocabulary, now),
        has_map=any(item.pin for item in items),
        off_map=off_map(items, first=(answer.page - 1) * PAGE + 1),
        here=str(_here(answer) or ""),
        here_name=printed(understood.place.words) if understood.place else gettext("Votre position"),
        first=(answer.page - 1) * PAGE + 1,
        page=answer.page,
        n_pages=0 if request.asks_nothing else answer.n_pages,
        themes=_themes(answer, vocabulary),
        rescue=_rescue(answer, vocabulary, now),
        canonical=to(address_of_request(request)),
        is_indexed=_INDEXED.issuperset(request.parameters) and not request.shortlist,
        shapes=_shapes(_for_programs(answer)),
    )


def _places_said(answer: Answer) -> str:
    said: str = gettext("Ou bien :")
    if answer.understood.is_place_unknown and answer.understood.choices:
        said = gettext("Plutôt que « %(place)s », vouliez-vous dire :", place=answer.request.where)
    return said


def _here(answer: Answer) -> Point | None:
    place, given = answer.understood.place, answer.request.where
    if place is not None:
        return place.point
    return given if isinstance(given, Point) else None


def _for_programs(answer: Answer) -> SearchRequest:
    """Ask the same with the commune that was guessed: a list refuses what a page may guess."""
    place, request = answer.understood.place, answer.request
    is_guessed = place is not None and place.is_corrected and isinstance(request.where, str) and request.where
    return replace(request, where=place.commune.code) if place is not None and is_guessed else request


def _shapes(request: SearchRequest) -> tuple[Shape, ...]:
    labels: dict[str, str] = {
        "csv": gettext("tableur (CSV)"),
        "geojson": gettext("points d’une carte (GeoJSON)"),
        "atom": gettext("abonnement (Atom)"),
        "ics": gettext("agenda (ICS)"),
    }
    return tuple(
        Shape(media, shape_of(request, extension), labels.get(extension, "")) for extension, media in SHAPES.items()
    )


def _listed(hits: Iterable[HitCard], vocabulary: Vocabulary, now: datetime) -> tuple[ListedService, ...]:
    return tuple(
        with_way(
            listed(
                hit.card,
                hit.access_point,
                vocabulary=vocabulary,
                now=now,
                distance=hit.distance,
                others=hit.others,
            ),
            hit.way,
        )
        for hit in hits
    )


def _emergency(line: EmergencyLine) -> Emergency:
    # 114 is reached by SMS by those who can neither hear nor speak.
    return Emergency(line.number, f"{'sms' if line.number == '114' else 'tel'}:{line.number}", line.purpose)


def _way(way: Way) -> Step:
    return Step(f"{way.label} ({way.count})" if way.count else way.label, page_of(way.request))


def _remarks(answer: Answer) -> tuple[str, ...]:
    told = tuple(remarks(answer.understood, answer.request.language))
    if not answer.is_from_database:
        return told
    return (*told, gettext("La recherche se remet en ordre : pour quelques instants, elle comprend moins de mots."))


def _open_now(answer: Answer) -> Step | None:
    """Offer what is open at this minute, when no time was asked for."""
    n_open = answer.n_open_now
    if not n_open or answer.understood.when or answer.request.asks_nothing:
        return None
    text = ngettext("%(num)d ouvert maintenant", "%(num)d ouverts maintenant", n_open)
    return Step(text, page_of(answer.request.but(when=NOW)))


def _unknown(answer: Answer) -> Step | None:
    """Offer what was left out because nobody knows its hours: it may well be open."""
    if not answer.n_unknown:
        return None
    was_said = any(part.kind is Undone.TIME for part in answer.understood.parts)
    undone = answer.request.undone | ({Undone.TIME} if was_said else frozenset())
    text = ngettext(
        "Voir aussi %(num)d service dont les horaires ne sont pas connus",
        "Voir aussi %(num)d services dont les horaires ne sont pas connus",
        answer.n_unknown,
    )
    return Step(text, page_of(answer.request.but(when=None, undone=undone)))


def _themes(answer: Answer, vocabulary: Vocabulary) -> tuple[Theme, ...]:
    """Lay out the themes to begin with, for who asked nothing, was not understood, or found nothing."""
    if answer.total and not (answer.request.asks_nothing or answer.understood.is_lost):
        return ()
    counts = {value.value: value.count for facet in answer.facets if facet.name == "theme" for value in facet.values}
    return themes_of(vocabulary, counts)


def _rescue(answer: Answer, vocabulary: Vocabulary, now: datetime) -> Rescue | None:
    given = answer.help
    if given is None:
        return None
    return Rescue(
        ways=tuple(_way(way) for way in given.ways),
        beyond=_listed(given.beyond, vocabulary, now),
        remote=_listed([hit for hit in given.remote if hit not in given.beyond], vocabulary, now),
        person=None if given.contact is None else person_now(given.contact, now),
    )


def _n_going(answer: Answer) -> int:
    """Count the services of this page that say that they go where one goes; all of them, where none is told apart."""
    going, request = answer.understood.n_going, answer.request
    n_here = len(answer.hits)
    if not going or request.sort is not Sort.RELEVANCE:
        return n_here
    known = min(max(going - (answer.page - 1) * PAGE, 0), n_here)
    return known or n_here


def _also_said(answer: Answer) -> str:
    if answer.understood.is_reached:
        return str(gettext("Plus difficiles à atteindre sans voiture"))
    return str(gettext("Voir aussi"))


def _also(answer: Answer, vocabulary: Vocabulary, now: datetime) -> tuple[ListedService, ...]:
    """List what has to do with it, once: help may name it already."""
    named = () if answer.help is None else (*answer.help.beyond, *answer.help.remote)
    known = {hit.card.public_id for hit in named}
    return _listed([hit for hit in answer.also if hit.card.public_id not in known], vocabulary, now)


def _outside(answer: Answer, items: Iterable[ListedService]) -> Outside | None:
    place = answer.outside
    if not place or any(item.pin for item in items):
        return None
    words = (
        gettext("%(place)s est hors du territoire : seul ce qui se fait à distance est montré.", place=place)
        if answer.total
        else gettext("%(place)s est hors du territoire : ce portail n’en connaît pas les services.", place=place)
    )
    return Outside(str(words), Step(gettext("Chercher sur tout le territoire"), page_of(_without_place(answer))))


def _without_place(answer: Answer) -> SearchRequest:
    was_said = any(part.kind is Undone.PLACE for part in answer.understood.parts)
    undone = answer.request.undone | ({Undone.PLACE} if was_said else frozenset())
    return answer.request.but(where="", undone=undone)
