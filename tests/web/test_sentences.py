"""Sentences of the interface are said in the language of the page, as templates say them."""

import pytest
from flask import Flask, g

from portal.web.languages import speak_languages
from portal.web.sentences import gettext, ngettext


@pytest.fixture
def app() -> Flask:
    app = Flask("portal")
    speak_languages(app)
    return app


@pytest.mark.parametrize(("path", "said"), [("/", ("Aide", "3 km")), ("/en/", ("Help", "3 km"))])
def test_a_sentence_is_in_the_language_of_the_page(app: Flask, path: str, said: tuple[str, str]) -> None:
    with app.test_request_context(path):
        assert (gettext("Aide"), gettext("%(km)s km", km=3)) == said


@pytest.mark.parametrize(("path", "said"), [("/", ["0 service", "2 services"]), ("/en/", ["0 services", "2 services"])])
def test_each_language_counts_in_its_own_way(app: Flask, path: str, said: list[str]) -> None:
    with app.test_request_context(path):
        told = [ngettext("%(num)d service", "%(num)d services", number) for number in (0, 2)]
        assert told == said


def test_outside_a_page_sentences_are_french(app: Flask) -> None:
    with app.app_context():
        assert gettext("Aide") == "Aide"
        assert g.language == "fr"
