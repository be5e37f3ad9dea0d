"""The language of a page stands in its address: French at the root, English under /en. No cookie, no guess."""

from urllib.parse import quote

from flask import Flask, g, has_request_context, request
from flask_babel import Babel
from werkzeug.urls import iri_to_uri

from portal.core.languages import ENGLISH, FRENCH
from portal.web.shipped import shipped_folder

PREFIXES = {FRENCH: "", ENGLISH: "/en"}


def speak_languages(app: Flask) -> None:
    """Choose the language of each request by its address."""
    Babel(
        app,
        default_locale=FRENCH,
        default_translation_directories=str(shipped_folder("translations")),
        locale_selector=current_language,
    )
    app.jinja_env.globals.update(current_language=current_language, this_page_in=this_page_in)


def current_language() -> str:
    """Name the language of the page being made."""
    if not has_request_context():
        return FRENCH
    if "language" not in g:
        is_english = request.path == "/en" or request.path.startswith("/en/")
        g.language = ENGLISH if is_english else FRENCH
    return str(g.language)


def this_page_in(language: str) -> str:
    """Lead to the current page in another language, with all that was asked; home when the page was not found."""
    if request.endpoint is None:
        return f"{PREFIXES[language]}/"
    # What the visitor sent is written anew as an address may be: a control character has no place in a page.
    path = quote(request.path.removeprefix(PREFIXES[current_language()]))
    asked = iri_to_uri("?" + request.query_string.decode(errors="replace")) if request.query_string else ""
    return PREFIXES[language] + path + asked
