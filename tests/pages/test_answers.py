"""What the portal answers when it is not ready, at fault, or asked for too much."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask, request
from flask.testing import FlaskClient
from werkzeug.exceptions import default_exceptions

from portal.app import Opened, create_app
from portal.core.clock import FixedClock
from portal.core.command import Room
from portal.core.database import Database, open_database
from portal.core.errors import Busy, NotFound
from portal.web.opening import LARGEST_FORM
from tests.pages.conftest import Visit


@pytest.fixture
def failing(app: Flask) -> Callable[[Exception], None]:
    """Add a page, `/essai`, that fails as told."""

    def add(error: Exception) -> None:
        def fail() -> str:
            raise error

        app.add_url_rule("/essai", view_func=fail)

    return add


def test_fault_of_ours_is_admitted_in_full(visit: Visit, failing: Callable[[Exception], None]) -> None:
    failing(ZeroDivisionError("03 53 01 00 00"))
    page = visit("/essai", status=500)
    assert page.h1 == "Une panne de notre côté"
    assert "03 53" not in page.text


def test_rule_speaks_for_itself(visit: Visit, failing: Callable[[Exception], None]) -> None:
    failing(NotFound("Ce service n’existe plus."))
    assert "Ce service n’existe plus." in visit("/essai", status=404).text


@pytest.mark.parametrize("status", [400, 404, 410, 414])
def test_page_that_is_not_there_offers_the_search(
    visit: Visit, failing: Callable[[Exception], None], status: int
) -> None:
    failing(default_exceptions[status]())
    page = visit("/essai", status=status)
    assert page.root.findall(".//form")[0].get("action") == "/recherche"
    assert page.title.split(" · ")[0] == page.h1
    assert page.response.headers["Cache-Control"] == "no-store"


def test_address_that_leads_nowhere_is_searched_by_its_words(visit: Visit) -> None:
    fields = visit("/services/medecin-plancy", status=404).root.findall(".//input[@id='quoi']")
    assert [field.get("value") for field in fields] == ["medecin plancy"]


@pytest.mark.parametrize("status", [403, 405, 413, 414, 429, 503])
def test_error_is_said_in_words_in_both_languages(
    visit: Visit, failing: Callable[[Exception], None], app: Flask, status: int
) -> None:
    failing(default_exceptions[status]())
    app.add_url_rule("/en/essai", view_func=app.view_functions["fail"], endpoint="fail-in-english")
    french, english = visit("/essai", status=status), visit("/en/essai", status=status)
    assert french.h1 != english.h1
    assert f"Code {status}" in french.text


@pytest.mark.parametrize("status", [400, 404, 410, 414, 429, 503])
@pytest.mark.parametrize("shape", ["json", "csv", "geojson", "atom", "ics", "vcf"])
def test_programs_are_told_of_a_problem_in_their_own_words(
    browser: FlaskClient, app: Flask, status: int, shape: str
) -> None:
    def fail() -> str:
        raise default_exceptions[status]

    app.add_url_rule(f"/essai.{shape}", view_func=fail)
    answer = browser.get(f"/essai.{shape}")
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    assert answer.json is not None
    assert answer.json["status"] == status
    assert answer.json["detail"].endswith((".", ":"))
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/recherche.csv?rayon=loin", 400),
        ("/recherche.ics?quand=jamais", 400),
        ("/services/rien.json", 404),
        ("/services/rien-33333.ics", 404),
        ("/lieux/rien.vcf", 404),
        ("/rien.json", 404),
    ],
)
def test_what_programs_mistype_is_a_problem_in_json(browser: FlaskClient, path: str, status: int) -> None:
    answer = browser.get(path)
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")


def test_fault_of_ours_is_admitted_to_programs_too(browser: FlaskClient, app: Flask) -> None:
    def fail() -> str:
        raise ZeroDivisionError

    app.add_url_rule("/essai.json", view_func=fail)
    answer = browser.get("/essai.json")
    assert (answer.status_code, answer.mimetype) == (500, "application/problem+json")


def test_last_resort_shows_itself_without_the_rest_of_the_portal(
    app: Flask, failing: Callable[[Exception], None]
) -> None:
    failing(RuntimeError("unforeseen"))
    answer = app.test_client().get("/essai")
    assert (answer.status_code, 'href="tel:112"' in answer.text) == (500, True)
    sheet = app.test_client().get(re.findall(r'href="(/static/[^"]+)"', answer.text)[0])
    assert sheet.mimetype == "text/css"
    sheet.close()


def test_busy_portal_asks_to_come_back(visit: Visit, failing: Callable[[Exception], None]) -> None:
    failing(Busy())
    page = visit("/essai?ou=Romilly", status=503)
    assert page.links()["Réessayer"] == "/essai?ou=Romilly"
    assert "réessayez dans quelques minutes" in page.text
    assert page.response.headers["Retry-After"] == "60"


def test_form_that_is_too_heavy_is_refused(app: Flask) -> None:
    app.add_url_rule("/essai", view_func=lambda: str(len(request.form)), methods=["POST"])
    assert app.test_client().post("/essai", data={"mots": "x" * (LARGEST_FORM + 1)}).status_code == 413


def test_portal_is_not_ready_without_its_tables(clock: FixedClock, tmp_path: Path) -> None:
    empty = open_database(f"sqlite:///{tmp_path / 'none.sqlite'}")
    app = create_app(Room(data_dir=tmp_path, database=empty, clock=clock), None, Opened("k" * 64, ("localhost",)))
    assert app.test_client().get("/readyz").status_code == 503
    empty.close()


@pytest.mark.parametrize("over_https", [True, False])
def test_browsers_are_kept_on_https_only_where_it_is(
    database: Database, clock: FixedClock, tmp_path: Path, *, over_https: bool
) -> None:
    room = Room(data_dir=tmp_path, database=database, clock=clock)
    app = create_app(room, None, Opened("k" * 64, ("localhost",), over_https=over_https))
    assert ("Strict-Transport-Security" in app.test_client().get("/").headers) == over_https
