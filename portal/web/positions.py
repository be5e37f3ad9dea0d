"""A position in an address is cut to a hundred metres before anything reads it: no link and no memory repeats it."""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from flask import Flask

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_ASKED = "QUERY_STRING"
_NUMBER = r"(?:[-+]|%2B|%2D)?\d{1,3}(?:\.\d{1,3})?"
_BETWEEN = r"(?:\+|%20)*(?:[,;]|%2C|%3B|%252C|%253B)(?:\+|%20)*"
_REST = r"(?:(?<=\.\d\d\d)\d+)?"
_POSITION = re.compile(
    rf"(?:(?<![\d.])|(?<=%20))({_NUMBER}){_REST}({_BETWEEN}{_NUMBER}){_REST}", re.IGNORECASE | re.ASCII
)


def cut_positions(app: Flask) -> None:
    """Cut the positions in the address of every request."""
    app.wsgi_app = _cutting(app.wsgi_app)  # type: ignore[assignment,method-assign]  # as Flask’s own guide wraps it


def cut_in(asked: str) -> str:
    """Keep three decimals, about a hundred metres, of each position in what an address asks for."""
    return _POSITION.sub(r"\1\2", asked)


def _cutting(inner: "WSGIApplication") -> "WSGIApplication":
    def application(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        asked = environ.get(_ASKED, "")
        return inner(environ | {_ASKED: cut_in(asked)} if "." in asked else environ, start_response)

    return application
