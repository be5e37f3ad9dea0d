"""What a supervisor asks: is the process alive, and is it ready for its first visitor."""

from collections.abc import Callable, Mapping
from http import HTTPStatus

from flask import Flask, Response

Check = Callable[[], bool]


def answer_supervisors(app: Flask, *, ready_when: Mapping[str, Check]) -> None:
    """Answer /healthz at once, and /readyz once every check holds, or with the name of the first that does not."""

    @app.get("/healthz")
    def healthz() -> Response:
        return _plain("ok", HTTPStatus.OK)

    @app.get("/readyz")
    def readyz() -> Response:
        missing = next((name for name, check in ready_when.items() if not check()), "")
        if missing:
            return _plain(f"pas encore : {missing}", HTTPStatus.SERVICE_UNAVAILABLE)
        return _plain("ok", HTTPStatus.OK)


def _plain(text: str, status: HTTPStatus) -> Response:
    return Response(f"{text}\n", status, {"Cache-Control": "no-store"}, content_type="text/plain; charset=utf-8")
