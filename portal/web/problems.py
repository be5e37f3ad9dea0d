"""What went wrong, told to programs (RFC 9457): who asked for a calendar or a table cannot read a page."""

import json

from flask import Response, request

from portal.web.keeping import NOTHING

SHAPES = (".json", ".csv", ".geojson", ".atom", ".ics", ".vcf")
"""Ends of the addresses of what is published for programs."""
_API = "/api/"
_JSON = "application/json; charset=utf-8"
CONTENT_TYPE = "application/problem+json; charset=utf-8"


def is_for_programs() -> bool:
    """Tell whether a program asked: only the address says so, for browsers accept anything."""
    return request.path.endswith(SHAPES) or request.path.startswith(_API)


def problem_answer(title: str, sentence: str, status: int, *, successor: str = "") -> Response:
    """Answer a program that what it asked for is not to be had, and where to go instead."""
    if request.path.startswith(_API):
        # What the API refuses is said in its own shape, wherever it is refused.
        answer = Response(json.dumps({"erreur": sentence}, ensure_ascii=False), status, content_type=_JSON)
        answer.headers["Cache-Control"] = NOTHING
        return answer
    told = {"type": "about:blank", "title": title, "status": int(status), "detail": sentence}
    if successor:
        told["successeur"] = successor
    answer = Response(json.dumps(told, ensure_ascii=False), status, content_type=CONTENT_TYPE)
    answer.headers["Cache-Control"] = NOTHING
    return answer
