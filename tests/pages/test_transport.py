"""How answers travel: small, kept no longer than they hold, never sent twice."""

import gzip
from collections.abc import Callable

import pytest
from flask import Flask, Response
from flask.testing import FlaskClient

Answering = Callable[[Response], FlaskClient]
PACKED = {"Accept-Encoding": "gzip, br"}
LONG = "Ouvert jusqu’à 17 h. " * 100


@pytest.fixture
def answering(app: Flask) -> Answering:
    """Add a page, `/essai`, that answers as told."""

    def add(response: Response) -> FlaskClient:
        app.add_url_rule("/essai", view_func=lambda: response)
        return app.test_client()

    return add


def test_page_travels_compressed_to_who_can_read_it(answering: Answering) -> None:
    answer = answering(Response(LONG)).get("/essai", headers=PACKED)
    assert answer.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(answer.data).decode() == LONG
    assert answer.content_length == len(answer.data) < len(LONG) / 4


def test_page_travels_plain_to_an_old_browser(answering: Answering) -> None:
    answer = answering(Response(LONG)).get("/essai")
    assert answer.text == LONG
    assert "Accept-Encoding" in answer.headers["Vary"]


@pytest.mark.parametrize(
    "response",
    [
        Response("court"),
        Response(LONG, content_type="image/png"),
        Response(LONG, headers={"Cache-Control": "no-store"}),
        Response(LONG, headers={"Content-Encoding": "br"}),
        Response(iter([LONG]), content_type="text/csv"),
    ],
    ids=["short", "picture", "secret", "already", "streamed"],
)
def test_some_answers_are_left_as_they_are(answering: Answering, response: Response) -> None:
    assert answering(response).get("/essai", headers=PACKED).headers.get("Content-Encoding") != "gzip"


def test_style_sheet_travels_compressed_and_is_kept_a_year(browser: FlaskClient) -> None:
    with browser.get("/static/maillage.css?v=1", headers=PACKED) as answer:
        assert b"@layer" in gzip.decompress(answer.data)
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_style_sheet_without_its_mark_is_asked_again(browser: FlaskClient) -> None:
    with browser.get("/static/maillage.css") as first:
        assert "max-age=60" in first.headers["Cache-Control"]
    with browser.get("/static/maillage.css", headers=PACKED | {"If-None-Match": first.headers["ETag"]}) as again:
        assert again.status_code == 304


def test_page_is_kept_a_minute_by_everybody(browser: FlaskClient) -> None:
    assert browser.get("/").headers["Cache-Control"] == "public, max-age=60, must-revalidate"


def test_question_stays_with_who_asked_it(browser: FlaskClient) -> None:
    assert browser.get("/?ou=romilly").headers["Cache-Control"].startswith("private")


@pytest.mark.parametrize("headers", [{}, PACKED], ids=["plain", "compressed"])
def test_page_that_says_the_same_is_not_sent_again(browser: FlaskClient, headers: dict[str, str]) -> None:
    first = browser.get("/", headers=headers)
    again = browser.get("/", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["Content-Security-Policy"]


def test_page_that_changed_is_sent_again(app: Flask) -> None:
    said = ["Ouvert"]
    app.add_url_rule("/essai", view_func=lambda: said[0])
    mark = app.test_client().get("/essai").headers["ETag"]
    said[0] = "Fermé"
    assert app.test_client().get("/essai?plus-tard", headers={"If-None-Match": mark}).text == "Fermé"


@pytest.mark.parametrize("path", ["/nulle-part", "/recherche.json?rayon=zéro"])
def test_error_is_kept_by_nobody(browser: FlaskClient, path: str) -> None:
    assert browser.get(path).headers["Cache-Control"] == "no-store"


def test_sent_form_is_kept_by_nobody(browser: FlaskClient) -> None:
    assert browser.post("/").headers["Cache-Control"] == "no-store"
