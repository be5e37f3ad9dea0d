"""The language of a page is told to those who hear it, and French words are marked as such elsewhere."""

import pytest
from flask import Flask, g

from portal.web.languages import direction, in_french, speak_languages


@pytest.fixture
def app() -> Flask:
    app = Flask("words")
    speak_languages(app)
    return app


def test_french_words_are_marked_on_pages_in_another_language(app: Flask) -> None:
    with app.test_request_context("/"):
        assert in_french() == ""
    with app.test_request_context("/en/"):
        assert in_french() == ' lang="fr"'


@pytest.mark.parametrize(("language", "expected"), [("fr", "ltr"), ("en", "ltr"), ("ar", "rtl"), ("he", "rtl")])
def test_the_page_is_written_the_way_its_language_is(app: Flask, language: str, expected: str) -> None:
    with app.test_request_context("/"):
        g.language = language
        assert direction() == expected
