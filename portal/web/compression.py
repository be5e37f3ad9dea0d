"""Smaller answers for slow valleys: texts travel compressed to whoever can read that."""

import zlib
from http import HTTPStatus

from flask import Flask, Response, request

LEAST = 1000
"""Bytes under which compressing gains nothing."""
_LEVEL = 2
"""A fifth of a page's size; the levels above gain a twelfth of that for half as much time again."""
_GZIP = 31
_PARTS = frozenset([HTTPStatus.PARTIAL_CONTENT, HTTPStatus.NOT_MODIFIED])
_TEXTS = frozenset(
    [
        "application/atom+xml",
        "application/geo+json",
        "application/javascript",
        "application/json",
        "application/ld+json",
        "application/manifest+json",
        "application/opensearchdescription+xml",
        "application/xml",
        "application/x-suggestions+json",
        "image/svg+xml",
        "text/calendar",
        "text/css",
        "text/csv",
        "text/html",
        "text/javascript",
        "text/plain",
        "text/vcard",
        "text/xml",
    ]
)


def compress_answers(app: Flask) -> None:
    """Compress what is text and long enough, when the visitor's browser says that it can read it."""

    @app.after_request
    def _compress(response: Response) -> Response:
        if response.mimetype not in _TEXTS:
            return response
        response.vary.add("Accept-Encoding")
        if reads_gzip() and _may_shrink(response):
            _shrink(response)
        return response


def reads_gzip() -> bool:
    """Tell whether who asks says that they read compressed answers; "gzip;q=0" says that they do not."""
    told = request.headers.get("Accept-Encoding", "")
    return "gzip" in told and any(name == "gzip" and weight > 0 for name, weight in request.accept_encodings)


def _may_shrink(response: Response) -> bool:
    # What nobody may keep may hold a secret, and the size of a compressed secret tells of it.
    is_secret = (
        "no-store" in response.headers.get("Cache-Control", "") and response.status_code < HTTPStatus.BAD_REQUEST
    )
    is_whole = response.status_code not in _PARTS and "Content-Encoding" not in response.headers
    return is_whole and not is_secret and (response.direct_passthrough or not response.is_streamed)


def _shrink(response: Response) -> None:
    response.direct_passthrough = False
    body = response.get_data()
    if len(body) < LEAST:
        return
    response.set_data(shrink(body))
    response.headers["Content-Encoding"] = "gzip"
    mark, _ = response.get_etag()
    if mark:
        # One mark for two ways of writing the same answer is a weak one.
        response.set_etag(mark, weak=True)


def shrink(body: bytes) -> bytes:
    """Compress bytes as `Content-Encoding: gzip` says; equal bodies give equal bytes."""
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, _GZIP)
    return packer.compress(body) + packer.flush()
