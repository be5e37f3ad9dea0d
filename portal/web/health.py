"""What a supervisor asks: is the process alive, and is it ready for its first visitor."""

from collections.abc import Callable, Iterator, Mapping
from http import HTTPStatus

from flask import Flask, Response, request

Check = Callable[[], bool]
HEARD = "X-Maillage-Heard"
"""A header of /healthz: which of the things that only the server in front can tell have come through."""
HOST, VISITOR = "host", "visitor"
STRANGER = "192.0.2.1"
"""An address that no visitor has (RFC 5737): where it comes through, the server in front lets anybody choose theirs."""


def answer_supervisors(app: Flask, *, ready_when: Mapping[str, Check], public_host: str = "") -> None:
    """Answer /healthz at once, and /readyz once every check holds, or with the name of the first that does not."""

    @app.get("/healthz")
    def healthz() -> Response:
        answer = _plain("ok", HTTPStatus.OK)
        if public_host:
            answer.headers[HEARD] = ", ".join(_heard(public_host)) or "nothing"
        return answer

    @app.get("/readyz")
    def readyz() -> Response:
        missing = next((name for name, check in ready_when.items() if not check()), "")
        if missing:
            return _plain(f"pas encore : {missing}", HTTPStatus.SERVICE_UNAVAILABLE)
        return _plain("ok", HTTPStatus.OK)


def _heard(public_host: str) -> Iterator[str]:
    """Name what the server in front told: the name that was asked for, and who asks."""
    if request.host == public_host:
        yield HOST
    told = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    if told and told != STRANGER:
        yield VISITOR


def _plain(text: str, status: HTTPStatus) -> Response:
    return Response(f"{text}\n", status, {"Cache-Control": "no-store"}, content_type="text/plain; charset=utf-8")
