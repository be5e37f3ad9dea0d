"""The page of a list: what it holds stands in its address, so that nothing has to be stored."""

from dataclasses import replace
from http import HTTPStatus

from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response

from portal.pages.shortlist.cards import shortlist_page
from portal.search.requests import SearchRequest, read_request
from portal.search.serving import current_search
from portal.search.shortlist import BACK, CARRIED, id_in, read_shortlist
from portal.web.addresses import to
from portal.web.languages import current_language
from portal.web.rendering import render
from portal.web.simple import is_simple
from portal.web.visit import clock, reading

shortlist = Blueprint("shortlist", __name__)


@shortlist.get("/ma-liste")
def mine() -> str | Response:
    """Show a list; the address of a sheet that was pasted is added to it."""
    kept = replace(read_shortlist(request.args.get(CARRIED, "")), back=request.args.get(BACK, ""))
    pasted = id_in(request.args.get("quoi", ""))
    if pasted:
        return redirect(to(kept.with_one(pasted).address()), HTTPStatus.SEE_OTHER)
    page = shortlist_page(reading(), current_search(), kept, _asked(), now=clock().now())
    return render("shortlist/simple.html" if is_simple() else "shortlist/list.html", page=page)


def _asked() -> SearchRequest | None:
    """Read what is sought for the list; nothing but words and a place."""
    given = {name: request.args.getlist(name) for name in ("quoi", "ou")}
    asked = read_request(given, current_search().vocabulary, current_language()).request
    return replace(asked, page=1) if asked.words or asked.where else None
