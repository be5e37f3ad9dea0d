"""Help when nothing was found: each filter taken away and what that finds, what lies beyond, what comes to you."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from portal.core.languages import Label
from portal.search.answers import Way
from portal.search.documents import REMOTE, TRAVELLING
from portal.search.finding import Found, ask
from portal.search.opening import Search
from portal.search.requests import LARGEST_RADIUS, SearchRequest, Undone
from search_index.queries import Query, Sort
from search_index.results import Hit

MOST_SHOWN = 3


@dataclass(frozen=True)
class Helped:
    """What the index says beside an empty page."""

    ways: tuple[Way, ...] = ()
    beyond: tuple[Hit, ...] = ()
    remote: tuple[Hit, ...] = ()


def helped(search: Search, found: Found) -> Helped:
    """Look around an empty page: a few quick questions to the index."""
    return Helped(
        ways=tuple(_ways(search, found)),
        beyond=_beyond(search, found.query),
        remote=_remote(search, found.query),
    )


def _ways(search: Search, found: Found) -> Iterator[Way]:
    """Count what each filter hides; "everywhere" is no other way where it finds no more than as far as one may ask."""
    farthest = 0
    for label, request, query in _without_a_filter(found):
        count = _count(search, query)
        if count and not (label is _EVERYWHERE and count == farthest):
            yield Way(label.said(request.language), request, count)
        farthest = count if label is _FARTHEST else farthest


def _count(search: Search, query: Query) -> int:
    return ask(search, replace(query, facets=(), offset=0, limit=0)).total


def _beyond(search: Search, query: Query) -> tuple[Hit, ...]:
    """Give the nearest ones outside the radius."""
    if query.near is None:
        return ()
    anywhere = replace(query.near, radius=None)
    away = replace(query, near=anywhere, facets=(), sort=Sort.DISTANCE, offset=0, limit=MOST_SHOWN)
    return tuple(hit for hit in ask(search, away).hits if hit.distance is not None)


def _remote(search: Search, query: Query) -> tuple[Hit, ...]:
    """Give what needs no journey, or travels, whatever the time, the place and the way asked."""
    reach = {**query.filters, "reach": frozenset({REMOTE, TRAVELLING})}
    # Who wants a visit at home is helped by a telephone, and by what stops in the next street.
    reach.pop("mode", None)
    near = replace(query.near, radius=None) if query.near else None
    mine = replace(query, near=near, during=None, filters=reach, facets=(), offset=0, limit=MOST_SHOWN)
    return ask(search, mine).hits if query.clauses else ()


def _without_a_filter(found: Found) -> Iterator[tuple[Label, SearchRequest, Query]]:
    """Take each filter away in turn: what to call that, its address, its question."""
    query, request, asked = found.query, found.asked.request, found.asked
    if asked.when is not None and query.filters:
        bare = request.but(**_NO_FILTERS, undone=_said(found, Undone.TIME) | _said(found, Undone.FILTER))
        yield Label("Sans aucun filtre", "Without any filter"), bare, replace(query, during=None, filters={})
    if asked.when is not None:
        yield (
            Label("À tout moment", "At any time"),
            _free(found, when=None, undone=Undone.TIME),
            replace(query, during=None),
        )
    for name, label, field in _FILTERS:
        if name in query.filters:
            left = {other: values for other, values in query.filters.items() if other != name}
            default = {field: getattr(SearchRequest(), field)} if field else {}
            yield label, _free(found, undone=Undone.FILTER, **default), replace(query, filters=left)
    if query.near is not None:
        if request.radius < LARGEST_RADIUS:
            wider = replace(query.near, radius=LARGEST_RADIUS * 1000.0)
            yield _FARTHEST, _free(found, radius=LARGEST_RADIUS), replace(query, near=wider)
        yield _EVERYWHERE, _free(found, where="", undone=Undone.PLACE), replace(query, near=None)


_FARTHEST = Label(f"Jusqu’à {LARGEST_RADIUS} km", f"Up to {LARGEST_RADIUS} km")
_EVERYWHERE = Label("Partout", "Everywhere")
_FILTERS = (
    ("cost", Label("Payants compris", "Including paid services"), "is_free"),
    ("access", Label("Accessibles ou non", "Wheelchair accessible or not"), "is_accessible"),
    ("mode", Label("De toutes les façons", "In any way: on site, by phone…"), "mode"),
    ("audience", Label("Pour tous les publics", "For any audience"), "audiences"),
    ("theme", Label("Dans tous les thèmes", "In all topics"), "theme"),
    ("concept", Label("Pour tous les types de service", "All kinds of service"), "theme"),
    ("appointment", Label("Sur rendez-vous aussi", "Including by appointment"), ""),
)


_NO_FILTERS: Mapping[str, Any] = {
    "when": None,
    "is_free": False,
    "is_accessible": False,
    "mode": None,
    "audiences": frozenset(),
    "theme": "",
}


def _said(found: Found, undone: Undone) -> frozenset[Undone]:
    """Add to what is undone what was said in the words."""
    was_said = any(part.kind is undone for part in found.asked.understood.parts)
    return found.asked.request.undone | ({undone} if was_said else frozenset())


def _free(found: Found, *, undone: Undone | None = None, **changes: object) -> SearchRequest:
    """Ask the same without a filter; one that was said in the words is undone there too."""
    request = found.asked.request
    return request.but(undone=request.undone if undone is None else _said(found, undone), **changes)
