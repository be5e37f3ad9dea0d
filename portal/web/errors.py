"""Error pages written for people, and the same for programs; the last one depends on nothing that could fail again."""

import logging
from http import HTTPStatus

from flask import Flask, Response, make_response, request
from flask_babel import gettext, lazy_gettext
from werkzeug.exceptions import HTTPException, SecurityError
from werkzeug.wrappers import Response as WerkzeugResponse

from portal.core.database_faults import fault_of
from portal.core.errors import MaillageError
from portal.core.languages import Label
from portal.core.logs import place_of
from portal.web.languages import current_language, this_page_in
from portal.web.lost import words_of
from portal.web.problems import BadValue, Members, is_for_programs, problem_answer
from portal.web.rendering import render

log = logging.getLogger(__name__)

SENTENCES: dict[int, str] = {
    HTTPStatus.BAD_REQUEST: lazy_gettext("Cette adresse contient une valeur que nous n’avons pas comprise."),
    HTTPStatus.FORBIDDEN: lazy_gettext("Cette page n’est pas ouverte à tous."),
    HTTPStatus.NOT_FOUND: lazy_gettext("Nous n’avons pas trouvé cette page. Elle a peut-être changé d’adresse."),
    HTTPStatus.GONE: lazy_gettext("Cette page a existé, puis a été retirée : ce qu’elle montrait n’existe plus."),
    HTTPStatus.METHOD_NOT_ALLOWED: lazy_gettext("Cette page ne reçoit pas ce genre de demande."),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: lazy_gettext("Cet envoi est trop lourd pour être reçu."),
    HTTPStatus.REQUEST_URI_TOO_LONG: lazy_gettext(
        "Cette adresse est trop longue pour être lue : cherchez avec quelques mots."
    ),
    HTTPStatus.TOO_MANY_REQUESTS: lazy_gettext("Trop de demandes en peu de temps : réessayez dans une minute."),
    HTTPStatus.SERVICE_UNAVAILABLE: lazy_gettext(
        "Le portail ne peut pas répondre en ce moment : réessayez dans quelques minutes."
    ),
}
TITLES: dict[int, str] = {
    HTTPStatus.BAD_REQUEST: lazy_gettext("Adresse mal comprise"),
    HTTPStatus.FORBIDDEN: lazy_gettext("Page réservée"),
    HTTPStatus.NOT_FOUND: lazy_gettext("Page introuvable"),
    HTTPStatus.GONE: lazy_gettext("Page retirée"),
    HTTPStatus.METHOD_NOT_ALLOWED: lazy_gettext("Demande impossible ici"),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: lazy_gettext("Envoi trop lourd"),
    HTTPStatus.REQUEST_URI_TOO_LONG: lazy_gettext("Adresse trop longue"),
    HTTPStatus.TOO_MANY_REQUESTS: lazy_gettext("Trop de demandes"),
    HTTPStatus.SERVICE_UNAVAILABLE: lazy_gettext("Portail indisponible pour un moment"),
}
_SEARCH_HELPS = frozenset(
    [
        HTTPStatus.BAD_REQUEST,
        HTTPStatus.NOT_FOUND,
        HTTPStatus.GONE,
        HTTPStatus.METHOD_NOT_ALLOWED,
        HTTPStatus.REQUEST_URI_TOO_LONG,
    ]
)
_LOST = frozenset([HTTPStatus.NOT_FOUND, HTTPStatus.GONE])
"""Where the address itself says what was looked for."""
_OUR_FAULT = "La réponse n’a pas pu être préparée. Ce n’est pas de votre fait : réessayez dans quelques minutes."
_PASSES_BY = frozenset([HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE])
"""What the same address will answer again, soon."""
_LAST_RESORT = """<!doctype html>
<html lang="fr"><head><meta charset="utf-8"><title>{title.fr}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<link rel="stylesheet" href="/static/maillage.css"></head>
<body><main><h1>{title.fr}</h1>
<p class="lead">{sentence.fr}</p>
<p>En cas d’urgence, appelez le <a href="tel:15">15</a> (santé), le <a href="tel:17">17</a> (police, gendarmerie),
le <a href="tel:18">18</a> (pompiers) ou le <a href="tel:112">112</a>.</p>
<p class="actions">{again}<a class="button-quiet" href="/">Revenir à l’accueil</a></p>
<div lang="en"><h2>{title.en}</h2>
<p>{sentence.en} In an emergency, call <a href="tel:112">112</a>.</p></div></main></body></html>
"""
_AGAIN = '<a class="button" href="">Réessayer</a> '


OUR_FAULT = Label("Une panne de notre côté", "Something went wrong on our side")
TRY_AGAIN = Label(
    "La page n’a pas pu être préparée. Ce n’est pas de votre fait : réessayez dans quelques minutes.",
    "Please try again in a few minutes.",
)


def last_resort(title: Label, sentence: Label, *, passes_by: bool) -> str:
    """Write a page that depends on nothing: no request, no territory, no translation."""
    return _LAST_RESORT.format(title=title, sentence=sentence, again=_AGAIN if passes_by else "")


def answer_errors(app: Flask) -> None:
    """Show a page that says what happened and what to do."""
    app.register_error_handler(MaillageError, _for_a_rule)
    app.register_error_handler(HTTPException, _for_a_status)
    app.register_error_handler(SecurityError, _for_a_stranger)
    app.register_error_handler(Exception, _for_our_fault)


Headers = dict[str, str]
_OF_THE_BODY = frozenset({"Content-Type", "Content-Length"})
_A_WHILE = "60"
"""Seconds after which a program may try again: longer than any import keeps others waiting."""


Told = tuple[str | Response, int, Headers]


def _for_a_rule(error: MaillageError) -> Told:
    if error.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        # Its sentence speaks to whoever keeps the portal; a visitor can only come back later.
        level = logging.WARNING if error.status == HTTPStatus.SERVICE_UNAVAILABLE else logging.ERROR
        return _unavailable(error, level)
    members = error.members if isinstance(error, BadValue) else None
    return _page(error.said(current_language()), error.status, members), error.status, {}


def _for_a_status(error: HTTPException) -> WerkzeugResponse:
    answer = error.get_response()
    if answer.status_code >= HTTPStatus.BAD_REQUEST:
        sentence = SENTENCES.get(answer.status_code, SENTENCES[HTTPStatus.BAD_REQUEST])
        page = _page(str(sentence), answer.status_code)
        # Headers such as Allow and Retry-After stay.
        kept = {name: value for name, value in answer.headers.items() if name not in _OF_THE_BODY}
        answer = make_response(page, answer.status_code, kept)
    return answer


def _for_a_stranger(_error: SecurityError) -> WerkzeugResponse:
    # Under a name that is not ours no address can be built, so there is no page to show.
    sentence = "Ce portail ne répond pas sous ce nom.\n"
    return WerkzeugResponse(sentence, HTTPStatus.BAD_REQUEST, content_type="text/plain; charset=utf-8")


def _for_our_fault(error: Exception) -> Told:
    if fault_of(error) is not None:
        return _unavailable(error)
    status = HTTPStatus.INTERNAL_SERVER_ERROR
    log.error("a page could not be made: %(error)s", {"error": place_of(error)})
    if is_for_programs():
        return problem_answer(OUR_FAULT.fr, _OUR_FAULT, status), status, {}
    return last_resort(OUR_FAULT, TRY_AGAIN, passes_by=True), status, {}


def _unavailable(error: Exception, level: int = logging.ERROR) -> Told:
    # What passes by itself, such as an index that heals, is no fault to be woken for.
    log.log(level, "the portal cannot answer: %(error)s", {"error": place_of(error)})
    status = HTTPStatus.SERVICE_UNAVAILABLE
    return _page(str(SENTENCES[status]), status), status, {"Retry-After": _A_WHILE}


def _page(sentence: str, status: int, members: Members | None = None) -> str | Response:
    title = str(TITLES.get(status) or gettext("Page impossible à montrer"))
    if is_for_programs():
        return problem_answer(title, sentence, status, members=members)
    return render(
        "web/error.html",
        title=title,
        sentence=sentence,
        status=status,
        can_search=status in _SEARCH_HELPS,
        words=words_of(request.path) if status in _LOST else "",
        again=this_page_in(current_language()) if status in _PASSES_BY else "",
    )
