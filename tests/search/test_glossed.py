"""Foreign texts are escaped, and their acronyms explained once a page."""

import pytest
from flask import Flask

from portal.search.glossed import glossed
from portal.web.simple import offer_simple_version


@pytest.fixture
def app() -> Flask:
    app = Flask("words")
    app.add_url_rule("/", "home", lambda: glossed("La CAF & la MSA, la CAF <b>"))
    app.add_url_rule("/en/", "en-home", lambda: glossed("La CAF"))
    offer_simple_version(app)
    return app


def read(app: Flask, path: str) -> str:
    return app.test_client().get(path).text


def test_an_acronym_is_explained_the_first_time_only(app: Flask) -> None:
    assert read(app, "/") == (
        'La <abbr title="caisse d’allocations familiales">CAF</abbr> &amp; la '
        '<abbr title="mutualité sociale agricole">MSA</abbr>, la CAF &lt;b&gt;'
    )


def test_an_english_page_explains_in_english(app: Flask) -> None:
    assert read(app, "/en/") == 'La <abbr title="family benefits office" lang="en">CAF</abbr>'


def test_a_simple_page_spells_them_out(app: Flask) -> None:
    assert read(app, "/simple").startswith("La CAF (caisse d’allocations familiales) &amp; la MSA (")
