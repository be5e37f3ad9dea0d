"""The simple version of every page: less on it, larger, in short sentences, acronyms spelled out.

It stands in the address, before the language: every link of a simple page leads to a simple page, caches keep the two
apart, and no cookie is needed. Inside, the site knows one map of addresses.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from flask import Flask, has_request_context, request

from portal.core.languages import LANGUAGES

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

SIMPLE = "/simple"
_MARK = "maillage.simple"


def offer_simple_version(app: Flask) -> None:
    """Answer every address behind /simple too."""
    app.wsgi_app = _simply(app.wsgi_app)  # type: ignore[assignment,method-assign]  # as Flask’s own guide wraps it
    app.jinja_env.globals.update(is_simple=is_simple)


def is_simple() -> bool:
    """Tell whether the page being made is the simple one."""
    return has_request_context() and _MARK in request.environ


def simple_prefix() -> str:
    """Give what addresses begin with on a page of this kind."""
    return SIMPLE if is_simple() else ""


def _in_order(path: str) -> str:
    """Read the version before the language, in whichever order somebody typed them: /en/simple is /simple/en."""
    language, version, rest = [*path.removeprefix("/").split("/", 2), "", ""][:3]
    is_turned = language in LANGUAGES and f"/{version}" == SIMPLE
    return "/".join(filter(None, (SIMPLE, language, rest))) if is_turned else path


def _simply(inner: "WSGIApplication") -> "WSGIApplication":
    def application(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        path = _in_order(environ.get("PATH_INFO", ""))
        if path == SIMPLE or path.startswith(f"{SIMPLE}/"):
            full = path.removeprefix(SIMPLE)
            # The home page of a language ends with a slash; a redirection to it would forget the version.
            is_home = full.removeprefix("/") in {"", *LANGUAGES}
            environ = environ | {_MARK: "1", "PATH_INFO": f"{full.rstrip('/')}/" if is_home else full}
        return inner(environ, start_response)

    return application
