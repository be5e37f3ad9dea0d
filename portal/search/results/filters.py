"""The filters of a page of results as fields of its form, with what each choice would leave.

Those that leave no count are laid out once for each language.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from portal.directory.rules.names import MODE_LABELS
from portal.search.answers import Answer, Facet, FacetValue
from portal.search.requests import MODES, SORTS, SearchRequest
from portal.search.results.sentences import theme_name
from portal.search.results.undoing import undone_words
from portal.search.when import DayName
from portal.vocabulary.vocabulary import Vocabulary
from portal.web.sentences import gettext
from search_index.queries import Sort

_RADII = (2, 5, 10, 20, 30, 50, 100)
_MOST_KINDS = 15
_MOST_AUDIENCES = 8


class Choice(NamedTuple):
    """One value that a field can take."""

    value: str
    label: str
    is_chosen: bool = False


@dataclass(frozen=True)
class Filters:
    """The fields beside the words and the place."""

    themes: tuple[Choice, ...]
    kinds: tuple[Choice, ...]
    times: tuple[Choice, ...]
    radii: tuple[Choice, ...]
    """None where nobody said where."""
    audiences: tuple[Choice, ...]
    modes: tuple[Choice, ...]
    sorts: tuple[Choice, ...]
    wishes: tuple[Choice, ...]
    """Tick boxes: the name of the parameter stands for the value."""
    undone: tuple[Choice, ...]
    n_chosen: int
    """How many of them are in force."""


def filters_of(answer: Answer, vocabulary: Vocabulary, *, n_chosen: int) -> Filters:
    """Lay out the filters of an answer."""
    request, facets = answer.request, {facet.name: facet for facet in answer.facets}
    is_somewhere = answer.understood.place or not isinstance(request.where, str)
    themes, kinds = _values(facets.get("theme")), _values(facets.get("concept"))[:_MOST_KINDS]
    return Filters(
        themes=_with_current(request, themes, kinds, vocabulary),
        kinds=tuple(_counted(each, each.value == request.theme) for each in kinds),
        times=tuple(_times(answer)),
        radii=_radii(request.radius, request.language) if is_somewhere else (),
        audiences=tuple(_audiences(request, _values(facets.get("public")))),
        modes=tuple(_modes(request, _values(facets.get("mode")))),
        sorts=_sorts(request.sort, request.language),
        wishes=tuple(_wishes(request, facets)),
        undone=tuple(Choice(each, undone_words(each), is_chosen=True) for each in sorted(request.undone)),
        n_chosen=n_chosen,
    )


def _values(facet: Facet | None) -> tuple[FacetValue, ...]:
    return () if facet is None else facet.values


def _counted(value: FacetValue, is_chosen: bool) -> Choice:  # noqa: FBT001 - the field it fills has this name
    return Choice(value.value, f"{value.label} ({value.count})", is_chosen)


def _with_current(
    request: SearchRequest, themes: Iterable[FacetValue], kinds: Iterable[FacetValue], vocabulary: Vocabulary
) -> tuple[Choice, ...]:
    """List the themes; the one that is chosen stays there though it has nothing."""
    listed = tuple(_counted(each, each.value == request.theme) for each in themes)
    known = {choice.value for choice in listed} | {each.value for each in kinds} | {""}
    if request.theme in known:
        return listed
    return (Choice(request.theme, theme_name(request.theme, vocabulary), is_chosen=True), *listed)


def _times(answer: Answer) -> Iterator[Choice]:
    request, asked = answer.request, str(answer.request.when or "")
    named = _time_names(request.language)
    if asked not in named:
        yield Choice(asked, answer.understood.when, is_chosen=True)
    for value, label in named.items():
        is_now = value == DayName.NOW and request.when is None and answer.n_open_now
        yield Choice(value, f"{label} ({answer.n_open_now})" if is_now else label, value == asked)


@lru_cache
def _time_names(_language: str) -> Mapping[str, str]:
    return {
        "": gettext("À tout moment"),
        DayName.NOW: gettext("Maintenant"),
        DayName.TODAY: gettext("Aujourd’hui"),
        f"{DayName.TODAY}-soir": gettext("Ce soir"),
        DayName.TOMORROW: gettext("Demain"),
        DayName.SATURDAY: gettext("Samedi"),
        DayName.WEEK: gettext("Cette semaine"),
        DayName.NEXT_WEEK: gettext("La semaine prochaine"),
    }


@lru_cache
def _radii(asked: int, _language: str) -> tuple[Choice, ...]:
    radii = sorted({*_RADII, asked})
    return tuple(Choice(str(radius), gettext("%(km)s km", km=radius), radius == asked) for radius in radii)


def _audiences(request: SearchRequest, values: tuple[FacetValue, ...]) -> Iterator[Choice]:
    shown = [each for place, each in enumerate(values) if place < _MOST_AUDIENCES or each.is_chosen]
    for each in shown:
        yield _counted(each, each.value in request.audiences)
    for audience in sorted(request.audiences - {each.value for each in shown}):
        yield Choice(audience, audience.label.said(request.language), is_chosen=True)


def _modes(request: SearchRequest, values: tuple[FacetValue, ...]) -> Iterator[Choice]:
    counts = {each.value: each.count for each in values}
    yield Choice("", gettext("Toutes les façons"), request.mode is None)
    for name, mode in MODES.items():
        if counts.get(name) or mode is request.mode:
            count = f" ({counts[name]})" if name in counts else ""
            yield Choice(name, MODE_LABELS[mode].said(request.language) + count, mode is request.mode)


@lru_cache
def _sorts(asked: Sort, _language: str) -> tuple[Choice, ...]:
    labels = {
        Sort.RELEVANCE: gettext("Les plus utiles d’abord"),
        Sort.DISTANCE: gettext("Les plus proches d’abord"),
        Sort.OPENING: gettext("Les premiers ouverts d’abord"),
        Sort.NAME: gettext("Par ordre alphabétique"),
    }
    return tuple(Choice(name, labels[sort], sort is asked) for name, sort in SORTS.items())


def _wishes(request: SearchRequest, facets: dict[str, Facet]) -> Iterator[Choice]:
    for name, facet, value, label, is_chosen in (
        ("gratuit", "cout", "free", gettext("Gratuit"), request.is_free),
        ("accessible", "accessibilite", "wheelchair", gettext("Accessible en fauteuil roulant"), request.is_accessible),
    ):
        count = next((each.count for each in _values(facets.get(facet)) if each.value == value), 0)
        if count or is_chosen:
            yield Choice(name, f"{label} ({count})", is_chosen)
