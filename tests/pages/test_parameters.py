"""Every parameter of an address, given what it cannot be: what a page, an answer and a list make of it."""

import json
from http import HTTPStatus

import pytest
from flask.testing import FlaskClient

from portal.search.requests import LAST_PAGE, MODES, SORTS
from portal.vocabulary.audiences import Audience
from tests.pages.conftest import Visit
from tests.search.towns import Town, serving

REFUSED = {
    "rayon=loin": ("1 à 100",),
    "rayon=nan": ("1 à 100",),
    "quand=hier": ("maintenant", "samedi", "2026-12-01T18:30"),
    "quand=2026-02-30": ("maintenant",),
    "mode=cheval": tuple(MODES),
    "tri=hasard": tuple(SORTS),
    "gratuit=peut-être": ("1",),
    "accessible=2": ("1",),
    "theme=licornes": ("sante",),
    "public=chats": tuple(Audience),
    "public=jeunes,chats": tuple(Audience),
    "sans=tout": ("lieu", "quand"),
}
"""What nobody can read, and some of what may stand there: refused wherever it is given."""
ADJUSTED = {
    "rayon=0": "1",
    "rayon=500": "100",
    "rayon=inf": "100",
    "rayon=2.5": "2",
    "rayon=5&rayon=50": "5",
    "page=0": "1",
    "page=abc": "1",
    "page=-3": "1",
    "page=9999": str(LAST_PAGE),
    "tri=nom&tri=distance": "nom",
    "mode=visio&mode=telephone": "visio",
    "quoi=crèche&quoi=mairie": "crèche",
    "theme=PE02&theme=PE01": "PE02",
    f"quoi={'crèche ' * 40}": ("crèche " * 28).strip(),
    "ou=10323&ou=Nogent": "10323",
    "ou=Romily-sur-Sein": "10323",
    "ou=Zzyzx": None,
}
"""What is brought to something: pages and JSON say so, lists that have no room to say it refuse."""
LISTS = ("csv", "geojson", "atom", "ics")


@pytest.fixture(autouse=True)
def creche(town: Town) -> None:
    town.knows(serving("Crèche du Lavoir", opens="Mo-Fr 07:30-18:30", concepts=("PE02",)))


def _refusal(browser: FlaskClient, path: str) -> dict[str, object]:
    response = browser.get(path)
    assert (response.status_code, response.mimetype) == (HTTPStatus.BAD_REQUEST, "application/problem+json"), path
    told: dict[str, object] = json.loads(response.text)
    assert str(told["detail"]).endswith((".", "?"))
    return told


@pytest.mark.parametrize("query", REFUSED)
def test_what_nobody_can_read_is_refused_everywhere(browser: FlaskClient, visit: Visit, query: str) -> None:
    field, _, value = query.partition("=")
    for path in ("/api/v1/recherche", "/recherche.json", *(f"/recherche.{shape}" for shape in LISTS)):
        told = _refusal(browser, f"{path}?{query}")
        assert (told["champ"], str(told["valeur"]) in value, bool(told["valeur"])) == (field, True, True)
        assert {*REFUSED[query]} <= {*told["attendu"]}  # type: ignore[misc]  # JSON values have no narrower type
    assert "ne se lit pas" in visit(f"/recherche?{query}", status=400).h1
    assert visit(f"/en/recherche?{query}", status=400).root.get("lang") == "en"


@pytest.mark.parametrize("query", ADJUSTED)
def test_what_is_brought_to_something_else_is_said(browser: FlaskClient, query: str) -> None:
    field, kept = query.partition("=")[0], ADJUSTED[query]
    for path in ("/api/v1/recherche", "/recherche.json"):
        response = browser.get(f"{path}?{query}")
        told = json.loads(response.text)["compris"]["ajustements"]
        assert response.status_code == HTTPStatus.OK
        assert [(each["champ"], each["retenu"]) for each in told] == [(field, kept)]


def test_a_place_too_long_is_cut_and_then_not_found_and_both_are_said(browser: FlaskClient) -> None:
    long = f"10323{' la' * 40}"
    told = json.loads(browser.get(f"/recherche.json?ou={long}").text)["compris"]["ajustements"]
    assert [(each["champ"], each["retenu"]) for each in told] == [("ou", long[:100].strip()), ("ou", None)]
    assert _refusal(browser, f"/recherche.csv?ou={long}")["champ"] == "ou"


@pytest.mark.parametrize("query", [query for query in ADJUSTED if not query.startswith(("ou=", "page="))])
def test_pages_say_what_they_made_of_a_value(visit: Visit, query: str) -> None:
    for prefix, words in (
        ("", ("ayon", "plusieurs fois", "est longue")),
        ("/en", ("radius", "several times", "is long")),
    ):
        text = visit(f"{prefix}/recherche?{query}").text
        assert any(each in text for each in words)


@pytest.mark.parametrize("query", [query for query in ADJUSTED if not query.startswith("page=")])
@pytest.mark.parametrize("shape", LISTS)
def test_lists_refuse_what_they_have_no_room_to_say(browser: FlaskClient, query: str, shape: str) -> None:
    assert _refusal(browser, f"/recherche.{shape}?{query}")["champ"] == query.partition("=")[0]


@pytest.mark.parametrize("shape", LISTS)
def test_lists_have_no_pages_and_name_the_question_they_answer(browser: FlaskClient, shape: str) -> None:
    response = browser.get(f"/recherche.{shape}?ou=romilly&page=7")
    assert response.status_code == HTTPStatus.OK
    assert response.headers["Content-Location"] == f"/recherche.{shape}?ou=10323"


def test_page_leads_to_lists_of_the_commune_it_guessed(browser: FlaskClient, visit: Visit) -> None:
    links = [each.get("href", "") for each in visit("/recherche?ou=Romily-sur-Sein").root.findall(".//link")]
    lists = [each for each in links if each.startswith("/recherche.")]
    assert lists
    assert [browser.get(each).status_code for each in lists] == [HTTPStatus.OK] * len(lists)


PASSAGES = {
    "rayon=500": "5",
    "rayon=7": "10",
    "rayon=loin": "20",
    "rayon=5&rayon=10": "5",
    "semaine=2020-W01": "2026-W49",
    "semaine=hier": "2026-W49",
    "semaine=9999-W52": "2026-W49",
    "theme=licornes": "sante",
}


@pytest.mark.parametrize("query", PASSAGES)
def test_diary_of_passages_refuses_what_its_page_adjusts(browser: FlaskClient, visit: Visit, query: str) -> None:
    field = query.partition("=")[0]
    for shape in ("ics", "atom") if field != "semaine" else ():
        told = _refusal(browser, f"/passages.{shape}?ou=romilly&{query}")
        assert (told["champ"], PASSAGES[query] in told["attendu"]) == (field, True)  # type: ignore[operator]  # as above
    for path in ("/passages", "/passages/affiche", "/en/passages"):
        page = visit(f"{path}?ou=romilly&{query}")
        assert "alert" in {each.get("class", "").split(" ")[-1] for each in page.root.findall(".//p")}


@pytest.mark.parametrize("week", ["2026-W50", "2020-W01", "hier"])
def test_what_is_followed_begins_today_whichever_days_its_page_shows(browser: FlaskClient, week: str) -> None:
    for shape in ("ics", "atom"):
        usual = browser.get(f"/passages.{shape}?ou=romilly")
        asked = browser.get(f"/passages.{shape}?ou=romilly&semaine={week}")
        assert (asked.status_code, asked.text) == (HTTPStatus.OK, usual.text)


@pytest.mark.parametrize("where", ["Zzyzx", "Romily-sur-Sein"])
def test_diary_of_passages_guesses_no_commune(browser: FlaskClient, visit: Visit, where: str) -> None:
    assert _refusal(browser, f"/passages.ics?ou={where}")["champ"] == "ou"
    if where.startswith("R"):
        links = [each.get("href", "") for each in visit(f"/passages?ou={where}").root.findall(".//link")]
        assert "/passages.ics?ou=10323" in links


def test_language_that_does_not_exist_is_refused(browser: FlaskClient) -> None:
    assert _refusal(browser, "/api/v1/suggestions?q=mai&langue=de")["attendu"] == ["fr", "en"]
    assert browser.get("/api/v1/suggestions?q=mai&langue=en").status_code == HTTPStatus.OK


def test_form_bears_a_point_beside_its_field(browser: FlaskClient) -> None:
    response = browser.get("/recherche.json?ou=48.516,3.727&ou=Ma+position")
    assert json.loads(response.text)["compris"]["ajustements"] == []
