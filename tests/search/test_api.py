"""The API answers any site and any text, in the shapes it publishes."""

import json
from collections.abc import Iterator
from datetime import datetime
from http import HTTPStatus
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from sqlalchemy import select
from werkzeug.test import TestResponse

from portal.app import Opened, create_app
from portal.core.changes import SYSTEM, Act
from portal.core.clock import FixedClock
from portal.core.command import Room
from portal.core.database import Database
from portal.directory.models.services import Service
from portal.directory.operations.lifecycle import close_service
from portal.directory.operations.merging import merge_services
from portal.geography.territories import demonstration_territory
from portal.search.models import UnmetNeed
from portal.search.serving import write_what_was_unmet
from portal.search.suggesting import refresh_names
from tests.conftest import ENGINES
from tests.search.towns import NOGENT, Town, open_town, serving
from tests.tools.examples import examples

SCHEMA = json.loads(files("portal.search").joinpath("reference", "recherche.schema.json").read_text(encoding="utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)


@pytest.fixture
def client(town: Town, tmp_path: Path) -> FlaskClient:
    """Give a visitor of a small directory of one's own."""
    return _open(town, tmp_path)


@pytest.fixture(scope="module", params=ENGINES)
def reader(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """Give a visitor of the same directory, made once for all the tests that only read."""
    shelf = request.getfixturevalue(f"{request.param}_shelf")
    database, folder = shelf.lend(), tmp_path_factory.mktemp("api")
    yield _open(open_town(database, FixedClock(datetime(2026, 11, 21, 9)), folder), folder)
    shelf.take_back(database)


def _open(town: Town, folder: Path) -> FlaskClient:
    town.knows(
        serving("Crèche du Lavoir", opens="Mo-Fr 07:30-18:30", concepts=("PE02",), summary="Accueil des tout-petits"),
        serving("Crèche des Quais", NOGENT, concepts=("PE02",)),
        serving("Transport à la demande", concepts=("MO03",)),
    )
    room = Room(data_dir=folder, database=town.database, clock=town.clock)
    app = create_app(room, demonstration_territory(), Opened(secret_key="k" * 64, hosts=("localhost",)))
    return app.test_client()


def answer(response: TestResponse, status: int = HTTPStatus.OK) -> Any:  # noqa: ANN401 - JSON values have no narrower type
    assert response.status_code == status, response.text
    return json.loads(response.text)


@pytest.mark.parametrize(
    "query",
    [
        "quoi=crèche+à+Romilly",
        "quoi=transprt",
        "quoi=CSS",
        "quoi=cinéma+gratuit+dimanche+romilly",
        "quoi=mon+mari+me+frappe&ou=10400",
        "quoi=crèche&ou=48.516,3.727&rayon=5&quand=2026-12-01T10:00&tri=distance",
        "quoi=papiers&sans=besoin&page=9",
        "",
    ],
)
def test_every_answer_has_the_published_shape(reader: FlaskClient, query: str) -> None:
    body = answer(reader.get(f"/api/v1/recherche?{query}"))
    assert [error.message for error in VALIDATOR.iter_errors(body)] == []


def test_the_answer_says_what_was_found_and_understood(reader: FlaskClient) -> None:
    body = answer(reader.get("/api/v1/recherche?quoi=crèche à Romilly"))
    first = body["resultats"][0]
    assert (first["titre"], first["lieu"]["code_insee"], first["distance_m"]) == ("Crèche du Lavoir", "10323", 0)
    assert first["etat"]["texte"].startswith("Fermé, ouvre lundi")
    assert body["compris"]["lieu"]["nom"] == "Romilly-sur-Seine"
    assert (
        body["compris"]["parties"][0]["annuler"]
        == "http://localhost/recherche?quoi=cr%C3%A8che+%C3%A0+Romilly&sans=lieu"
    )


def test_the_page_in_json_is_the_same_body(reader: FlaskClient) -> None:
    assert reader.get("/recherche.json?quoi=crèche").text == reader.get("/api/v1/recherche?quoi=crèche").text


def test_every_site_may_read_and_keep_an_answer(reader: FlaskClient) -> None:
    first = reader.get("/api/v1/recherche?quoi=crèche")
    assert first.headers["Access-Control-Allow-Origin"] == "*"
    again = reader.get("/api/v1/recherche?quoi=crèche", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.text) == (HTTPStatus.NOT_MODIFIED, "")
    assert again.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("query", ["quand=hier", "mode=cheval", "theme=licornes", "rayon=loin", "public=chats"])
def test_a_value_nobody_can_use_is_told_in_a_sentence(reader: FlaskClient, query: str) -> None:
    body = answer(reader.get(f"/api/v1/recherche?{query}"), HTTPStatus.BAD_REQUEST)
    assert body["erreur"].endswith(".")


def test_words_past_the_longest_question_are_said(reader: FlaskClient) -> None:
    body = answer(reader.get("/api/v1/recherche", query_string={"quoi": "crèche " * 200}))
    assert body["compris"]["remarques"][0].startswith("Votre question est longue")


def test_errors_are_sentences_too(reader: FlaskClient) -> None:
    assert "erreur" in answer(reader.get("/api/v1/services/xxxxx"), HTTPStatus.NOT_FOUND)
    assert "erreur" in answer(reader.get("/api/v2/recherche"), HTTPStatus.NOT_FOUND)
    assert "erreur" in answer(reader.get("/api/v1/services/n’importe"), HTTPStatus.NOT_FOUND)


def test_a_wrong_method_is_said_in_the_shape_of_the_api(reader: FlaskClient) -> None:
    response = reader.post("/api/v1/recherche")
    assert "erreur" in answer(response, HTTPStatus.METHOD_NOT_ALLOWED)
    assert "GET" in response.headers["Allow"]


OPEN = ("/api/v1/recherche", "/api/v1/communes?q=rom", "/recherche.csv", "/recherche.json", "/passages.ics")


@pytest.mark.parametrize("path", OPEN)
def test_browsers_that_ask_first_learn_that_every_site_may_read(reader: FlaskClient, path: str) -> None:
    asked = {
        "Origin": "https://mairie.example",
        "Access-Control-Request-Method": "GET",
        "Access-Control-Request-Headers": "if-none-match",
    }
    answer = reader.options(path, headers=asked)
    assert (answer.status_code, answer.data) == (HTTPStatus.NO_CONTENT, b"")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert {"GET", "HEAD"} <= {*answer.headers["Access-Control-Allow-Methods"].split(", ")}
    assert "If-None-Match" in answer.headers["Access-Control-Allow-Headers"]
    assert int(answer.headers["Access-Control-Max-Age"]) >= 3600


@pytest.mark.parametrize("path", OPEN)
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_programs_are_told_which_methods_there_are(reader: FlaskClient, path: str, method: str) -> None:
    response = reader.open(path, method=method)
    assert answer(response, HTTPStatus.METHOD_NOT_ALLOWED)["status"] == HTTPStatus.METHOD_NOT_ALLOWED
    assert response.mimetype == "application/problem+json"
    assert {"GET", "HEAD", "OPTIONS"} == {*response.headers["Allow"].split(", ")}


@pytest.mark.parametrize("path", OPEN)
def test_the_head_of_an_answer_may_be_asked_alone(reader: FlaskClient, path: str) -> None:
    whole, head = reader.get(path), reader.head(path)
    assert (head.status_code, head.data, head.mimetype) == (whole.status_code, b"", whole.mimetype)
    assert head.headers["Content-Length"] == whole.headers["Content-Length"]


def test_pages_are_no_business_of_other_sites(reader: FlaskClient) -> None:
    asked = {"Origin": "https://mairie.example", "Access-Control-Request-Method": "GET"}
    assert "Access-Control-Allow-Origin" not in reader.options("/recherche", headers=asked).headers


def test_a_closed_service_is_gone_and_names_who_answers_now(town: Town, tmp_path: Path) -> None:
    client = _open(town, tmp_path)
    act = Act(by=SYSTEM, at=town.clock.now())
    with town.database.writing() as session:
        old, new = session.scalars(select(Service).order_by(Service.id).limit(2))
        close_service(session, service=old, act=act, successor=new)
        closed, heir = old.public_id, new.public_id
    body = answer(client.get(f"/api/v1/services/{closed}"), HTTPStatus.GONE)
    assert (body["erreur"], body["successeur"].endswith(f"/api/v1/services/{heir}")) == ("Ce service est fermé.", True)


def test_a_merged_service_leads_to_the_one_it_became(town: Town, tmp_path: Path) -> None:
    client = _open(town, tmp_path)
    act = Act(by=SYSTEM, at=town.clock.now())
    with town.database.writing() as session:
        keep, drop = session.scalars(select(Service).order_by(Service.id).limit(2))
        merge_services(session, keep=keep, drop=drop, act=act)
        kept, dropped = keep.public_id, drop.public_id
    response = client.get(f"/api/v1/services/{dropped}")
    assert response.status_code == HTTPStatus.MOVED_PERMANENTLY
    assert response.headers["Location"].endswith(f"/api/v1/services/{kept}")


def test_a_service_is_given_by_its_id(reader: FlaskClient) -> None:
    found = answer(reader.get("/api/v1/recherche?quoi=crèche"))["resultats"][0]
    body = answer(reader.get(f"/api/v1/services/{found['id']}"))
    assert (body["titre"], body["url"]) == (found["titre"], found["url"])
    assert body["url"].startswith("http://localhost/services/")


def test_every_address_of_an_answer_is_whole(town: Town, tmp_path: Path) -> None:
    town.knows(serving("Crèche du Lavoir", concepts=("PE02",)))
    room = Room(data_dir=tmp_path, database=town.database, clock=town.clock)
    base = "https://services.example"
    opened = Opened(secret_key="k" * 64, hosts=("localhost",), base_url=base)
    portal = create_app(room, demonstration_territory(), opened).test_client()
    for query in ("quoi=crèche+à+Romilly", "quoi=RAM", "quoi=crèche&ou=nogent&rayon=1&gratuit=1", "quoi=chômage"):
        for path in ("/recherche.json", "/api/v1/recherche"):
            found = [*addresses(answer(portal.get(f"{path}?{query}")))]
            assert found
            assert [each for each in found if not each.startswith(f"{base}/")] == []


def test_every_suggestion_leads_to_a_page(reader: FlaskClient) -> None:
    asked = ("je viens d’arriver", "je cherche du travail", "ram", "violences")
    answers = [answer(reader.get("/api/v1/recherche", query_string={"quoi": words})) for words in asked]
    urls = {each["url"] for body in answers for each in body["suggestions"]}
    known = reader.application.url_map.bind("localhost")
    assert {url for url in urls if not known.test(urlsplit(url).path)} == set()
    assert "/guide/" not in str(answers)


def addresses(value: Any) -> Iterator[str]:  # noqa: ANN401 - JSON values have no narrower type
    if isinstance(value, list):
        yield from (each for item in value for each in addresses(item))
    elif isinstance(value, dict):
        yield from (held for name, held in value.items() if name in {"url", "annuler"})
        yield from (each for item in value.values() for each in addresses(item))


def test_communes_have_the_shape_of_the_command(reader: FlaskClient) -> None:
    body = answer(reader.get("/api/v1/communes?q=romilly"))
    assert "10323" in [commune["code"] for commune in body]
    assert set(body[0]) == {"code", "nom", "departement", "codes_postaux", "population", "lat", "lon"}
    assert answer(reader.get("/api/v1/communes?q=zzzzzz")) == []


@pytest.mark.parametrize(
    ("typed", "first"),
    [("méry", "10233"), ("Méry-sur-S", "10233"), ("villeneuve", "10421"), ("bray", "77051"), ("troyes", "10387")],
)
def test_the_towns_around_come_before_others_of_the_name(reader: FlaskClient, typed: str, first: str) -> None:
    assert answer(reader.get("/api/v1/communes", query_string={"q": typed}))[0]["code"] == first


def test_a_postal_code_and_a_far_town_are_still_found(reader: FlaskClient) -> None:
    def found(typed: str) -> list[str]:
        return [each["nom"] for each in answer(reader.get("/api/v1/communes", query_string={"q": typed}))]

    assert found("75001")[0] == "Paris"
    assert found("méry")[:2] == ["Méry-sur-Seine", "Méry"]


def test_suggestions_mix_kinds_by_the_third_letter(reader: FlaskClient) -> None:
    body = answer(reader.get("/api/v1/suggestions?q=crè"))
    assert {each["type"] for each in body} >= {"concept", "service"}
    assert body[0]["url"] == "http://localhost/recherche?theme=PE02"
    assert "Romilly-sur-Seine (10)" in [each["texte"] for each in answer(reader.get("/api/v1/suggestions?q=rom"))]
    assert answer(reader.get("/api/v1/suggestions?q=x")) == []


def test_suggested_service_says_its_commune_unless_it_is_withheld(client: FlaskClient, town: Town) -> None:
    town.change(serving("Zeppelin des villages"))
    town.change(serving("Zeppelin des femmes", concepts=("SO11",)))
    search = client.application.extensions["maillage search"]
    search.indexing.catch_up()
    refresh_names(search)
    found = {each["texte"]: each["commune"] for each in answer(client.get("/api/v1/suggestions?q=zep"))}
    assert found == {"Zeppelin des villages": "Romilly-sur-Seine", "Zeppelin des femmes": ""}


def test_suggestions_follow_the_directory(client: FlaskClient, town: Town) -> None:
    assert answer(client.get("/api/v1/suggestions?q=zeppelin")) == []
    town.change(serving("Zeppelin des villages"))
    search = client.application.extensions["maillage search"]
    search.indexing.catch_up()
    refresh_names(search)
    assert [each["type"] for each in answer(client.get("/api/v1/suggestions?q=zep"))] == ["service"]


def test_what_was_sought_in_vain_is_written_apart(client: FlaskClient, database: Database) -> None:
    answer(client.get("/api/v1/recherche?quoi=cinéma"))
    answer(client.get("/api/v1/recherche?quoi=cinéma"))
    search = client.application.extensions["maillage search"]
    for _ in range(2):
        write_what_was_unmet(search.unmet, database)
    with database.reading() as session:
        rows = session.query(UnmetNeed).all()
    assert [(row.concept, row.times) for row in rows] == [("CS03", 2)]


HARD_TEXTS = [
    "*",
    "?*",
    "[a TO z]",
    "a~2",
    "((((",
    '"',
    "AND OR NOT",
    "\\",
    "%00",
    "title:x^9",
    "é" * 500,
    "\u202e",
    "🙂",
]


@pytest.mark.parametrize("text", HARD_TEXTS)
def test_no_text_is_too_much(reader: FlaskClient, text: str) -> None:
    for path in ("recherche?quoi", "suggestions?q", "communes?q"):
        name, _, parameter = path.partition("?")
        assert reader.get(f"/api/v1/{name}", query_string={parameter: text}).status_code == HTTPStatus.OK


@given(st.text(max_size=300), st.text(max_size=60))
@examples(40)
def test_any_text_has_an_answer(reader: FlaskClient, words: str, where: str) -> None:
    response = reader.get("/api/v1/recherche", query_string={"quoi": words, "ou": where})
    assert response.status_code == HTTPStatus.OK
    assert not [*VALIDATOR.iter_errors(json.loads(response.text))]
