"""Templates hold what is the same on all pages of a language and version, and ask for all the rest."""

import pytest
from flask import Flask
from jinja2 import DictLoader, nodes

from portal.web.addresses import write_addresses
from portal.web.languages import speak_languages
from portal.web.rendering import prepare_templates, render
from portal.web.settling import SETTLED, Templates
from portal.web.shipped import shipped_folder
from portal.web.simple import offer_simple_version

MENU = (
    '<a href="{{ to("/aide") }}"{{ in_french() }}>{{ _("Aide") }}{% if is_simple() %}!{% endif %}</a>'
    '{{ _("%(km)s km", km=km) }}'
)


@pytest.fixture
def app() -> Flask:
    app = Flask("portal")
    prepare_templates(app)
    # These templates ask other functions for the same names.
    app.jinja_env.bytecode_cache = None
    speak_languages(app)
    write_addresses(app, base_url="")
    offer_simple_version(app)
    app.jinja_env.loader = DictLoader({"menu.html": MENU, "foreign.html": "{{ said }}{{ escaped('<') }}"})
    app.add_url_rule("/aide", view_func=lambda: render("menu.html", km="<3>"))
    app.add_url_rule("/en/aide", endpoint="english", view_func=lambda: render("menu.html", km="<3>"))
    return app


@pytest.mark.parametrize(
    ("path", "page"),
    [
        ("/aide", '<a href="/aide">Aide</a>&lt;3&gt; km'),
        ("/en/aide", '<a href="/en/aide" lang="fr">Help</a>&lt;3&gt; km'),
        ("/simple/aide", '<a href="/simple/aide">Aide!</a>&lt;3&gt; km'),
        ("/simple/en/aide", '<a href="/simple/en/aide" lang="fr">Help!</a>&lt;3&gt; km'),
    ],
)
def test_each_language_and_version_has_its_own_words(app: Flask, path: str, page: str) -> None:
    visitor = app.test_client()
    for other in ("/simple/en/aide", "/aide", "/en/aide", "/simple/aide"):
        visitor.get(other)
    assert visitor.get(path).text == page


def test_what_never_changes_is_asked_for_once(app: Flask) -> None:
    asked: list[str] = []

    def to(path: str) -> str:
        asked.append(path)
        return path

    app.jinja_env.globals.update(to=to)
    for _ in range(3):
        app.test_client().get("/aide")
    assert asked == ["/aide"]


def test_foreign_words_are_escaped_each_time(app: Flask) -> None:
    app.jinja_env.globals.update(escaped=lambda sign: sign)
    with app.test_request_context("/"):
        assert [render("foreign.html", said=said) for said in ("<b>", "&")] == ["&lt;b&gt;&lt;", "&amp;&lt;"]


def test_no_template_gives_a_settled_name_to_something_else(app: Flask) -> None:
    folder = shipped_folder("templates")
    trees = [app.jinja_env.parse(path.read_text(encoding="utf-8")) for path in folder.rglob("*.html")]
    given = {name.name for tree in trees for name in tree.find_all(nodes.Name) if name.ctx != "load"}
    assert isinstance(app.jinja_env, Templates)
    assert not given & SETTLED
    assert "item" in given
