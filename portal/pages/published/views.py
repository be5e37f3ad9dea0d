"""The page of the open data, and the description of the API for programs."""

import json

from flask import Blueprint, Response

from portal.intake.queries.published import published_sources
from portal.pages.published.cards import API, FORMATS, sources_shown
from portal.pages.published.openapi import PATH, described
from portal.search.serving import current_search
from portal.web.addresses import absolute
from portal.web.keeping import AN_HOUR
from portal.web.rendering import render
from portal.web.visit import frame, reading

published = Blueprint("published", __name__)
descriptions = Blueprint("descriptions", __name__)


@published.get("/donnees")
def open_data() -> str:
    """Say where the listings come from, under which licences, and how to take them."""
    return render(
        "published/data.html",
        sources=sources_shown(published_sources(reading())),
        formats=FORMATS,
        api=[absolute(path) for path in API],
        description=PATH,
    )


@descriptions.get(PATH)
def openapi() -> Response:
    """Describe the API to programs."""
    told = described(current_search().vocabulary, name=frame().name, base=absolute(""))
    written = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return Response(written, headers={"Cache-Control": AN_HOUR}, content_type="application/json; charset=utf-8")
