"""The language of a page stands in its address: French at the root, English under /en. No cookie, no guess."""

from typing import Any

from flask import Flask, g, has_request_context, request, url_for
from flask_babel import Babel
from werkzeug.routing import BuildError

from portal.web.shipped import shipped_folder

FRENCH = "fr"
ENGLISH = "en"
LANGUAGES = (FRENCH, ENGLISH)
PREFIXES = {FRENCH: "", ENGLISH: "/en"}


def speak_languages(app: Flask) -> None:
    """Choose the language of each request by its address."""
    Babel(
        app,
        default_locale=FRENCH,
        default_translation_directories=str(shipped_folder("translations")),
        locale_selector=current_language,
    )
    app.jinja_env.globals.update(current_language=current_language, this_page_in=this_page_in, page_url=page_url)


def current_language() -> str:
    """Name the language of the page being made."""
    if not has_request_context():
        return FRENCH
    if "language" not in g:
        is_english = request.path == "/en" or request.path.startswith("/en/")
        g.language = ENGLISH if is_english else FRENCH
    return str(g.language)


def page_url(endpoint: str, **values: Any) -> str:  # noqa: ANN401 - what an address may hold
    """Lead to a page in the language of the current one; `endpoint` is the French one, such as `pages.home`."""
    return _url_in(current_language(), endpoint, dict(values))


def this_page_in(language: str) -> str:
    """Lead to the current page in another language, or to its home when the page was not found."""
    endpoint = (request.endpoint or "pages.home").removeprefix("en-")
    try:
        return _url_in(language, endpoint, dict(request.view_args or {}))
    except BuildError:
        return _url_in(language, "pages.home", {})


def _url_in(language: str, endpoint: str, values: dict[str, Any]) -> str:
    return url_for(endpoint if language == FRENCH else f"{language}-{endpoint}", **values)
