"""What comes to the door before the application: an address as people write it, and what is no request at all."""

import logging
import re
import socket
from collections.abc import Mapping
from contextlib import suppress
from http import HTTPStatus
from urllib.parse import quote_from_bytes

from gunicorn.http.errors import LimitRequestHeaders, LimitRequestLine, ParseException
from gunicorn.http.message import Request
from gunicorn.http.parser import RequestParser
from gunicorn.workers.gthread import ThreadWorker

from portal.core.languages import Label
from portal.core.logs import place_of
from portal.web.errors import OUR_FAULT, TRY_AGAIN, last_resort
from portal.web.headers import HEADERS, POLICY
from portal.web.problems import CONTENT_TYPE, is_for_programs, problem_text

log = logging.getLogger(__name__)
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]+")
_LONGEST_LOOK = 200
"""Bytes of a broken request that are looked at, to answer in the shape its address asks for."""
_HTML = "text/html; charset=utf-8"
_KNOWN = ("X-Content-Type-Options", "Referrer-Policy", "Cross-Origin-Resource-Policy")


class AsWritten(Request):  # type: ignore[misc]  # the library ships no types
    """A request whose address may hold accents as they are typed: command lines and old programs send them so."""

    def parse(self, unreader: object) -> bytes:
        """Read a request; what is none goes with how it began."""
        self.begun = bytearray()
        try:
            rest: bytes = super().parse(unreader)
        except ParseException as error:
            error.begun = bytes(self.begun[:_LONGEST_LOOK])
            raise
        return rest

    def read_line(self, unreader: object, buf: bytearray, limit: int = 0) -> tuple[bytes, bytearray]:
        """Read the first line, and keep where it is being gathered."""
        self.begun = buf
        line, rest = super().read_line(unreader, buf, limit)
        return line, rest

    def parse_request_line(self, line_bytes: bytes) -> None:
        """Read the first line, its accents written the way addresses write them."""
        super().parse_request_line(_BEYOND_ASCII.sub(lambda found: quote_from_bytes(found[0]).encode(), line_bytes))


RequestParser.mesg_class = AsWritten


class Discreet(ThreadWorker):  # type: ignore[misc]  # the library ships no types
    """The worker of the server, made to answer in French what is no request, and to log nothing of the visitor."""

    def handle_error(self, req: object, client: socket.socket, addr: object, exc: BaseException) -> None:  # noqa: ARG002 - the library's own signature
        """Answer what never reached the application; the library would log the address and the words searched."""
        if not isinstance(exc, ParseException):
            log.error("a request could not be answered: %(error)s", {"error": place_of(exc)})
        with suppress(OSError):
            client.sendall(_answer_to(exc))


def _answer_to(error: BaseException) -> bytes:
    status = _status_of(error)
    title, sentence = _SAID[status]
    if is_for_programs(_path(getattr(error, "begun", b""))):
        kind, text = CONTENT_TYPE, problem_text(title.fr, sentence.fr, status)
    else:
        kind, text = _HTML, last_resort(title, sentence, passes_by=status is HTTPStatus.INTERNAL_SERVER_ERROR)
    body = text.encode()
    headers = {
        "Connection": "close",
        "Content-Type": kind,
        "Content-Length": str(len(body)),
        "Cache-Control": "no-store",
        "Content-Security-Policy": f"{POLICY}'none'",
        **{name: HEADERS[name] for name in _KNOWN},
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"HTTP/1.1 {status.value} {status.phrase}\r\n{head}\r\n".encode("ascii") + body


_SAID: Mapping[HTTPStatus, tuple[Label, Label]] = {
    HTTPStatus.REQUEST_URI_TOO_LONG: (
        Label("Adresse trop longue", "This address is too long"),
        Label(
            "Cette adresse est trop longue pour être lue : cherchez avec quelques mots.",
            "It is too long to be read: search with a few words.",
        ),
    ),
    HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE: (
        Label("Demande trop longue", "This request is too long"),
        Label(
            "Ce que votre navigateur envoie en plus de l’adresse est trop long : effacez les cookies de ce site.",
            "What your browser sends beside the address is too long: delete the cookies of this site.",
        ),
    ),
    HTTPStatus.BAD_REQUEST: (
        Label("Demande mal écrite", "This request is malformed"),
        Label(
            "Cette demande n’est pas écrite comme le veut le protocole HTTP.",
            "It is not written as the HTTP protocol requires.",
        ),
    ),
    HTTPStatus.INTERNAL_SERVER_ERROR: (OUR_FAULT, TRY_AGAIN),
}


def _status_of(error: BaseException) -> HTTPStatus:
    if isinstance(error, LimitRequestLine):
        return HTTPStatus.REQUEST_URI_TOO_LONG
    if isinstance(error, LimitRequestHeaders):
        return HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
    return HTTPStatus.BAD_REQUEST if isinstance(error, ParseException) else HTTPStatus.INTERNAL_SERVER_ERROR


def _path(begun: bytes) -> str:
    """Read the path in what a broken request began with."""
    words = begun.split(b"\r\n")[0].split(b" ")
    return words[1].split(b"?")[0].decode("latin-1") if len(words) > 1 and words[1] else "/"
