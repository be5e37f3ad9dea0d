"""What a supervisor asks: is the process alive, and is it ready for its first visitor."""

from collections.abc import Callable, Sequence
from http import HTTPStatus

from flask import Flask, Response

Check = Callable[[], bool]


def answer_supervisors(app: Flask, *, ready_when: Sequence[Check]) -> None:
    """Answer /healthz at once, and /readyz once every check holds."""

    @app.get("/healthz")
    def healthz() -> Response:
        return _plain("ok", HTTPStatus.OK)

    @app.get("/readyz")
    def readyz() -> Response:
        is_ready = all(check() for check in ready_when)
        return _plain("ok", HTTPStatus.OK) if is_ready else _plain("pas encore", HTTPStatus.SERVICE_UNAVAILABLE)


def _plain(text: str, status: HTTPStatus) -> Response:
    return Response(f"{text}\n", status, {"Cache-Control": "no-store"}, content_type="text/plain; charset=utf-8")
