"""The API of the search, read-only and keyless: /api/v1/recherche, suggestions, communes and services."""

import json
from collections.abc import Mapping, Sequence
from hashlib import blake2b
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Flask, Response, redirect, request
from werkzeug.wrappers import Response as Redirect

from portal.core.errors import NotFound
from portal.core.languages import FRENCH, LANGUAGES
from portal.core.problems import Problem
from portal.directory.cards.services import service_card
from portal.directory.queries.addresses import Gone, Moved, resolve
from portal.directory.queries.listings import services_by_ids
from portal.directory.queries.successors import left_services, successor_of
from portal.directory.rules.choices import Kind
from portal.directory.rules.refusals import NoSuchSheet
from portal.geography.published import commune_shape
from portal.search.completing import communes_typed
from portal.search.finder import find
from portal.search.names import Name, NameKind
from portal.search.requests import LONGEST_PLACE, read_request
from portal.search.results.audience import tell_subject
from portal.search.serving import current_search
from portal.search.shapes import Telling, answer_shape, service_shape, suggestion_address
from portal.search.suggesting import suggestions_for
from portal.web.addresses import absolute
from portal.web.keeping import NOTHING
from portal.web.problems import BadValue, problem_answer
from portal.web.sharing import open_to_all
from portal.web.visit import clock, reading

api = Blueprint("api", __name__)
A_MINUTE = "public, max-age=60"
"""States change with the minute: nothing may be kept longer."""
A_QUESTION = "private, max-age=60"
"""What somebody typed is theirs: no shared store may keep it."""
_MOST_COMMUNES = 20


@api.get("/api/v1/recherche")
@api.get("/recherche.json")
def recherche() -> Response:
    """Search as the page does."""
    search, now = current_search(), clock().now()
    asked = read_request({name: request.args.getlist(name) for name in request.args}, search.vocabulary)
    if asked.problems:
        raise BadValue(asked.problems[0])
    answer = find(search, reading(), asked.request, now=now, read=asked)
    tell_subject(answer, search.vocabulary)
    body = answer_shape(answer, telling=Telling(vocabulary=search.vocabulary, now=now, address=absolute))
    return _json(body, cache=NOTHING if answer.is_from_database else "")


@api.get("/api/v1/suggestions")
def suggestions() -> Response:
    """Guess what is being typed."""
    found = suggestions_for(current_search(), request.args.get("q", ""), _language())
    return _json([_suggestion(name) for name in found])


@api.get("/api/v1/communes")
def communes() -> Response:
    """Look communes up, those of the territory first."""
    words = request.args.get("q", "")[:LONGEST_PLACE]
    found = communes_typed(words, current_search().territory, limit=_MOST_COMMUNES)
    return _json([commune_shape(commune) for commune in found])


@api.get("/api/v1/services/<public_id>")
def service(public_id: str) -> Response | Redirect:
    """Give one service."""
    now, session = clock().now(), reading()
    address = resolve(session, Kind.SERVICE, public_id)
    if isinstance(address, Gone):
        return _gone()
    if isinstance(address, Moved):
        return redirect(_address_of(address.public_id), HTTPStatus.MOVED_PERMANENTLY)
    left = left_services(session, [address.number]).get(address.number)
    if left is not None:
        heir = successor_of(session, left)
        return _gone("" if heir is None else heir.public_id)
    listings = services_by_ids(session, [address.number])
    if not listings:
        raise NoSuchSheet
    card = service_card(listings[0], now=now)
    first = card.access_points[0] if card.access_points else None
    telling = Telling(vocabulary=current_search().vocabulary, now=now, address=absolute)
    return _json(service_shape(card, first, telling=telling))


def _gone(heir: str = "") -> Response:
    """Say that a service is closed, and which one answers for it today."""
    members = {"successeur": _address_of(heir)} if heir else None
    return problem_answer("Service fermé", "Ce service est fermé.", HTTPStatus.GONE, members=members)


def _address_of(public_id: str) -> str:
    return absolute(f"/api/v1/services/{public_id}")


@api.get("/api/<path:_rest>")
def nothing(_rest: str) -> Response:
    """Say in JSON that an address of the API leads nowhere."""
    raise NoSuchAddress


class NoSuchAddress(NotFound):
    """The API has no such address."""

    def __init__(self) -> None:
        super().__init__(
            "Cette adresse de l’API n’existe pas : voyez /api/v1/recherche, suggestions, communes, services."
        )


def open_api(app: Flask) -> None:
    """Let every site read the API and the shapes of searches and sheets."""
    app.register_blueprint(api)
    open_to_all(app)


def _json(body: Mapping[str, Any] | Sequence[Any], *, cache: str = "") -> Response:
    written = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
    answer = Response(written, content_type="application/json; charset=utf-8")
    answer.headers["Cache-Control"] = cache or (A_QUESTION if request.query_string else A_MINUTE)
    answer.set_etag(blake2b(written, digest_size=12).hexdigest())
    answer.make_conditional(request)
    return answer


def _language() -> str:
    """Read in which language suggestions are asked for."""
    asked = request.args.get("langue", "") or FRENCH
    if asked not in LANGUAGES:
        sentence = f"« langue » vaut {' ou '.join(LANGUAGES)}."
        raise BadValue(Problem("langue-illisible", sentence, asked[:LONGEST_PLACE], "langue", tuple(LANGUAGES)))
    return asked


def _suggestion(name: Name) -> Mapping[str, str]:
    url = absolute(_ADDRESSES[name.kind](name))
    return {"type": name.kind.value, "texte": name.text, "url": url, "commune": name.commune}


_ADDRESSES = {
    NameKind.CONCEPT: lambda name: suggestion_address(theme=name.key),
    NameKind.SERVICE: lambda name: f"/services/{name.key}",
    NameKind.STRUCTURE: lambda name: f"/structures/{name.key}",
    NameKind.COMMUNE: lambda name: suggestion_address(ou=name.key),
}
