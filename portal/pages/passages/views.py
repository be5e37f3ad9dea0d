"""What passes, week by week: on the screen, on the notice board, in a diary."""

from datetime import date

from flask import Blueprint, Response, request

from portal.pages.passages.diary import diary
from portal.pages.passages.news import news_of
from portal.pages.passages.pages import passages_page
from portal.pages.passages.poster import poster
from portal.pages.passages.rules import PassagesRequest, poster_week, read_passages
from portal.search.serving import current_search
from portal.web.atom import CONTENT_TYPE
from portal.web.icalendar import calendar_answer
from portal.web.rendering import render
from portal.web.visit import clock, frame, reading

passages = Blueprint("passages", __name__)
feeds = Blueprint("feeds", __name__)


@passages.get("/passages")
def week() -> str:
    """Show a week of passages around a commune, or the rounds of the territory."""
    page = passages_page(reading(), current_search(), _asked(), now=clock().now())
    return render("passages/week.html", page=page)


@passages.get("/passages/affiche")
def notice_board() -> str:
    """Show a week as a poster to print."""
    asked = _asked(usual=poster_week(clock().today()))
    sheet = poster(reading(), current_search(), asked, now=clock().now())
    return render("passages/poster.html", poster=sheet)


@feeds.get("/passages.ics")
def calendar() -> Response:
    """Give the coming weeks to a diary."""
    now = clock().now()
    name, events = diary(reading(), current_search(), _asked(), now=now)
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    return calendar_answer(name, events, stamp=midnight)


@feeds.get("/passages.atom")
def news() -> Response:
    """Give the coming fortnight to a reader of news."""
    written = news_of(reading(), current_search(), _asked(), author=frame().name, now=clock().now())
    answer = Response(written, content_type=CONTENT_TYPE)
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def _asked(*, usual: date | None = None) -> PassagesRequest:
    themes = frozenset(family.slug for family in current_search().vocabulary.shown_families)
    return read_passages(request.args, themes=themes, today=clock().today(), usual=usual)
