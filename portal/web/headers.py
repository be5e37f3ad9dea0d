"""The headers of every answer: what a browser may do with it."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, g

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; script-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors "
)
NOBODY = "'none'"
_SITES = "maillage embed sites"
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), microphone=(), payment=(), usb=(), geolocation=(self)",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
TRANSPORT = ("Strict-Transport-Security", "max-age=31536000; includeSubDomains")


def protect_answers(app: Flask, *, over_https: bool, framed_by: Sequence[str] = (), pictures_from: str = "") -> None:
    """Put the safety headers on every answer, errors included; behind HTTPS, redirections stay there.

    Only the sites named may show in a frame the pages made for it; pictures come from us, and from one more place.
    """
    app.extensions[_SITES] = tuple(framed_by)
    hosts = " ".join(framed_by) or NOBODY
    policy = POLICY.replace("data:", f"data: {pictures_from}") if pictures_from else POLICY

    @app.after_request
    def _add_headers(response: Response) -> Response:
        # A page that was kept has said already who may frame it.
        if "Content-Security-Policy" not in response.headers:
            ancestors = hosts if "may_be_framed" in g else NOBODY
            response.headers["Content-Security-Policy"] = policy + ancestors
            if ancestors == NOBODY:
                response.headers["X-Frame-Options"] = "DENY"
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if over_https:
            response.headers.setdefault(*TRANSPORT)
        return response

    if over_https:
        app.wsgi_app = _always_https(app.wsgi_app)  # type: ignore[assignment,method-assign]  # as Flask’s own guide wraps it


def embed_sites() -> tuple[str, ...]:
    """List the sites whose frames may show the pages made for that."""
    sites: tuple[str, ...] = current_app.extensions[_SITES]
    return sites


def origin_of(url: str) -> str:
    """Name the site of an address as a policy does; what a map puts for {s} is any of its servers."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}".replace("{s}", "*") if url else ""


def let_be_framed() -> None:
    """Say that the page being made may stand in a frame, on the sites the settings name."""
    g.may_be_framed = True


def let_nobody_know(response: Response, *, hides: bool) -> Response:
    """Where an answer is about violence, name it to no site that is reached from it."""
    if hides:
        response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _always_https(inner: "WSGIApplication") -> "WSGIApplication":
    """Believe the settings and no header: the server in front may forget to say that it speaks HTTPS."""

    def application(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        return inner(environ | {"wsgi.url_scheme": "https"}, start_response)

    return application
