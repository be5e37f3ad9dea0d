"""What went wrong, told to programs (RFC 9457): who asked for a calendar or a table cannot read a page."""

import json
from collections.abc import Mapping, Sequence
from http import HTTPStatus

from flask import Response, request

from portal.core.errors import Invalid
from portal.core.problems import Problem
from portal.web.keeping import NOTHING

SHAPES = (".json", ".csv", ".geojson", ".atom", ".ics", ".vcf")
"""Ends of the addresses of what is published for programs."""
API = "/api/"
CONTENT_TYPE = "application/problem+json; charset=utf-8"
Members = Mapping[str, str | Sequence[str]]


class BadValue(Invalid):
    """A value of the address cannot be used: which one, what was given, what may be."""

    status = HTTPStatus.BAD_REQUEST

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.text)
        self.problem = problem

    @property
    def members(self) -> Members:
        """Give what a program reads beside the sentence."""
        told = {"champ": self.problem.field, "valeur": self.problem.value}
        return told | ({"attendu": self.problem.expected} if self.problem.expected else {})


def is_for_programs(path: str = "") -> bool:
    """Tell whether a program asked: only the address says so, for browsers accept anything."""
    asked = path or request.path
    return asked.endswith(SHAPES) or asked.startswith(API)


def problem_answer(title: str, sentence: str, status: int, *, members: Members | None = None) -> Response:
    """Answer a program that what it asked for is not to be had, and what to do or where to go instead."""
    written = problem_text(title, sentence, status, members=members)
    return Response(written, status, {"Cache-Control": NOTHING}, content_type=CONTENT_TYPE)


def problem_text(title: str, sentence: str, status: int, *, members: Members | None = None) -> str:
    """Write a problem; `erreur` repeats its sentence, under the name that the rest of the API speaks in."""
    told = {"type": "about:blank", "title": title, "status": int(status), "detail": sentence, "erreur": sentence}
    return json.dumps(told | dict(members or {}), ensure_ascii=False)
