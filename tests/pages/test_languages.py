"""Sentences are found in the language of the page being made, and of no other."""

import pytest
from flask import Flask, render_template_string
from flask_babel import gettext, ngettext

from portal.web.languages import current_language, here
from tests.pages.conftest import Visit


def test_templates_and_views_speak_the_language_of_the_address(app: Flask) -> None:
    for path, said in (("/aide", "Aide"), ("/en/aide", "Help")):
        with app.test_request_context(path):
            assert (gettext("Aide"), render_template_string("{{ _('Aide') }}")) == (said, said)


def test_plurals_bend_to_the_language(app: Flask) -> None:
    with app.test_request_context("/en/"):
        assert ngettext("%(num)d service", "%(num)d services", 0) == "0 services"
    with app.test_request_context("/"):
        assert ngettext("%(num)d service", "%(num)d services", 0) == "0 service"


def test_outside_any_page_french_is_spoken(app: Flask) -> None:
    assert (current_language(), here()) == ("fr", "")
    with app.app_context():
        assert (current_language(), here(), gettext("Aide")) == ("fr", "", "Aide")


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("/en/services/rien-aaaaa", "This page does not exist. Check the address"),
        ("/en/lieux/rien-aaaaa", "This page does not exist. Check the address"),
        ("/en/themes/rien", "This topic does not exist"),
        ("/en/signaler/aaaaa", "This page does not exist. Check the address"),
        ("/en/signaler/recu/AAAA", "No report has this number"),
        ("/en/rien", "We did not find this page"),
    ],
)
def test_what_is_not_there_is_told_in_english(visit: Visit, path: str, sentence: str) -> None:
    assert sentence in visit(path, status=404).text
