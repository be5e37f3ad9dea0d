"""The headers of every answer: what a browser may do with it."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from flask import Flask, Response

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; script-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), microphone=(), payment=(), usb=(), geolocation=(self)",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
TRANSPORT = ("Strict-Transport-Security", "max-age=31536000; includeSubDomains")


def protect_answers(app: Flask, *, over_https: bool) -> None:
    """Put the safety headers on every answer, errors included; behind HTTPS, redirections stay there."""

    @app.after_request
    def _add_headers(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if over_https:
            response.headers.setdefault(*TRANSPORT)
        return response

    if over_https:
        app.wsgi_app = _always_https(app.wsgi_app)  # type: ignore[assignment,method-assign]  # as Flask’s own guide wraps it


def _always_https(inner: "WSGIApplication") -> "WSGIApplication":
    """Believe the settings and no header: the server in front may forget to say that it speaks HTTPS."""

    def application(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        return inner(environ | {"wsgi.url_scheme": "https"}, start_response)

    return application
