"""Pages just made, kept while they are true: the same address asked again within the minute is not made again.

A page may be kept as long as browsers may keep it, never longer than the minute it tells of, and only until anything
changes: `stamp` says so, and is None while nothing can be sure. What is kept is forgotten all at once when the stamp
moves on. Addresses are known by a digest, so that no question stands here to be read. Pages that found nothing are
made anew each time: their needs are counted while they are made.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from hashlib import blake2b
from http import HTTPStatus

from flask import Flask, Response, g, request
from werkzeug.datastructures import Headers

from portal.web.audience import Subject, subject_of_page
from portal.web.compression import reads_gzip
from portal.web.keeping import NOTHING
from portal.web.simple import simple_prefix

MOST_KEPT = 8_000_000
"""Bytes of pages kept in each process, of some seven kilobytes each; beyond, all are forgotten at once."""
_HEADERS = 2000
_METHODS = frozenset(["GET", "HEAD"])
_TEXTS = frozenset(["text/html", "application/json"])
Stamp = Callable[[], Hashable | None]


@dataclass(frozen=True)
class _Page:
    body: bytes
    headers: Headers
    subject: Subject


@dataclass
class _Shelf:
    stamp: Hashable = None
    pages: dict[bytes, _Page] = field(default_factory=dict)
    size: int = 0

    def keep(self, address: bytes, page: _Page) -> None:
        """Keep a page; its headers weigh some bytes, too."""
        self.pages[address] = page
        self.size += len(page.body) + _HEADERS


def remember_pages(app: Flask, *, stamp: Stamp) -> None:
    """Give again what was made for the same address while the stamp stays; to be opened before what dresses answers."""
    shelf = _Shelf()

    @app.before_request
    def _again() -> Response | None:
        nonlocal shelf
        if request.method not in _METHODS or request.endpoint == "static" or "Cookie" in request.headers:
            return None
        now = stamp()
        if now is None:
            return None
        if now != shelf.stamp or shelf.size >= MOST_KEPT:
            shelf = _Shelf(now)
        g.shelf, g.address = shelf, _address()
        page = shelf.pages.get(g.address)
        if page is None:
            return None
        g.is_again, g.subject = True, page.subject
        return Response(page.body, headers=page.headers.copy())

    @app.after_request
    def _keep(response: Response) -> Response:
        # The shelf is the one of the stamp from before the page was made: what changed meanwhile has another.
        if "shelf" in g and "is_again" not in g and _is_worth_keeping(response):
            g.shelf.keep(g.address, _Page(response.get_data(), response.headers.copy(), subject_of_page()))
        return response


def _address() -> bytes:
    told = f"{request.host}\n{reads_gzip()}\n{simple_prefix()}\n{request.path}?"
    return blake2b(told.encode() + request.query_string, digest_size=16).digest()


def _is_worth_keeping(response: Response) -> bool:
    return (
        request.method == "GET"
        and response.status_code == HTTPStatus.OK
        and response.mimetype in _TEXTS
        and NOTHING not in response.headers.get("Cache-Control", NOTHING)
        and not response.is_streamed
        and not subject_of_page().found_nothing
    )
