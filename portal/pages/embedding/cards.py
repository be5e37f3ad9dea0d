"""The frozen values of the page that builds links and frames, and of the view in the frame."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext
from markupsafe import Markup

from portal.search.answers import Answer
from portal.search.listed import ListedService, listed
from portal.search.requests import SearchRequest
from portal.search.results.discretion import asks_for_discretion
from portal.vocabulary.vocabulary import Vocabulary
from portal.web.addresses import absolute, to
from portal.web.headers import embed_sites
from portal.web.languages import current_language

_SHOWN = 6


@dataclass(frozen=True)
class Snippet:
    """What another site copies; `sites` are those that may show the frame."""

    address: str
    link: str
    frame: str
    preview: str
    sites: tuple[str, ...]


@dataclass(frozen=True)
class Window:
    """A small search and its first answers."""

    where: str
    theme: str
    services: tuple[ListedService, ...]
    everything: str
    """Address of the whole list."""
    total: int
    is_sensitive: bool
    """Whether somebody near may be the danger: whoever reads must be able to leave at once."""


def themes_of(vocabulary: Vocabulary) -> tuple[tuple[str, str], ...]:
    """List the themes one may choose, by slug and name."""
    return tuple((each.slug, each.label.said(current_language())) for each in vocabulary.shown_families)


def snippet_for(asked: SearchRequest) -> Snippet:
    """Write the lines to copy; whatever was typed in them is escaped."""
    address, preview = absolute(_with(asked, "/recherche")), _with(asked, "/integrer/recherche")
    title = gettext("Les services près de chez vous")
    link = Markup('<a href="{}">{}</a>').format(address, title)
    frame = Markup('<iframe src="{}" title="{}" width="100%" height="640" loading="lazy" allow="geolocation"></iframe>')
    return Snippet(
        address=address,
        link=str(link),
        frame=str(frame.format(absolute(preview), title)),
        preview=preview,
        sites=embed_sites(),
    )


def window_on(answer: Answer, *, vocabulary: Vocabulary, now: datetime) -> Window:
    """Show the first answers."""
    asked = answer.request
    services = [
        listed(hit.card, hit.access_point, vocabulary=vocabulary, now=now, distance=hit.distance)
        for hit in answer.hits[:_SHOWN]
    ]
    return Window(
        where=str(asked.where),
        theme=asked.theme,
        services=tuple(services),
        everything=_with(asked, "/recherche"),
        total=answer.total,
        is_sensitive=asks_for_discretion(answer, services),
    )


def _with(asked: SearchRequest, path: str) -> str:
    question = asked.query_string
    return f"{to(path)}?{question}" if question else to(path)
