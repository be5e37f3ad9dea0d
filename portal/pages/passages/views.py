"""What passes, week by week: on the screen, on the notice board, in a diary."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TypeVar

from flask import Blueprint, Response, request
from flask_babel import gettext

from portal.geography.names import plain_key, spelled_out
from portal.geography.points import Point
from portal.pages.passages.diary import written_diary
from portal.pages.passages.news import written_news
from portal.pages.passages.pages import passages_page
from portal.pages.passages.poster import poster
from portal.pages.passages.rules import PassagesRequest, adjusted_passages, poster_week, read_passages
from portal.search.exports.listing import PlaceUnknown
from portal.search.requests import Adjustment
from portal.search.serving import current_search
from portal.web.atom import CONTENT_TYPE
from portal.web.icalendar import CONTENT_TYPE as CALENDAR
from portal.web.kept import kept
from portal.web.problems import BadValue
from portal.web.rendering import render
from portal.web.visit import clock, reading

Made = TypeVar("Made")
passages = Blueprint("passages", __name__)
feeds = Blueprint("feeds", __name__)


@passages.get("/passages")
def week() -> str:
    """Show a week of passages around a commune, or the rounds of the territory."""
    asked = _asked()
    page = _kept(passages_page, asked)
    return render("passages/week.html", page=page, adjusted=[*_adjusted(asked)])


@passages.get("/passages/affiche")
def notice_board() -> str:
    """Show a week as a poster to print."""
    asked = _asked(usual=poster_week(clock().today()))
    sheet = _kept(poster, asked)
    return render("passages/poster.html", poster=sheet, adjusted=[*_adjusted(asked)])


@feeds.get("/passages.ics")
def calendar() -> Response:
    """Give the coming weeks to a diary."""
    return Response(_kept(written_diary, _followed()).text, content_type=CALENDAR)


@feeds.get("/passages.atom")
def news() -> Response:
    """Give the coming fortnight to a reader of news."""
    answer = Response(_kept(written_news, _followed()).text, content_type=CONTENT_TYPE)
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def _followed() -> PassagesRequest:
    """Read what a program follows, to the letter: it has no room to say what was made of a value."""
    asked = _asked()
    for each, sentence in zip(_adjustments(asked), _adjusted(asked), strict=True):
        # What is followed begins today, whichever days its page shows.
        if each.field != "semaine":
            raise BadValue(replace(each, text=sentence).problem)
    place = current_search().book.places.resolve(asked.where) if isinstance(asked.where, str) else None
    if asked.where and isinstance(asked.where, str) and (place is None or place.is_corrected):
        raise PlaceUnknown(asked.where, place)
    return asked


def _kept(make: Callable[..., Made], asked: PassagesRequest) -> Made:
    """Make what was asked for, or give it once more; a position, or words beside a town's name, is theirs."""
    making = partial(_made, make, asked)
    return kept((make, asked), making) if _is_a_town(asked.where) else making()


def _is_a_town(where: str | Point) -> bool:
    if not where:
        return True
    place = current_search().book.places.resolve(where) if isinstance(where, str) else None
    if place is None or isinstance(where, Point):
        return False
    words = plain_key(where).split()
    name = {*plain_key(place.commune.name).split(), *spelled_out(plain_key(place.commune.name)).split()}
    return all(word in name or word.isdigit() for word in words)


def _made(make: Callable[..., Made], asked: PassagesRequest) -> Made:
    return make(reading(), current_search(), asked, now=clock().now())


def _adjusted(asked: PassagesRequest) -> Iterator[str]:
    """Say what was made of values that cannot be taken as they stand."""
    for each in _adjustments(asked):
        said = {"given": each.given, "kept": each.kept}
        if each.expected == (each.kept,):
            yield gettext("Une valeur est donnée plusieurs fois dans l’adresse : « %(kept)s » a été retenu.", **said)
        elif each.field == "rayon":
            yield gettext("Distance demandée : « %(given)s ». Nous montrons %(kept)s km.", **said)
        elif each.field == "semaine":
            yield gettext("Ces jours ne se lisent pas, ou sont trop loin : « %(given)s ».", **said)
        else:
            yield gettext("Le thème « %(given)s » n’existe pas : voici tous les thèmes.", **said)


def _adjustments(asked: PassagesRequest) -> tuple[Adjustment, ...]:
    given = request.args.to_dict(flat=False)
    return tuple(adjusted_passages(given, asked, themes=_themes(), today=clock().today()))


def _themes() -> frozenset[str]:
    return frozenset(family.slug for family in current_search().vocabulary.shown_families)


def _asked(*, usual: date | None = None) -> PassagesRequest:
    return read_passages(request.args, themes=_themes(), today=clock().today(), usual=usual)
