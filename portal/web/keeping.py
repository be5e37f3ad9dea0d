"""What browsers and proxies may keep of an answer, and how they ask whether it still holds.

A page says whether a door is open now, so it is kept a minute at most. What somebody asked for stays out of shared
stores: their words and their position are theirs. The mark of an answer is a digest of it: a page that says the same
is not sent again.
"""

from hashlib import blake2b
from http import HTTPStatus

from flask import Flask, Response, request

PAGE = "public, max-age=60, must-revalidate"
QUESTION = "private, max-age=60, must-revalidate"
REDIRECTION = "public, max-age=3600"
STATIC = "public, max-age=31536000, immutable"
NOTHING = "no-store"
AN_HOUR = "public, max-age=3600"
"""For what tells nothing of the hour: site map, descriptions for programs."""
_MARK_SIZE = 12


def say_what_may_be_kept(app: Flask) -> None:
    """Say of every answer how long it holds, and answer “not modified” to who already has it."""

    @app.after_request
    def _say(response: Response) -> Response:
        if "Cache-Control" not in response.headers or _is_static():
            response.headers["Cache-Control"] = _hold(response.status_code)
        if response.status_code == HTTPStatus.OK and request.method in {"GET", "HEAD"}:
            _mark(response)
        return response


def _is_static() -> bool:
    return request.endpoint == "static"


def _hold(status: int) -> str:
    is_read = request.method in {"GET", "HEAD"}
    if status in {HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.PERMANENT_REDIRECT} and is_read:
        return REDIRECTION
    if status not in {HTTPStatus.OK, HTTPStatus.NOT_MODIFIED} or not is_read:
        return NOTHING
    if _is_static():
        # Without the mark of its content the address may stand for another file tomorrow.
        return STATIC if "v" in request.args else PAGE
    return QUESTION if request.query_string else PAGE


def _mark(response: Response) -> None:
    if response.direct_passthrough or response.is_streamed or response.headers["Cache-Control"] == NOTHING:
        return
    if "ETag" not in response.headers:
        response.set_etag(blake2b(response.get_data(), digest_size=_MARK_SIZE).hexdigest(), weak=True)
    if "If-None-Match" in request.headers:
        response.make_conditional(request)
