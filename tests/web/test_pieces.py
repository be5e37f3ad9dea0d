"""What is the same on every page of a language and version is drawn once, and never shown to another."""

import pytest
from flask import Flask, g, render_template_string
from markupsafe import Markup

from portal.web.languages import speak_languages
from portal.web.pieces import keep_pieces

TEMPLATE = '{% macro menu() %}{{ draw() }}{% endmacro %}{{ drawn_once("menu", menu) }}'


def an_app(name: str) -> Flask:
    app = Flask(name)
    speak_languages(app)
    keep_pieces(app)
    drawn: list[str] = []

    def draw() -> Markup:
        drawn.append(name)
        return Markup("<b>{} {} {}</b>").format(name, g.here, len(drawn))

    app.jinja_env.globals.update(draw=draw)
    return app


@pytest.fixture
def app() -> Flask:
    return an_app("portal")


def page(app: Flask, path: str) -> str:
    with app.test_request_context(path):
        return render_template_string(TEMPLATE)


def test_a_piece_is_drawn_once(app: Flask) -> None:
    assert page(app, "/") == page(app, "/aide") == "<b>portal  1</b>"


def test_each_language_has_its_own_piece(app: Flask) -> None:
    assert (page(app, "/"), page(app, "/en/"), page(app, "/")) == (
        "<b>portal  1</b>",
        "<b>portal /en 2</b>",
        "<b>portal  1</b>",
    )


def test_two_portals_of_one_process_share_no_piece(app: Flask) -> None:
    assert page(app, "/") != page(an_app("other"), "/")
