"""What is published for programs may be read by any site: browsers ask before they let a script do it."""

from http import HTTPStatus

from flask import Flask, Response, request

from portal.web.problems import is_for_programs

_METHODS = "GET, HEAD, OPTIONS"
_ASKED_WITH = "Accept, Accept-Language, Content-Type, If-None-Match, If-Modified-Since, X-Requested-With"
"""What scripts usually say with a question; none of it changes the answer, but for the mark they already have."""
_TOLD_WITH = "Allow, Content-Disposition, Content-Location, ETag, Retry-After"
"""What a script may read beside the body."""
_A_DAY = "86400"


def open_to_all(app: Flask) -> None:
    """Let scripts of every site read what is published for programs, and tell browsers that ask first."""

    @app.after_request
    def _open(response: Response) -> Response:
        if not is_for_programs():
            return response
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Expose-Headers"] = _TOLD_WITH
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        if request.method == "OPTIONS" and response.status_code == HTTPStatus.OK:
            _say_how(response)
        return response


def _say_how(response: Response) -> None:
    response.status_code = HTTPStatus.NO_CONTENT
    response.headers["Access-Control-Allow-Methods"] = _METHODS
    response.headers["Access-Control-Allow-Headers"] = _ASKED_WITH
    response.headers["Access-Control-Max-Age"] = _A_DAY
