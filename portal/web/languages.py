"""The language of a page stands in its address: French at the root, English under /en. No cookie, no guess."""

from urllib.parse import quote

from flask import Flask, g, has_app_context, has_request_context, request
from flask_babel import Babel
from markupsafe import Markup
from werkzeug.urls import iri_to_uri

from portal.core.languages import ENGLISH, FRENCH
from portal.web.shipped import shipped_folder
from portal.web.simple import SIMPLE, simple_prefix
from portal.web.translations import speak_at_once

PREFIXES = {FRENCH: "", ENGLISH: "/en"}
RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})
"""Languages written from the right, for the day one of them is added."""


def speak_languages(app: Flask) -> None:
    """Choose the language of each request by its address."""
    Babel(
        app,
        default_locale=FRENCH,
        default_translation_directories=str(shipped_folder("translations")),
        locale_selector=current_language,
    )
    speak_at_once(app, current_language)
    app.jinja_env.globals.update(
        current_language=current_language,
        in_french=in_french,
        direction=direction,
        this_page_in=this_page_in,
        this_page_made=this_page_made,
    )


def current_language() -> str:
    """Name the language of the page being made."""
    if not has_app_context():
        return FRENCH
    known: str | None = g.get("language")
    if known is None:
        is_english = has_request_context() and (request.path == "/en" or request.path.startswith("/en/"))
        known = g.language = ENGLISH if is_english else FRENCH
    return known


def direction() -> str:
    """Tell which way the language of the page is written."""
    return "rtl" if current_language() in RIGHT_TO_LEFT else "ltr"


def in_french() -> Markup:
    """Mark an element whose words stay French on a page in another language, so that they are read aloud as such."""
    return Markup() if current_language() == FRENCH else Markup(' lang="fr"')


def here() -> str:
    """Give what the addresses of this page's language and version begin with; asked for some eighty times a page."""
    if not has_app_context():
        return PREFIXES[FRENCH]
    known: str | None = g.get("here")
    if known is None:
        known = g.here = simple_prefix() + PREFIXES[current_language()]
    return known


def this_page_in(language: str) -> str:
    """Lead to the current page in another language, with all that was asked; home when the page was not found."""
    return simple_prefix() + PREFIXES[language] + _this_page()


def this_page_made(*, simple: bool) -> str:
    """Lead to the simple or to the full version of the current page."""
    return (SIMPLE if simple else "") + PREFIXES[current_language()] + _this_page()


def _this_page() -> str:
    """Write the French address of the current page, with all that was asked; home when the page was not found."""
    if request.endpoint is None:
        return "/"
    # What the visitor sent is written anew as an address may be: a control character has no place in a page.
    path = quote(request.path.removeprefix(PREFIXES[current_language()]))
    asked = iri_to_uri("?" + request.query_string.decode(errors="replace")) if request.query_string else ""
    return path + asked
