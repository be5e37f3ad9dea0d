"""The simple version of every page: less on it, larger, in short sentences, acronyms spelled out.

It stands in the address, before the language: every link of a simple page leads to a simple page, caches keep the two
apart, and no cookie is needed. Inside, the site knows one map of addresses.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from flask import Flask, has_request_context, request

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


def _simply(inner: "WSGIApplication") -> "WSGIApplication":
    def application(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if path == SIMPLE or path.startswith(f"{SIMPLE}/"):
            environ = environ | {_MARK: "1", "PATH_INFO": path.removeprefix(SIMPLE) or "/"}
        return inner(environ, start_response)

    return application
